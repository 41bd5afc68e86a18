using System.Data.Common;

namespace CallCenter.Storage.Configuration;

/// <summary>What binds the entries of an owner's audit log to each other, over a session's connection.</summary>
internal interface IChainTables : IDisposable
{
    /// <summary>The transaction that all that follows belongs to.</summary>
    DbTransaction? Transaction { set; }

    /// <summary>The newest link, as it is kept apart from the chain; null: there is none.</summary>
    AuditLink? Head(TenantId owner);

    /// <summary>The last link before an entry; null if that would be the first.</summary>
    AuditLink? LinkBefore(TenantId owner, long entry);

    /// <summary>Entries above a number with what stands in the history of them, by number.</summary>
    ChainedEntry[] EntriesAfter(TenantId owner, long number, int limit);

    /// <summary>Links above an entry's number, by number; each with its entry, if that is there.</summary>
    (AuditLink Link, ChainedEntry? Entry)[] LinksAfter(TenantId owner, long entry, int limit);

    /// <summary>The first entry within these numbers that has no link; null if all have.</summary>
    long? Unlinked(TenantId owner, long from, long to);

    /// <summary>Adds links, and makes the last of them the head.</summary>
    void Add(TenantId owner, AuditLink[] links);

    /// <summary>Heads of all owners by owner; and how far each one's log goes.</summary>
    (TenantId Owner, long Newest, AuditLink? Head)[] Heads();
}

/// <param name="Entry">The number of the entry in the audit log.</param>
/// <param name="Place">1, 2, 3 … in the owner's chain.</param>
/// <param name="Hash">SHA-256, 32 bytes; see <see cref="AuditChain"/>.</param>
internal sealed record AuditLink(long Entry, long Place, byte[] Hash);

/// <param name="Body">What was written, as the history has it; null where it has nothing of it.</param>
internal sealed record ChainedEntry(AuditRow Row, string? Body);
