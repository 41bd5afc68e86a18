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
    private readonly Signal written = new();
    private TaskCompletionSource? unread; // of what the reader has not begun to read
    private Task caughtUp = Task.CompletedTask, deleting = Task.CompletedTask;
    private bool isRead;

    /// <summary>Completes when the reader in this process has been through all that was written so far; at once if there is no reader.</summary>
    public Task CaughtUp
    {
        get
        {
            lock (done) return isRead ? caughtUp : Task.CompletedTask;
        }
    }

    /// <summary>To be said after each write.</summary>
    public void Written()
    {
        lock (done)
        {
            unread ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            caughtUp = unread.Task;
        }
        written.Set();
    }

    public async IAsyncEnumerable<ConfigurationNotice> From([EnumeratorCancellation] CancellationToken stop)
    {
        var waiting = new List<TaskCompletionSource>();
        lock (done) isRead = true;
        try
        {
            for (var last = 0L; ;)
            {
                var more = written.Next;
                Take(waiting);
                var page = read(last, Page);
                foreach (var notice in page)
                {
                    last = notice.Number;
                    if (!IsDone(notice.Number)) yield return notice;
                }
                if (page.Length == Page) continue;
                Release(waiting);
                await more.WaitAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (done) isRead = false;
            Take(waiting);
            Release(waiting);
        }
    }

    /// <summary>Whoever waits for what is written by now.</summary>
    private void Take(List<TaskCompletionSource> waiting)
    {
        lock (done)
        {
            if (unread is null) return;
            waiting.Add(unread);
            unread = null;
        }
    }

    private static void Release(List<TaskCompletionSource> waiting)
    {
        foreach (var who in waiting) who.SetResult();
        waiting.Clear();
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
