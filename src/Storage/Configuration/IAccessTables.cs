using System.Data.Common;
using CallCenter.Contracts.Access;

namespace CallCenter.Storage.Configuration;

/// <summary>The audit log and the records of signing in, over a session's connection.</summary>
internal interface IAccessTables : IDisposable
{
    /// <summary>The transaction that all that follows belongs to.</summary>
    DbTransaction? Transaction { set; }

    void Add(AuditRow row);

    /// <summary>Newest first.</summary>
    /// <param name="before">Numbers below this one.</param>
    AuditRow[] Entries(TenantId owner, AuditFilter filter, long before, int limit);

    AuditRow? Entry(TenantId owner, long number);

    AccessRecord? Find(TenantId owner, AccessKind kind, string id, long now);

    AccessRecord[] Of(TenantId owner, AccessKind kind, string user, long now);

    bool Insert(AccessRecord record);

    bool Update(AccessRecord record);

    int Delete(TenantId owner, AccessKind kind, string id);

    int DeleteOf(TenantId owner, AccessKind kind, string user, string? except);

    /// <summary>Of an owner, what expired before an instant (unix ms).</summary>
    void DeleteExpired(TenantId owner, long now);
}

/// <param name="At">Unix ms.</param>
/// <param name="SubjectOwner">Whose setting it is: not always the owner of the log.</param>
internal sealed record AuditRow(long Number, TenantId Owner, long At, Author By, string Action, string? Kind, TenantId? SubjectOwner, string? Subject, long? Version, string? Detail)
{
    /// <summary>The write of a setting. It stands in the log of whose setting it is, and in that of the author's own if that is another; the product's own writes only in the first.</summary>
    public static IEnumerable<AuditRow> OfWrite(string kind, TenantId owner, string id, long version, bool removed, Author author, DateTimeOffset at)
    {
        var row = new AuditRow(0, owner, at.ToUnixTimeMilliseconds(), author, (removed ? AuditAction.Removed : AuditAction.Changed).ToString(), kind, owner, id, version, null);
        yield return row;
        if (author.Owner != owner && author != Author.Product) yield return row with { Owner = author.Owner };
    }
}
