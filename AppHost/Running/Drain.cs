using CallCenter.Contracts.Edges;

namespace CallCenter.AppHost.Running;

/// <summary>The end of a process that serves calls: no new ones, and time for those that live.</summary>
internal sealed class Drain(IEdges? edges, TimeProvider time)
{
    /// <summary>How often the live calls are counted. They end at their own times; nobody is told.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>From now on not ready: a balancer sends its work elsewhere.</summary>
    public bool Began { get; private set; }

    /// <summary>Completes when no call lives, or the time is over; gives the calls that are cut off.</summary>
    public async Task<int> Run(TimeSpan timeout)
    {
        Began = true;
        if (edges is null) return 0;
        edges.Drain();
        using var timer = new PeriodicTimer(Look, time);
        for (var start = time.GetTimestamp(); edges.LiveCalls > 0 && time.GetElapsedTime(start) < timeout;) await timer.WaitForNextTickAsync();
        return edges.LiveCalls;
    }
}
