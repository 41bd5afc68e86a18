namespace CallCenter.Contracts.Edges;

/// <summary>
/// What edges keep of their SIP sessions outside of their process, so that an edge that comes back after a crash can end those
/// that the crash cut off. It outlives the process, not the machine: nothing waits for the disk.
/// </summary>
public interface IDialogStore
{
    /// <summary>One edge's own; it is open once at a time.</summary>
    /// <exception cref="IOException">It cannot be opened, or is open elsewhere: another process runs this edge.</exception>
    IDialogBook Open(EdgeId edge);
}

/// <summary>The sessions of one edge. Used by one thread at a time; an entry costs a few microseconds.</summary>
public interface IDialogBook : IDisposable
{
    /// <summary>What the edge's earlier starts left behind. Each stays until it is forgotten, so that a crash of the clearing-up loses nothing.</summary>
    Items<KeptDialog> Left { get; }

    /// <summary>When the start before this one was last alive; null if there was none.</summary>
    DateTimeOffset? LastAlive { get; }

    /// <summary>Marks that the edge lives now.</summary>
    void Alive(DateTimeOffset now);

    /// <summary>Keeps a session, encrypted for its tenant.</summary>
    /// <param name="ticket">0 for a new one; else the one whose content is replaced.</param>
    /// <returns>By what it is replaced and forgotten; 0 if it was not kept: too long, or the disk is full.</returns>
    int Keep(int ticket, TenantId owner, ReadOnlySpan<byte> content);

    /// <summary>Harmless with 0.</summary>
    void Forget(int ticket);
}

public sealed record KeptDialog(int Ticket, TenantId Owner, ReadOnlyMemory<byte> Content);
