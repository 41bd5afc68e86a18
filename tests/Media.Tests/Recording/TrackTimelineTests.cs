using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class TrackTimelineTests
{
    const long Ms = 1_000_000, Start = 5_000 * Ms;

    [Fact]
    public void Jitter_does_not_move_the_place()
    {
        var timeline = new TrackTimeline(Start);
        var random = new Random(1);
        for (var n = 0; n < 500; n++)
            Assert.Equal(n * 160, timeline.Place(1, uint.MaxValue - 4000 + (uint)n * 160, Start + n * 20 * Ms + (n == 0 ? 0 : random.Next(35)) * Ms));
    }

    [Fact]
    public void A_reordered_packet_goes_to_its_own_place()
    {
        var timeline = new TrackTimeline(Start);
        Assert.Equal(0, timeline.Place(1, 0, Start));
        Assert.Equal(320, timeline.Place(1, 320, Start + 40 * Ms));
        Assert.Equal(160, timeline.Place(1, 160, Start + 41 * Ms));
    }

    [Theory]
    [InlineData(200e-6)]
    [InlineData(-200e-6)]
    public void A_wrong_clock_never_leaves_the_arrival_by_more_than_60_ms(double error)
    {
        var timeline = new TrackTimeline(Start);
        for (var n = 0; n < 180_000; n++) // an hour
        {
            var arrival = (long)(n * 20 * Ms * (1 + error));
            var place = timeline.Place(1, (uint)n * 160, Start + arrival);
            Assert.InRange(place - arrival / 125_000, -60 * 8, 60 * 8);
        }
    }

    [Fact]
    public void Packets_from_before_the_start_have_places_below_zero()
    {
        var timeline = new TrackTimeline(Start);
        Assert.Equal(-80, timeline.Place(1, 0, Start - 10 * Ms));
    }

    [Fact]
    public void A_new_source_and_a_jump_are_anchored_anew()
    {
        var timeline = new TrackTimeline(Start);
        timeline.Place(1, 0, Start);
        Assert.Equal(8000, timeline.Place(2, 999_999, Start + 1000 * Ms));
        Assert.Equal(16000, timeline.Place(2, 5_000_000, Start + 2000 * Ms));
    }
}
