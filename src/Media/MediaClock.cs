using System.Diagnostics;

namespace CallCenter.Media;

/// <summary>
/// Monotonic time, tied to UTC once. UTC may be stepped while a call runs; instants never go back, and the
/// difference of two of them is what really passed.
/// </summary>
public sealed class MediaClock
{
    public const long PerMillisecond = 1_000_000;
    public const long PerSecond = 1_000_000_000;

    readonly DateTimeOffset anchorUtc;
    readonly MediaInstant anchor;

    /// <param name="time">Read once, for the anchor.</param>
    public MediaClock(TimeProvider time)
    {
        anchorUtc = time.GetUtcNow();
        anchor = Now;
    }

    public static MediaInstant Now => new(Nanoseconds());

    public DateTimeOffset ToUtc(MediaInstant at) => anchorUtc + (at - anchor);

    public MediaInstant FromUtc(DateTimeOffset at) => anchor + (at - anchorUtc);

    /// <summary>On Linux a stopwatch tick is a nanosecond of CLOCK_MONOTONIC; elsewhere it is scaled.</summary>
    internal static long Nanoseconds() =>
        Stopwatch.Frequency == PerSecond ? Stopwatch.GetTimestamp() : (long)((Int128)Stopwatch.GetTimestamp() * PerSecond / Stopwatch.Frequency);
}
