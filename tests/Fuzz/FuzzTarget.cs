namespace CallCenter.Fuzz;

/// <summary>One kind of message that is damaged and taken in.</summary>
/// <param name="Share">How many of its messages come in a round.</param>
/// <param name="Once">Makes one, takes it in and checks what came of it: whether it was read. What it throws is a fault.</param>
sealed record FuzzTarget(string Name, int Share, Func<bool> Once)
{
    public long Count { get; private set; }

    long read;

    public void Run(long times)
    {
        for (var i = 0; i < times; i++) read += Once() ? 1 : 0;
        Count += times;
    }

    public double ReadPercent => 100.0 * read / Math.Max(1, Count);
}
