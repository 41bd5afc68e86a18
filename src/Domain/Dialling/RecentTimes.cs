namespace CallCenter.Domain.Dialling;

/// <summary>When something happened, for limits over a sliding window: the newest instants, as many as any limit counts.</summary>
internal sealed class RecentTimes
{
    /// <summary>No limit is higher than this.</summary>
    public const int Most = 10_000;
    private const int AtFirst = 8;
    private long[] ring = new long[AtFirst];
    private int next, count;

    /// <summary>The newest instant; <see cref="DateTimeOffset.MinValue"/> if there is none.</summary>
    public DateTimeOffset Newest => count == 0 ? DateTimeOffset.MinValue : new(Back(1), TimeSpan.Zero);

    public void Add(DateTimeOffset at)
    {
        if (count == ring.Length && count < Most) Grow();
        ring[next] = at.UtcTicks;
        next = (next + 1) % ring.Length;
        if (count < ring.Length) count++;
    }

    /// <summary>Whether as many as <paramref name="limit"/> lie within the window that ends now.</summary>
    /// <param name="limit">Null = never.</param>
    public bool Reached(int? limit, TimeSpan window, DateTimeOffset now) =>
        limit is { } most && (most == 0 || count >= most && Back(most) > (now - window).UtcTicks);

    /// <summary>Instants later than this, oldest first, as UTC ticks.</summary>
    public Items<long> After(DateTimeOffset since)
    {
        var kept = 0;
        while (kept < count && Back(kept + 1) > since.UtcTicks) kept++;
        var times = new long[kept];
        for (var i = 0; i < kept; i++) times[i] = Back(kept - i);
        return Items.Of<long>(times);
    }

    public static RecentTimes Of(Items<long> ticks)
    {
        var times = new RecentTimes();
        foreach (var tick in ticks) times.Add(new(tick, TimeSpan.Zero));
        return times;
    }

    /// <param name="n">1 = the newest.</param>
    private long Back(int n) => ring[(next - n + ring.Length) % ring.Length];

    private void Grow()
    {
        var larger = new long[int.Min(ring.Length * 4, Most)];
        for (var i = 0; i < count; i++) larger[i] = Back(count - i);
        (ring, next) = (larger, count % larger.Length);
    }
}
