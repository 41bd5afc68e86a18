namespace Orleans.Engine;

/// <summary>
/// Mailboxes that came to life while this thread ran another one's turns: a few of them run here next, one after the other.
/// </summary>
/// <remarks>
/// Handing each to the pool wakes a second thread for a turn of a microsecond, which costs more than ten of them; a caller, routing and
/// an agent that tell each other something now share one thread while there is little to do. What exceeds <see cref="Most"/> goes to the
/// pool, where idle threads take it.
/// </remarks>
sealed class Chain
{
    /// <summary>Waiting at once. More is work for two.</summary>
    const int Most = 4;

    /// <summary>Run in a row before the pool's other work gets this thread.</summary>
    const int Longest = 64;

    [ThreadStatic] static Chain? current;

    Mailbox? first, last;
    int waiting;
    bool running;

    /// <summary>False: this thread runs no turns, or has enough.</summary>
    public static bool TryAdd(Mailbox mailbox)
    {
        if (current is not { running: true, waiting: < Most } chain) return false;
        if (chain.last is null) chain.first = mailbox;
        else chain.last.Chained = mailbox;
        chain.last = mailbox;
        chain.waiting++;
        return true;
    }

    public static void Run(Mailbox mailbox)
    {
        var chain = current ??= new();
        chain.running = true;
        var clean = ExecutionContext.Capture()!;
        mailbox.Drain();
        for (var ran = 1; ran < Longest && chain.Take() is { } next; ran++)
        {
            ExecutionContext.Restore(clean);
            next.Drain();
        }
        chain.running = false;
        while (chain.Take() is { } left) left.Schedule();
    }

    Mailbox? Take()
    {
        if (first is not { } mailbox) return null;
        first = mailbox.Chained;
        if (first is null) last = null;
        mailbox.Chained = null;
        waiting--;
        return mailbox;
    }
}
