using CallCenter.Storage.Configuration;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>The links of the audit log, on a session's connection. What another owner's history keeps of an entry is read as everyone: its policies would hide it.</summary>
internal sealed class PostgresChain(NpgsqlConnection connection) : PostgresTables(connection), IChainTables
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint, Bytes = NpgsqlDbType.Bytea;
    private const string Entry = "a.number, a.owner, a.at, a.by_owner, a.by_user, a.by_address, a.action, a.kind, a.subject_owner, a.subject, a.version, a.detail";
    private const string History = "left join history h on h.owner = a.subject_owner and h.kind = a.kind and h.id = a.subject and h.version = a.version";
    private static readonly TenantId Everyone = new(PostgresDatabase.Everyone);
    private static readonly PostgresSql OneHead = new("select entry, place, hash from audit_heads where owner = $1", Text);
    private static readonly PostgresSql OneBefore = new("select entry, place, hash from audit_links where owner = $1 and entry < $2 order by entry desc limit 1", Text, Long);
    private static readonly PostgresSql Entries = new($"select {Entry}, h.body from audit_log a {History} where a.owner = $1 and a.number > $2 order by a.number limit $3", Text, Long, Long);
    private static readonly PostgresSql Links = new($"""
        select {Entry}, h.body, l.entry, l.place, l.hash from audit_links l left join audit_log a on a.number = l.entry and a.owner = l.owner {History}
        where l.owner = $1 and l.entry > $2 order by l.entry limit $3
        """, Text, Long, Long);
    private static readonly PostgresSql OneUnlinked = new("""
        select a.number from audit_log a where a.owner = $1 and a.number between $2 and $3 and not exists (select from audit_links l where l.owner = a.owner and l.entry = a.number)
        order by a.number limit 1
        """, Text, Long, Long);
    private static readonly PostgresSql AddSome = new(
        "insert into audit_links (owner, entry, place, hash) select $1, one.* from unnest($2, $3, $4) as one", Text, NpgsqlDbType.Array | Long, NpgsqlDbType.Array | Long, NpgsqlDbType.Array | Bytes);
    private static readonly PostgresSql Move = new(
        "insert into audit_heads (owner, entry, place, hash) values ($1, $2, $3, $4) on conflict (owner) do update set entry = excluded.entry, place = excluded.place, hash = excluded.hash", Text, Long, Long, Bytes);
    private static readonly PostgresSql AllHeads = new(
        "select n.owner, n.newest, h.entry, h.place, h.hash from (select owner, max(number) as newest from audit_log group by owner) n left join audit_heads h on h.owner = n.owner order by n.owner");

    public AuditLink? Head(TenantId owner) => Run(owner, One, OneHead.With(owner.Value));

    public AuditLink? LinkBefore(TenantId owner, long entry) => Run(owner, One, OneBefore.With(owner.Value, entry));

    public ChainedEntry[] EntriesAfter(TenantId owner, long number, int limit) =>
        Run(Everyone, rows => PostgresSql.All(rows, EntryOf), Entries.With(owner.Value, number, (long)limit));

    public (AuditLink Link, ChainedEntry? Entry)[] LinksAfter(TenantId owner, long entry, int limit) =>
        Run(Everyone, rows => PostgresSql.All(rows, row => (Link(row, 13), row.IsDBNull(0) ? null : (ChainedEntry?)EntryOf(row))), Links.With(owner.Value, entry, (long)limit));

    public long? Unlinked(TenantId owner, long from, long to) => Run(owner, rows => rows.Read() ? rows.GetInt64(0) : (long?)null, OneUnlinked.With(owner.Value, from, to));

    public void Add(TenantId owner, AuditLink[] links)
    {
        Change(owner, AddSome.With(owner.Value, links.Select(link => link.Entry).ToArray(), links.Select(link => link.Place).ToArray(), links.Select(link => link.Hash).ToArray()));
        var last = links[^1];
        Change(owner, Move.With(owner.Value, last.Entry, last.Place, last.Hash));
    }

    public (TenantId Owner, long Newest, AuditLink? Head)[] Heads() => Run(
        Everyone, rows => PostgresSql.All(rows, row => (new TenantId(row.GetString(0)), row.GetInt64(1), row.IsDBNull(2) ? null : (AuditLink?)Link(row, 2))), AllHeads.With());

    private static AuditLink? One(NpgsqlDataReader rows) => rows.Read() ? Link(rows, 0) : null;

    private static AuditLink Link(NpgsqlDataReader row, int column) => new(row.GetInt64(column), row.GetInt64(column + 1), row.GetFieldValue<byte[]>(column + 2));

    private static ChainedEntry EntryOf(NpgsqlDataReader row) => new(PostgresAccess.Row(row), row.IsDBNull(12) ? null : row.GetString(12));
}
