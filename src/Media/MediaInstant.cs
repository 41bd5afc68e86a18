namespace CallCenter.Media;

/// <summary>A point on the engine's monotonic clock (CLOCK_MONOTONIC, the clock of <see cref="System.Diagnostics.Stopwatch"/>), in ns.</summary>
public readonly record struct MediaInstant(long Nanoseconds) : IComparable<MediaInstant>
{
    public int CompareTo(MediaInstant other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(MediaInstant a, MediaInstant b) => a.Nanoseconds < b.Nanoseconds;
    public static bool operator >(MediaInstant a, MediaInstant b) => a.Nanoseconds > b.Nanoseconds;
    public static bool operator <=(MediaInstant a, MediaInstant b) => a.Nanoseconds <= b.Nanoseconds;
    public static bool operator >=(MediaInstant a, MediaInstant b) => a.Nanoseconds >= b.Nanoseconds;
    public static TimeSpan operator -(MediaInstant a, MediaInstant b) => TimeSpan.FromTicks((a.Nanoseconds - b.Nanoseconds) / TimeSpan.NanosecondsPerTick);
    public static MediaInstant operator +(MediaInstant a, TimeSpan b) => new(a.Nanoseconds + b.Ticks * TimeSpan.NanosecondsPerTick);
}
