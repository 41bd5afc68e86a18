using System.Data.Common;
using CallCenter.Storage.Configuration;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>The links of the audit log, in config.db.</summary>
internal sealed class SqliteChain(SqliteConnection connection) : IChainTables
{
    private const string Entry = "a.number, a.owner, a.at, a.by_owner, a.by_user, a.by_address, a.action, a.kind, a.subject_owner, a.subject, a.version, a.detail";
    private const string History = "left join history h on h.owner = a.subject_owner and h.kind = a.kind and h.id = a.subject and h.version = a.version";
    private readonly Statement head = new(connection, "select entry, place, hash from audit_heads where owner = ?1", 1);
    private readonly Statement before = new(connection, "select entry, place, hash from audit_links where owner = ?1 and entry < ?2 order by entry desc limit 1", 2);
    private readonly Statement entries = new(connection, $"select {Entry}, h.body from audit_log a {History} where a.owner = ?1 and a.number > ?2 order by a.number limit ?3", 3);
    private readonly Statement links = new(connection, $"""
        select {Entry}, h.body, l.entry, l.place, l.hash from audit_links l left join audit_log a on a.number = l.entry and a.owner = l.owner {History}
        where l.owner = ?1 and l.entry > ?2 order by l.entry limit ?3
        """, 3);
    private readonly Statement unlinked = new(connection, """
        select a.number from audit_log a where a.owner = ?1 and a.number between ?2 and ?3 and not exists (select 1 from audit_links l where l.owner = a.owner and l.entry = a.number)
        order by a.number limit 1
        """, 3);
    private readonly Statement add = new(connection, "insert into audit_links (owner, entry, place, hash) values (?1, ?2, ?3, ?4)", 4);
    private readonly Statement move = new(connection, "insert into audit_heads (owner, entry, place, hash) values (?1, ?2, ?3, ?4) on conflict (owner) do update set entry = excluded.entry, place = excluded.place, hash = excluded.hash", 4);
    private readonly Statement heads = new(connection, "select n.owner, n.newest, h.entry, h.place, h.hash from (select owner, max(number) as newest from audit_log group by owner) n left join audit_heads h on h.owner = n.owner order by n.owner");

    private Statement[] All => [head, before, entries, links, unlinked, add, move, heads];

    public DbTransaction? Transaction
    {
        set
        {
            foreach (var statement in All) statement.Transaction = (SqliteTransaction?)value;
        }
    }

    public AuditLink? Head(TenantId owner)
    {
        using var row = head.Read(owner.Value);
        return row.Read() ? Link(row, 0) : null;
    }

    public AuditLink? LinkBefore(TenantId owner, long entry)
    {
        using var row = before.Read(owner.Value, entry);
        return row.Read() ? Link(row, 0) : null;
    }

    public ChainedEntry[] EntriesAfter(TenantId owner, long number, int limit)
    {
        using var rows = entries.Read(owner.Value, number, (long)limit);
        var found = new List<ChainedEntry>();
        while (rows.Read()) found.Add(new(SqliteAccess.Row(rows), rows.Text(12)));
        return [.. found];
    }

    public (AuditLink Link, ChainedEntry? Entry)[] LinksAfter(TenantId owner, long entry, int limit)
    {
        using var rows = links.Read(owner.Value, entry, (long)limit);
        var found = new List<(AuditLink, ChainedEntry?)>();
        while (rows.Read()) found.Add((Link(rows, 13), rows.IsDBNull(0) ? null : new(SqliteAccess.Row(rows), rows.Text(12))));
        return [.. found];
    }

    private static AuditLink Link(SqliteDataReader row, int column) => new(row.GetInt64(column), row.GetInt64(column + 1), row.GetFieldValue<byte[]>(column + 2));

    public long? Unlinked(TenantId owner, long from, long to) => (long?)unlinked.Value(owner.Value, from, to);

    public void Add(TenantId owner, AuditLink[] links)
    {
        foreach (var link in links) add.Run(owner.Value, link.Entry, link.Place, link.Hash);
        var last = links[^1];
        move.Run(owner.Value, last.Entry, last.Place, last.Hash);
    }

    public (TenantId Owner, long Newest, AuditLink? Head)[] Heads()
    {
        using var rows = heads.Read();
        var found = new List<(TenantId, long, AuditLink?)>();
        while (rows.Read()) found.Add((new(rows.GetString(0)), rows.GetInt64(1), rows.IsDBNull(2) ? null : Link(rows, 2)));
        return [.. found];
    }

    public void Dispose()
    {
        foreach (var statement in All) statement.Dispose();
    }
}
