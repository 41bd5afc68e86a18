using System.Collections.Concurrent;

namespace CallCenter.Gateway.Limits;

/// <summary>
/// So many requests a second for each key, and a burst of <see cref="BurstSeconds"/> seconds' worth (a token bucket): a page that loads, or an office that comes to
/// work, is not held up; a program that runs wild is.
/// </summary>
/// <param name="perSecond">0 = no limit.</param>
internal sealed class RequestRate(int perSecond, TimeProvider time)
{
    public const int BurstSeconds = 10;
    private const int SweepAt = 50_000;
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Null: it may pass. Else after how long it may come again.</summary>
    public TimeSpan? Take(string key)
    {
        if (perSecond == 0) return null;
        if (buckets.Count >= SweepAt) Sweep();
        var bucket = buckets.GetOrAdd(key, static (_, room) => new(room), (double)perSecond * BurstSeconds);
        lock (bucket) return bucket.Take(perSecond, time.GetTimestamp(), time);
    }

    /// <summary>A full bucket says nothing: whoever it is of begins with a full one.</summary>
    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (key, bucket) in buckets)
            lock (bucket)
                if (bucket.IsFull(perSecond, now, time)) buckets.TryRemove(key, out _);
    }

    private sealed class Bucket(double full)
    {
        private readonly double room = full;
        private double left = full;
        private long filledAt;

        public TimeSpan? Take(int perSecond, long now, TimeProvider time)
        {
            Fill(perSecond, now, time);
            if (left < 1) return TimeSpan.FromSeconds((1 - left) / perSecond);
            left--;
            return null;
        }

        public bool IsFull(int perSecond, long now, TimeProvider time)
        {
            Fill(perSecond, now, time);
            return left >= room;
        }

        private void Fill(int perSecond, long now, TimeProvider time)
        {
            if (filledAt != 0) left = Math.Min(room, left + time.GetElapsedTime(filledAt, now).TotalSeconds * perSecond);
            filledAt = now;
        }
    }
}
