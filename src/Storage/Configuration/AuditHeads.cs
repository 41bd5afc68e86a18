using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Configuration;

/// <summary>
/// Tells the heads of the audit logs in the program's log, which is kept elsewhere: whoever owns the database could make a whole chain anew, but not what was told.
/// At the start it links what was written before there was a chain.
/// </summary>
internal sealed class AuditHeads(ConfigurationStore store, TimeProvider time, ILogger<AuditHeads> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1), Retry = TimeSpan.FromMinutes(1);
    private readonly Dictionary<TenantId, long> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Every;
            try
            {
                await Tell(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception why) when (why is not OperationCanceledException) // calls go on without it
            {
                log.AuditHeadsUntold(why);
                pause = Retry;
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Those that are others than an hour ago.</summary>
    internal async Task Tell(CancellationToken stop)
    {
        foreach (var (owner, newest, linked) in await Heads().ConfigureAwait(false))
            if (newest > (linked?.Entry ?? 0)) await store.InTransaction(session => AuditChain.Extend(session.Chain, owner), stop).ConfigureAwait(false);
        foreach (var (owner, _, linked) in await Heads().ConfigureAwait(false))
        {
            if (linked is null || told.GetValueOrDefault(owner) == linked.Entry) continue;
            told[owner] = linked.Entry;
            log.AuditHead(owner, linked.Place, linked.Entry, Convert.ToHexStringLower(linked.Hash));
        }
    }

    private Task<(TenantId Owner, long Newest, AuditLink? Head)[]> Heads() => store.Look(session => Task.FromResult(session.Chain.Heads()));
}
