#if !ORLEANS_PACKAGES
using CallCenter.AppHost.Running;
using CallCenter.Contracts.Edges;
using CallCenter.Edge;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.AppHost.Rehearsals;

/// <summary>What makes the running product cheaper and is none of its work: first a <see cref="Rehearsal"/>, then the loan of the edges' threads.</summary>
internal sealed class Backstage : IAsyncDisposable
{
    /// <summary>For six calls at once: a leg has two ports, and keeps them for a while when it is over.</summary>
    private const int MediaPorts = 128;

    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private LentThreads? lent;

    /// <param name="lends">Not where the database is a server: a grain that wakes may wait for a connection to it on its thread, and an edge must not.</param>
    public Backstage(IServiceProvider core, int rehearsedCalls, bool lends, TimeProvider time, ILogger log)
    {
        var edges = core.GetService<IEdges>();
        work = edges is null ? Task.CompletedTask : Task.Run(() => Run(edges, core.GetRequiredService<IOptions<MediaOptions>>().Value, rehearsedCalls, lends, time, log));
    }

    private async Task Run(IEdges edges, MediaOptions media, int rehearsedCalls, bool lends, TimeProvider time, ILogger log)
    {
        // the last ports of the range, which are asked for last, and never more than a quarter of it
        var ports = int.Min(MediaPorts, (media.PortLast - media.PortFirst + 1) / 4);
        if (rehearsedCalls > 0) await new Rehearsal(edges, time, log).Run(rehearsedCalls, ((media.PortLast + 1 - ports) & ~1, media.PortLast), stop.Token);
        if (lends && !stop.IsCancellationRequested) lent = new(edges);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return; // asked twice
        await stop.CancelAsync();
        await work;
        lent?.Dispose();
        stop.Dispose();
    }
}
#endif
