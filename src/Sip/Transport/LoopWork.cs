namespace CallCenter.Sip.Transport;

/// <summary>A piece of work for the loop; being its own queue node, it costs no allocation besides itself. Runs once for each time it is posted, and may be posted again from then on.</summary>
public abstract class LoopWork
{
    internal LoopWork? Next;

    protected internal abstract void Run();
}

/// <summary>Short work of others that a loop does between its own.</summary>
/// <param name="waits">Asked before the loop sleeps.</param>
/// <param name="run">Does what waits, up to a share that leaves time for the loop's own.</param>
public sealed class LoopGuest(Func<bool> waits, Action run)
{
    internal bool Waits => waits();

    internal void Run() => run();
}

sealed class LoopAction(Action run) : LoopWork
{
    protected internal override void Run() => run();
}

sealed class LoopAction<T>(Action<T> run, T state) : LoopWork
{
    protected internal override void Run() => run(state);
}

/// <summary>Many writers, one reader: a stack pushed with one compare-and-swap, taken whole and turned round.</summary>
sealed class LoopQueue
{
    LoopWork? head;

    public bool IsEmpty => Volatile.Read(ref head) is null;

    public void Push(LoopWork work)
    {
        var seen = Volatile.Read(ref head);
        for (; ; )
        {
            work.Next = seen;
            var found = Interlocked.CompareExchange(ref head, work, seen);
            if (ReferenceEquals(found, seen)) return;
            seen = found;
        }
    }

    /// <summary>Everything posted so far, oldest first, as a list over <see cref="LoopWork.Next"/>.</summary>
    public LoopWork? TakeAll()
    {
        if (IsEmpty) return null;
        var newest = Interlocked.Exchange(ref head, null);
        LoopWork? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }
}
