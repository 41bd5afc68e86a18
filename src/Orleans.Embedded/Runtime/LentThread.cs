using System.Collections.Concurrent;
using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>
/// A thread of the host that wakes for most of what grains are told: it runs their turns between its own work while it has time. Orleans has
/// no such thing.
/// </summary>
/// <remarks>
/// What a turn costs is a few microseconds, and to wake another thread for it and be woken by its answer costs twice that. When the thread is
/// busy, or a turn keeps it, turns run where they ran without it.
/// </remarks>
public sealed class LentThread : IDisposable
{
    /// <summary>Waiting at once. More is work for two.</summary>
    const int Most = 16;

    /// <summary>Mailboxes in a row before the thread's own work gets its turn.</summary>
    const int Share = 16;

    /// <summary>ms. Whoever runs longer blocks or computes: the others go to the pool.</summary>
    const long Patience = 5;

    const long Idle = long.MaxValue;

    static readonly Lock gate = new();
    static LentThread[] all = []; // never changed once set
    [ThreadStatic] static LentThread? mine;

    readonly ConcurrentQueue<Mailbox> waiting = new();
    readonly Func<bool> isFree;
    readonly Action rouse;
    long since = Idle; // Environment.TickCount64 from when on the first one has waited or run
    volatile bool over;

    /// <param name="isFree">Asked by any thread, often: false while the thread has enough to do of its own.</param>
    /// <param name="rouse">Called by any thread: the thread is to call <see cref="Run"/> soon.</param>
    public LentThread(Func<bool> isFree, Action rouse)
    {
        (this.isFree, this.rouse) = (isFree, rouse);
        lock (gate) all = [.. all, this];
    }

    /// <summary>There is something to <see cref="Run"/>.</summary>
    public bool Waits => !waiting.IsEmpty;

    bool IsStuck => Environment.TickCount64 - Volatile.Read(ref since) > Patience;

    /// <summary>Runs what waits, and what comes of it, up to a share. On the lent thread, with no other work on its stack.</summary>
    public void Run()
    {
        mine ??= this;
        var own = SynchronizationContext.Current;
        for (var ran = 0; ran < Share && waiting.TryDequeue(out var mailbox); ran++)
        {
            Volatile.Write(ref since, Environment.TickCount64);
            Chain.Run(mailbox);
        }
        Volatile.Write(ref since, waiting.IsEmpty ? Idle : Environment.TickCount64);
        SynchronizationContext.SetSynchronizationContext(own);
    }

    /// <summary>The thread that pushes is asked first, then the first of all. False: there is none, or none that has time.</summary>
    internal static bool TryAdd(Mailbox mailbox) => (mine ?? First) is { } thread && thread.Takes(mailbox);

    static LentThread? First => Volatile.Read(ref all) is [var first, ..] ? first : null;

    /// <summary>Has the pool run those who wait behind a turn that does not end. Asked now and then, for when nobody else comes.</summary>
    internal static void Look()
    {
        foreach (var thread in Volatile.Read(ref all))
            if (thread.IsStuck) thread.HandOver();
    }

    bool Takes(Mailbox mailbox)
    {
        if (IsStuck)
        {
            HandOver();
            return false;
        }
        if (over || waiting.Count >= Most || !isFree()) return false;
        waiting.Enqueue(mailbox);
        Interlocked.CompareExchange(ref since, Environment.TickCount64, Idle);
        if (over) HandOver();
        else rouse();
        return true;
    }

    void HandOver()
    {
        while (waiting.TryDequeue(out var mailbox)) mailbox.ToPool();
    }

    /// <summary>Takes the thread back: turns run elsewhere from now on.</summary>
    public void Dispose()
    {
        over = true;
        lock (gate) all = [.. all.Where(thread => thread != this)];
        HandOver();
    }
}
