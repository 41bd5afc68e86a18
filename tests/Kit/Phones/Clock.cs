using System.Diagnostics;

namespace CallCenter.Kit.Phones;

/// <summary>What the far ends measure by: CLOCK_MONOTONIC, as packets carry it.</summary>
public static class Clock
{
    /// <summary>ns.</summary>
    public static long Now => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    public static double Ms(long from, long to) => (to - from) / 1e6;
}
