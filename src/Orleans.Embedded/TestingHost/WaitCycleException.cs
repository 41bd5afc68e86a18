using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A chain of awaited calls came back to a grain that waits in it; without detection it would stand until the time-out.</summary>
public sealed class WaitCycleException : OrleansException
{
    internal WaitCycleException(string message) : base(message) { }
}
