using Orleans.Engine;

namespace Orleans.TestingHost;

/// <summary>For tests of the embedded runtime that drive time by hand; Orleans has no such thing.</summary>
public static class Turns
{
    /// <summary>No turn of any grain of this process runs or waits on the turn thread. Those on the thread pool are the pool's to tell.</summary>
    public static bool AreDone => TurnThread.Instance.IsIdle;
}
