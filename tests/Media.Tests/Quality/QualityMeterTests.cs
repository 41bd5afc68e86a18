using CallCenter.Media.Quality;

namespace CallCenter.Media.Tests.Quality;

public sealed class QualityMeterTests
{
    const long Second = MediaClock.PerSecond;

    static Reception Sums(ulong received, ulong lost) => new(received, lost, lost, received, received * 80, 0, 0, 0);

    [Fact]
    public void A_window_is_the_difference_to_the_one_before()
    {
        var meter = new QualityMeter(10 * Second);
        meter.Begin(0);
        Assert.False(meter.TryClose(9 * Second, Sums(450, 0), out _));
        Assert.True(meter.TryClose(10 * Second, Sums(500, 0), out var first));
        Assert.Equal(Sums(500, 0), first);
        Assert.True(meter.TryClose(20 * Second, Sums(900, 100), out var second));
        Assert.Equal(Sums(400, 100), second);
        Assert.Equal(Sums(10, 1), meter.Running(Sums(910, 101)));
    }

    [Fact]
    public void A_window_in_which_nothing_came_is_passed_over()
    {
        var meter = new QualityMeter(10 * Second);
        meter.Begin(0);
        Assert.False(meter.TryClose(10 * Second, default, out _));
        Assert.False(meter.TryClose(15 * Second, Sums(250, 0), out _));
        Assert.True(meter.TryClose(20 * Second, Sums(500, 0), out _));
    }

    [Fact]
    public void A_machine_that_stood_still_makes_no_burst_of_windows()
    {
        var meter = new QualityMeter(10 * Second);
        meter.Begin(0);
        Assert.True(meter.TryClose(60 * Second, Sums(500, 0), out _));
        Assert.False(meter.TryClose(61 * Second, Sums(550, 0), out _));
    }

    [Fact]
    public void Figures_follow_from_the_sums()
    {
        var window = LegWindow.Of(new(80, 20, 20, 80, 80 * 8 * 15, Reports: 2, ReportedLoss: 0.1, ReportedJitter: 12), roundTrip: 50);
        Assert.Equal((80, 20, 20, 15, 50), (window.Packets, window.Lost, window.Loss, window.Jitter, window.RoundTrip));
        Assert.Equal(EModel.Mos(EModel.Rating(25 + 30 + 20, 20, 1, CodecImpairment.G711Concealed)), window.Mos);
        Assert.Equal((5, 6), (window.PeerLoss, window.PeerJitter));
        Assert.Equal(EModel.Mos(EModel.Rating(25 + 12 + 20, 5, 1, CodecImpairment.G711Concealed)), window.PeerMos);
    }

    [Fact]
    public void A_clean_leg_sounds_as_well_as_a_telephone_can() =>
        Assert.InRange(LegWindow.Of(new(500, 0, 0, 500, 0, 0, 0, 0), null).Mos, 4.35, 4.41);
}
