using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Something to run in a turn; links itself into one list at a time.</summary>
abstract class Node
{
    internal Node? Next;

    internal abstract void Run(Mailbox mailbox);
}

/// <summary>A continuation of code that awaited inside the mailbox's turns.</summary>
sealed class Continuation(SendOrPostCallback callback, object? state) : Node
{
    internal override void Run(Mailbox mailbox) => callback(state);
}

/// <summary>
/// Runs nodes one at a time on a lent thread, the turn thread or the thread pool, in the order they came, never on the stack of who pushed them.
/// </summary>
/// <remarks>
/// One field is the whole queue: null = idle, <see cref="Empty"/> = running with nothing new, else a list, newest first, that is
/// pushed by compare-and-swap and taken as a whole. Only who turns null into something schedules, so one thread runs at most.
/// </remarks>
abstract class Mailbox : SynchronizationContext, IThreadPoolWorkItem
{
    /// <summary>Turns before the others on this thread get theirs.</summary>
    const int Budget = 16;

    static readonly Node Empty = new Continuation(static _ => { }, null);

    internal Mailbox? Chained; // the next one of this thread's chain

    Node? inbox;
    Node? ready; // oldest first; touched only inside the turn
    byte scheduled;
    volatile bool dropped;

    /// <summary>True after a crash: nothing runs here any more.</summary>
    internal bool Dropped => dropped;

    internal abstract ILogger Log { get; }

    /// <summary>A job has come: start it or let it wait.</summary>
    internal abstract void Accept(Job job);

    /// <summary>A job that was started here has ended.</summary>
    internal abstract void Left(Job job);

    /// <summary>Calls the grain or observer.</summary>
    internal abstract Task Perform(Request request);

    /// <summary>A call has ended with an exception.</summary>
    internal abstract void Failed(Request request, Task ended);

    /// <summary>True while nothing runs or waits to run.</summary>
    internal bool Quiet => Volatile.Read(ref inbox) is null;

    internal void Drop()
    {
        dropped = true;
        Interlocked.MemoryBarrier(); // before what its owner still holds is looked through
    }

    internal void Push(Node node)
    {
        Node? seen = Volatile.Read(ref inbox);
        while (true)
        {
            node.Next = ReferenceEquals(seen, Empty) ? null : seen;
            var before = Interlocked.CompareExchange(ref inbox, node, seen);
            if (ReferenceEquals(before, seen)) break;
            seen = before;
        }
        if (seen is null && !Chain.TryAdd(this)) Schedule();
    }

    internal void Schedule()
    {
        if (Thread.CurrentThread.IsThreadPoolThread || (!LentThread.TryAdd(this) && !TurnThread.Instance.TryAdd(this))) ToPool();
    }

    /// <summary>Always local would starve callers outside the pool, always global costs five times the CPU.</summary>
    internal void ToPool() => ToPool(preferLocal: (++scheduled & 15) != 0);

    void ToPool(bool preferLocal)
    {
        TurnThread.PoolBegins();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal);
    }

    /// <summary>Runs the node next. Only inside the turn.</summary>
    protected void PushFront(Node node) => (node.Next, ready) = (ready, node);

    void IThreadPoolWorkItem.Execute()
    {
        Chain.Run(this);
        TurnThread.PoolEnds();
    }

    internal void Drain()
    {
        SetSynchronizationContext(this);
        var clean = ExecutionContext.Capture()!;
        for (int turns = 0; ; turns++)
        {
            if (ready is null && !Take()) return;
            if (turns == Budget) break;
            var node = ready!;
            ready = node.Next;
            node.Next = null;
            if (dropped) continue;
            Run(node);
            // A method that is not async may leave what it set behind.
            if (!ReferenceEquals(ExecutionContext.Capture(), clean)) ExecutionContext.Restore(clean);
        }
        ToPool(preferLocal: false);
    }

    /// <summary>Moves what came in to <see cref="ready"/>; false: there was nothing and the mailbox is idle.</summary>
    bool Take()
    {
        var taken = Interlocked.Exchange(ref inbox, Empty);
        if (ReferenceEquals(taken, Empty) && ReferenceEquals(Interlocked.CompareExchange(ref inbox, null, Empty), Empty)) return false;
        if (ReferenceEquals(taken, Empty)) taken = Interlocked.Exchange(ref inbox, Empty);
        for (Node? node = taken; node is not null;)
        {
            var older = node.Next;
            node.Next = ready;
            ready = node;
            node = older;
        }
        return true;
    }

    void Run(Node node)
    {
        try
        {
            node.Run(this);
        }
        catch (Exception e) // of an async void method: it has no caller who could be told
        {
            Log.Escaped(e, ToString()!);
        }
    }

    public sealed override void Post(SendOrPostCallback d, object? state) => Push(new Continuation(d, state));

    public sealed override void Send(SendOrPostCallback d, object? state)
    {
        if (!ReferenceEquals(Current, this)) throw new NotSupportedException("Waiting for a turn of a grain would block a thread; use Post.");
        d(state);
    }

    public sealed override SynchronizationContext CreateCopy() => this;
}
