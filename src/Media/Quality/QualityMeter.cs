namespace CallCenter.Media.Quality;

/// <summary>Cuts a leg's life into windows of one length; one in which nothing came is passed over.</summary>
/// <param name="length">ns.</param>
struct QualityMeter(long length)
{
    Reception start;
    long endsAt;

    public void Begin(long now) => endsAt = now + length;

    public void Begin(long now, in Reception sums) => (endsAt, start) = (now + length, sums);

    /// <summary>What happened since the present window began.</summary>
    public readonly Reception Running(in Reception sums) => sums - start;

    /// <param name="sums">With the packets that may still come left out, so that the next window counts them, once.</param>
    public bool TryClose(long now, in Reception sums, out Reception window)
    {
        window = default;
        if (now < endsAt) return false;
        endsAt = Math.Max(endsAt + length, now + length / 2); // the machine stood still: no burst of windows afterwards
        window = sums - start;
        start = sums;
        return window.Received + window.Lost > 0;
    }
}
