using System.Runtime.CompilerServices;
using CallCenter.Storage.Journal;

namespace CallCenter.Storage.Configuration;

/// <summary>
/// Notices of committed writes. What is done is deleted in groups beside the caller: a crash in between repeats a notice,
/// which is harmless, since it only says "read anew".
/// </summary>
internal sealed class NoticeBoard(Func<Action<ILedger>, Task> inTransaction, Func<long, int, ConfigurationNotice[]> read)
{
    private const int Page = 500;
    private readonly HashSet<long> done = []; // told, not deleted yet; also the lock
    private Task deleting = Task.CompletedTask;

    /// <summary>Set after each write.</summary>
    public Signal Written { get; } = new();

    public async IAsyncEnumerable<ConfigurationNotice> From([EnumeratorCancellation] CancellationToken stop)
    {
        var last = 0L;
        while (true)
        {
            var more = Written.Next;
            var page = read(last, Page);
            foreach (var notice in page)
            {
                last = notice.Number;
                if (!IsDone(notice.Number)) yield return notice;
            }
            if (page.Length < Page) await more.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    public void Done(long number)
    {
        lock (done)
        {
            done.Add(number);
            if (deleting.IsCompleted) deleting = Task.Run(Delete);
        }
    }

    /// <summary>Completes when nothing is left to delete.</summary>
    public Task Idle()
    {
        lock (done) return deleting;
    }

    private bool IsDone(long number)
    {
        lock (done) return done.Contains(number);
    }

    private async Task Delete()
    {
        while (true)
        {
            long[] group;
            lock (done)
            {
                if (done.Count == 0)
                {
                    deleting = Task.CompletedTask; // under the lock: whoever comes next starts anew
                    return;
                }
                group = [.. done];
            }
            await inTransaction(ledger =>
            {
                foreach (var number in group) ledger.DeleteNotice(number);
            }).ConfigureAwait(false);
            lock (done) done.ExceptWith(group);
        }
    }
}
