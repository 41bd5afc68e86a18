namespace Orleans.Engine;

/// <summary>A piece of work subject to the rules of interleaving: a request or a timer's tick. It may span many turns.</summary>
abstract class Job : Node
{
    Task? work;

    internal virtual bool Interleaves => false;
    internal virtual bool ReadOnly => false;

    /// <summary>Counts as use of the grain.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>False where running has become pointless, as when the caller has given up.</summary>
    internal virtual bool Wanted => true;

    /// <summary>Calls the grain or observer.</summary>
    protected abstract Task Perform(Mailbox mailbox);

    /// <summary>Tells whoever waits how it ended.</summary>
    protected abstract void Report(Mailbox mailbox, Task ended);

    internal sealed override void Run(Mailbox mailbox)
    {
        mailbox.Accept(this);
    }

    /// <summary>Starts the work in the current turn; its end comes back to the same mailbox.</summary>
    internal void Start(Mailbox mailbox)
    {
        try
        {
            work = Perform(mailbox) ?? Task.FromException(new InvalidOperationException($"{this} returned null instead of a task."));
        }
        catch (Exception e) // the exception is the answer
        {
            work = Task.FromException(e);
        }
        if (work.IsCompleted)
        {
            Finish(mailbox);
            return;
        }
        work.GetAwaiter().UnsafeOnCompleted(Ended); // the mailbox is the current context, so Ended runs in a turn of it
    }

    void Ended() => Finish((Mailbox)SynchronizationContext.Current!);

    void Finish(Mailbox mailbox)
    {
        var ended = work!;
        work = null;
        Report(mailbox, ended);
        mailbox.Left(this);
    }
}
