using System.Diagnostics;

namespace CallCenter.Kit.Media;

/// <summary>
/// How late this side of a test spoke, over all voices: a machine that lets a voice wait for a processor lets the product wait
/// too, and the one is no more the product's fault than the other. Kept by the second, for a minute.
/// </summary>
public static class Lateness
{
    const int Seconds = 64;

    static readonly (long Second, TimeSpan Worst)[] kept = new (long, TimeSpan)[Seconds];
    static readonly Lock gate = new();

    internal static void Note(long at, TimeSpan late)
    {
        if (late <= TimeSpan.Zero) return;
        var second = at / Stopwatch.Frequency;
        lock (gate)
        {
            ref var bucket = ref kept[second % Seconds];
            if (bucket.Second != second) bucket = (second, late);
            else if (bucket.Worst < late) bucket.Worst = late;
        }
    }

    /// <summary>The worst since an instant (ns, CLOCK_MONOTONIC); zero if nobody spoke.</summary>
    public static TimeSpan Worst(long since)
    {
        var first = since / 1_000_000_000;
        lock (gate) return kept.Where(b => b.Second >= first).Select(b => b.Worst).DefaultIfEmpty().Max();
    }
}
