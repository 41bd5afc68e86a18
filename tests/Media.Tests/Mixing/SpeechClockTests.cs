using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;

namespace CallCenter.Media.Tests.Mixing;

public sealed class SpeechClockTests
{
    /// <summary>The wait beyond the packet's own arrival, in samples, of packets with these arrivals.</summary>
    static List<long> Waits(int count, Func<int, double> arrival, Func<int, bool>? isQuiet = null)
    {
        var clock = new SpeechClock();
        List<long> waits = [];
        for (var n = 0; n < count; n++)
        {
            var at = (long)arrival(n);
            waits.Add(clock.Place(1, (uint)(n * 160), at, read: 0, isQuiet?.Invoke(n) ?? false, out _) + SpeechRing.Delay - at);
        }
        return waits;
    }

    [Fact]
    public void No_packet_waits_over_60_ms_where_that_bears_the_jitter()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var (ppm, jitter) = (random.Next(-300, 300), random.Next(1, 160)); // 20 ms
            Assert.InRange(Waits(2000, n => n * 160 * (1 - ppm / 1e6) + random.Next(jitter)).Max(), 0, 480);
        }
    }

    [Fact]
    public void No_packet_ever_waits_over_140_ms()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var (ppm, jitter) = (random.Next(-300, 300), random.Next(1, 2000));
            Assert.InRange(Waits(2000, n => n * 160 * (1 - ppm / 1e6) + random.Next(jitter)).Max(), 0, 1120);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void A_drifting_clock_is_held_within_2_ms_of_the_delay(double ppm) =>
        Assert.All(Waits(180_000, n => n * 160 * (1 - ppm / 1e6)), w => Assert.InRange(w, SpeechRing.Delay - 16, SpeechRing.Delay + 16));

    [Fact]
    public void Waiting_that_buys_nothing_is_given_up()
    {
        var waits = Waits(500, n => n * 160 + (n == 0 ? 150 : 0)); // anchored on a packet that came late
        Assert.Equal(SpeechRing.Delay + 150, waits[1]);
        Assert.InRange(waits[^1], SpeechRing.Delay, SpeechRing.Delay + 8);
        Assert.All(waits[1..].Zip(waits[2..]), pair => Assert.InRange(pair.Second - pair.First, -1, 0)); // while one speaks
        waits = Waits(60, n => n * 160 + (n == 0 ? 150 : 0), n => n >= 40);
        Assert.Equal(SpeechRing.Delay + 145, waits[40]);
        Assert.InRange(waits[41], SpeechRing.Delay, SpeechRing.Delay + 8); // in the first pause
    }

    [Fact]
    public void One_packet_that_is_late_alone_makes_no_other_wait() =>
        Assert.All(Waits(500, n => n * 160 + (n == 100 ? 700 : 0)).Where((_, n) => n != 100), w => Assert.InRange(w, SpeechRing.Delay - 8, SpeechRing.Delay + 8));

    [Fact]
    public void Jitter_of_100_ms_is_met_within_two_seconds_and_forgotten_in_the_pauses()
    {
        var random = new Random(9);
        var waits = Waits(1500, n => n * 160 + (n is >= 100 and < 1000 ? random.Next(800) : 0), n => n % 50 < 10);
        Assert.InRange(waits[200..1000].Count(w => w < Audio.FrameSamples), 0, 24); // read before they came, in part: 3 %
        Assert.InRange(waits[^1], SpeechRing.Delay, SpeechRing.Delay + 8);
    }
}
