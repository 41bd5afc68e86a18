#if !ORLEANS_PACKAGES
using CallCenter.Contracts.Edges;
using Orleans.Runtime;

namespace CallCenter.AppHost.Running;

/// <summary>Edges and grains of one process: the edges' threads run turns between datagrams, so that a word and its answer wake nobody.</summary>
internal sealed class LentThreads : IDisposable
{
    private readonly LentThread[] threads;

    public LentThreads(IEdges? edges) => threads = [.. (edges?.SpareTime ?? []).Select(Lend)];

    private static LentThread Lend(ISpareTime time)
    {
        var thread = new LentThread(() => time.IsFree, time.Rouse);
        time.Serve(() => thread.Waits, thread.Run);
        return thread;
    }

    public void Dispose()
    {
        foreach (var thread in threads) thread.Dispose();
    }
}
#endif
