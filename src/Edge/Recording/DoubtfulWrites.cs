using System.Collections.Concurrent;
using CallCenter.Contracts.Media;

namespace CallCenter.Edge.Recording;

/// <summary>
/// Segments whose writing failed: some may have been stored all the same, their answer was lost. The next segment states each as a gap, and
/// the seal counts none of them: what lies there would be heard unproven, and a check would find the chain broken. So they are deleted.
/// </summary>
sealed class DoubtfulWrites(IBlobs blobs, TimeProvider time, ILogger log)
{
    /// <summary>A write that was given up is done by then, or never will be; and the pause while the store is gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ConcurrentQueue<(TenantId Owner, string File)> files = new();
    int deleting;

    public void Add(TenantId owner, string file)
    {
        files.Enqueue((owner, file));
        if (Interlocked.Exchange(ref deleting, 1) == 0) _ = DeleteAll();
    }

    async Task DeleteAll()
    {
        while (true)
        {
            await Task.Delay(Patience, time).ConfigureAwait(false);
            while (files.TryPeek(out var first) && await TryDelete(first.Owner, first.File).ConfigureAwait(false)) files.TryDequeue(out _);
            if (!files.IsEmpty) continue; // the store is still gone
            Volatile.Write(ref deleting, 0);
            if (files.IsEmpty || Interlocked.Exchange(ref deleting, 1) == 1) return; // whoever comes now begins anew
        }
    }

    async Task<bool> TryDelete(TenantId owner, string file)
    {
        try
        {
            await blobs.Delete(owner, file).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) // again later
        {
            log.SegmentInDoubt(fault.GetType().Name);
            return false;
        }
    }
}
