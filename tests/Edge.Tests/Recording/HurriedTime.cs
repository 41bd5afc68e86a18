namespace CallCenter.Edge.Tests.Recording;

/// <summary>The system's time, and further: what has its time need not be waited for.</summary>
sealed class HurriedTime : TimeProvider
{
    long ahead; // ticks

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref ahead);
}
