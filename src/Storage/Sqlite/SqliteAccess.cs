using System.Data.Common;
using CallCenter.Contracts.Access;
using CallCenter.Storage.Configuration;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>The audit log and the records of signing in, in config.db.</summary>
internal sealed class SqliteAccess(SqliteConnection connection) : IAccessTables
{
    private const string Columns = "number, owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version, detail";
    private readonly Statement add = new(connection, "insert into audit_log (owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version, detail) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", 11);
    private readonly Statement entry = new(connection, $"select {Columns} from audit_log where number = ?1 and owner = ?2", 2);
    private readonly Statement entries = new(connection, $"""
        select {Columns} from audit_log where owner = ?1 and number < ?2 and (?3 is null or at >= ?3) and (?4 is null or at < ?4)
          and (?5 is null or by_user = ?5) and (?6 is null or action = ?6) and (?7 is null or kind = ?7) and (?8 is null or subject = ?8)
        order by number desc limit ?9
        """, 9);
    private readonly Statement find = new(connection, "select id, account, expires, version, body from access_records where owner = ?1 and kind = ?2 and id = ?3 and (expires is null or expires > ?4)", 4);
    private readonly Statement of = new(connection, "select id, account, expires, version, body from access_records where owner = ?1 and kind = ?2 and account = ?3 and (expires is null or expires > ?4) order by id", 4);
    private readonly Statement insert = new(connection, "insert into access_records (owner, kind, id, account, expires, version, body) values (?1, ?2, ?3, ?4, ?5, 1, ?6) on conflict do nothing", 6);
    private readonly Statement update = new(connection, "update access_records set account = ?4, expires = ?5, version = version + 1, body = ?6 where owner = ?1 and kind = ?2 and id = ?3 and version = ?7", 7);
    private readonly Statement delete = new(connection, "delete from access_records where owner = ?1 and kind = ?2 and id = ?3", 3);
    private readonly Statement deleteOf = new(connection, "delete from access_records where owner = ?1 and kind = ?2 and account = ?3 and id <> coalesce(?4, '')", 4);
    private readonly Statement expire = new(connection, "delete from access_records where owner = ?1 and expires <= ?2", 2);

    private Statement[] All => [add, entry, entries, find, of, insert, update, delete, deleteOf, expire];

    public DbTransaction? Transaction
    {
        set
        {
            foreach (var statement in All) statement.Transaction = (SqliteTransaction?)value;
        }
    }

    public void Add(AuditRow row) =>
        add.Run(row.Owner.Value, row.At, row.By.Owner.Value, row.By.User, row.By.Address, row.Action, row.Kind, row.SubjectOwner?.Value, row.Subject, row.Version, row.Detail);

    public AuditRow[] Entries(TenantId owner, AuditFilter filter, long before, int limit)
    {
        using var rows = entries.Read(owner.Value, before, filter.From?.ToUnixTimeMilliseconds(), filter.To?.ToUnixTimeMilliseconds(), filter.User, filter.Action, filter.Kind, filter.Subject, (long)limit);
        var found = new List<AuditRow>();
        while (rows.Read()) found.Add(Row(rows));
        return [.. found];
    }

    public AuditRow? Entry(TenantId owner, long number)
    {
        using var row = entry.Read(number, owner.Value);
        return row.Read() ? Row(row) : null;
    }

    internal static AuditRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), new(row.GetString(1)), row.GetInt64(2), new(new(row.GetString(3)), row.GetString(4), row.Text(5)), row.GetString(6), row.Text(7),
        row.Text(8) is { } whose ? new TenantId(whose) : null, row.Text(9), row.Long(10), row.Text(11));

    public AccessRecord? Find(TenantId owner, AccessKind kind, string id, long now)
    {
        using var row = find.Read(owner.Value, kind.ToString(), id, now);
        return row.Read() ? Record(owner, kind, row) : null;
    }

    public AccessRecord[] Of(TenantId owner, AccessKind kind, string user, long now)
    {
        using var rows = of.Read(owner.Value, kind.ToString(), user, now);
        var found = new List<AccessRecord>();
        while (rows.Read()) found.Add(Record(owner, kind, rows));
        return [.. found];
    }

    private static AccessRecord Record(TenantId owner, AccessKind kind, SqliteDataReader row) =>
        new(owner, kind, row.GetString(0), row.GetString(1), row.Long(2) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.GetString(4), row.GetInt64(3));

    public bool Insert(AccessRecord record) => insert.Run(record.Owner.Value, record.Kind.ToString(), record.Id, record.User, record.Expires?.ToUnixTimeMilliseconds(), record.Body) > 0;

    public bool Update(AccessRecord record) =>
        update.Run(record.Owner.Value, record.Kind.ToString(), record.Id, record.User, record.Expires?.ToUnixTimeMilliseconds(), record.Body, record.Version) > 0;

    public int Delete(TenantId owner, AccessKind kind, string id) => delete.Run(owner.Value, kind.ToString(), id);

    public int DeleteOf(TenantId owner, AccessKind kind, string user, string? except) => deleteOf.Run(owner.Value, kind.ToString(), user, except);

    public void DeleteExpired(TenantId owner, long now) => expire.Run(owner.Value, now);

    public void Dispose()
    {
        foreach (var statement in All) statement.Dispose();
    }
}
