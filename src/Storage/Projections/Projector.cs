using CallCenter.Contracts;
using CallCenter.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Projections;

/// <summary>
/// Keeps the views up with the journal: woken by its commits, in batches. A call's record is there within a second of its end. Of several
/// processes with one database one folds what all of them write; two would undo each other's newer rows.
/// </summary>
internal sealed class Projector(IEntryLog journal, IViewStore views, CommittedEntries committed, TimeProvider time, ILogger<Projector> log) : BackgroundService
{
    private const int Batch = 2_000;

    /// <summary>Between two batches: a call's entries that come close together are written once.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5), Gone = TimeSpan.FromSeconds(1);
    private CallFolder folder = new(journal);
    private Positions? seen;

    /// <summary>Set after each batch.</summary>
    public Signal Folded { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for a long fold
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = committed.Next;
            var pause = Gather;
            try
            {
                CatchUp(stoppingToken);
                if (views.LookAgain is { } pace) await more.WaitAsync(pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                else await more.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException) // views that lag are told loudly; calls must go on
            {
                pause = e is StorageOutageException ? Gone : Retry;
                log.FoldFailed(e, pause.TotalSeconds);
                BeginAnew();
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>From what is stored.</summary>
    private void BeginAnew() => (folder, seen) = (new(journal), null);

    /// <summary>Folds all that is committed, unless another process does.</summary>
    public void CatchUp(CancellationToken stop = default)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!views.Leads())
            {
                BeginAnew();
                return;
            }
            var from = seen ??= views.Seen();
            var entries = committed.After(from, Batch) ?? journal.After(from, Batch);
            if (entries.Length == 0) return;
            var changes = folder.Fold(from, entries);
            views.Fold(changes);
            seen = changes.Seen;
            Folded.Set();
        }
    }
}
