using System.Collections.Concurrent;

namespace Orleans.Engine;

/// <summary>The thread on which mailboxes run while there is little to do. What is too much for one goes to the thread pool.</summary>
/// <remarks>
/// The pool wakes a thread for each mailbox that comes to life outside of it, and this one wakes a second to see whether there is
/// more: with a steady trickle of small turns that costs more than the turns. Here whatever comes while the thread is awake wakes nobody.
/// While the pool is at work anyhow, everything goes there: two that share a processor would wait for each other's time slices.
/// </remarks>
sealed class TurnThread
{
    /// <summary>Waiting at once. More is work for two.</summary>
    const int Most = 16;

    /// <summary>ms. Whoever runs longer blocks or computes: the others go to the pool.</summary>
    const long Patience = 5;

    const long Idle = long.MaxValue;

    internal static readonly TurnThread Instance = new();

    static int onPool; // mailboxes that run or wait there

    readonly ConcurrentQueue<Mailbox> waiting = new();
    readonly AutoResetEvent wake = new(false);
    int asleep;
    long began = Idle; // Environment.TickCount64 when the mailbox that runs now began

    TurnThread() => new Thread(Run) { Name = "grains", IsBackground = true }.Start();

    bool IsStuck => Environment.TickCount64 - Volatile.Read(ref began) > Patience;

    /// <summary>Nothing runs or waits here.</summary>
    internal bool IsIdle => waiting.IsEmpty && Volatile.Read(ref began) == Idle;

    internal static void PoolBegins() => Interlocked.Increment(ref onPool);

    internal static void PoolEnds() => Interlocked.Decrement(ref onPool);

    /// <summary>False: the pool has something to do, or there is enough here.</summary>
    internal bool TryAdd(Mailbox mailbox)
    {
        if (IsStuck)
        {
            HandOver();
            return false;
        }
        if (Volatile.Read(ref onPool) > 0 || waiting.Count >= Most) return false;
        waiting.Enqueue(mailbox);
        if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1) wake.Set();
        return true;
    }

    /// <summary>Has the pool run those who wait behind one that does not end. Asked now and then, for when nobody else comes.</summary>
    internal void Look()
    {
        if (IsStuck) HandOver();
    }

    void HandOver()
    {
        while (waiting.TryDequeue(out var mailbox)) mailbox.ToPool();
    }

    void Run()
    {
        while (true)
        {
            Volatile.Write(ref began, Environment.TickCount64); // before the first leaves the queue: never idle in between
            while (waiting.TryDequeue(out var mailbox))
            {
                Volatile.Write(ref began, Environment.TickCount64);
                Chain.Run(mailbox);
                SynchronizationContext.SetSynchronizationContext(null);
            }
            Volatile.Write(ref began, Idle);
            Sleep();
        }
    }

    /// <summary>The flag goes up before the last look at the queue, so that whoever comes in between is seen or wakes.</summary>
    void Sleep()
    {
        Interlocked.Exchange(ref asleep, 1);
        if (waiting.IsEmpty) wake.WaitOne();
        Interlocked.Exchange(ref asleep, 0);
    }
}
