using System.Globalization;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>
/// How exact times must be. The whole suite also runs with faults between edge and grains (<c>Testing__LinkFaults=5</c> in the
/// environment, which the product reads as its setting): then everything still happens, but messages may need to be repeated.
/// A test that judges neither a time nor a gap in a sound, and waits with patience, has the trait <c>Judges=NoTime</c>: it runs beside anything. One that judges
/// who is heard, and how purely in the median of a second or more, has <c>Judges=Voices</c>: its far ends are programs that keep time themselves, or threads that go before
/// others, and so do the product's media threads; several talk at once, but nothing that keeps the processors busy runs beside them. All others measure: they run alone.
/// </summary>
static class Bars
{
    /// <summary>Longest time that a message lost twice needs: the repetitions come every 2 s.</summary>
    const double Repeated = 4500;

    public static readonly bool BadLink = int.TryParse(Environment.GetEnvironmentVariable("Testing__LinkFaults"), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent > 0;

    static double Slack => BadLink ? Repeated : 0;

    /// <summary>A time of the product agrees with what a far end measured, within 40 ms.</summary>
    public static void Near(double seenMs, double toldMs) => Assert.InRange(toldMs, seenMs - 40 - Slack, seenMs + 40 + Slack);

    /// <summary>The same between two instants of a far end (ns), which knows each as exactly as it ran: had it to stand still by one of them, so much less exactly.</summary>
    /// <param name="within">ms; more where the test runs beside others that keep the processors busy.</param>
    public static void Near(long from, long to, double toldMs, double within = 40)
    {
        var (seen, still) = (Clock.Ms(from, to), Clock.Ms(0, StillAt(from) + StillAt(to)));
        Assert.InRange(toldMs, seen - within - still - Slack, seen + within + still + Slack);
    }

    static long StillAt(long instant) => Standstill.Within(instant - 100_000_000, instant + 500_000_000);

    public static void Within(double ms, double least, double most) => Assert.InRange(ms, least, most + Slack);
}
