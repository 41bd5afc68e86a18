using CallCenter.Contracts.Access;
using CallCenter.Storage.Configuration;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>The audit log and the records of signing in, on a session's connection.</summary>
internal sealed class PostgresAccess(NpgsqlConnection connection) : PostgresTables(connection), IAccessTables
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint;
    private const string Columns = "number, owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version, detail";
    private static readonly PostgresSql AddOne = new(
        "insert into audit_log (owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version, detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        Text, Long, Text, Text, Text, Text, Text, Text, Text, Long, Text);
    private static readonly PostgresSql OneEntry = new($"select {Columns} from audit_log where number = $1 and owner = $2", Long, Text);
    private static readonly PostgresSql Some = new($"""
        select {Columns} from audit_log where owner = $1 and number < $2 and ($3 is null or at >= $3) and ($4 is null or at < $4)
          and ($5 is null or by_user = $5) and ($6 is null or action = $6) and ($7 is null or kind = $7) and ($8 is null or subject = $8)
        order by number desc limit $9
        """, Text, Long, Long, Long, Text, Text, Text, Text, Long);
    private static readonly PostgresSql FindOne = new("select id, account, expires, version, body from access_records where owner = $1 and kind = $2 and id = $3 and (expires is null or expires > $4)", Text, Text, Text, Long);
    private static readonly PostgresSql FindOf = new("select id, account, expires, version, body from access_records where owner = $1 and kind = $2 and account = $3 and (expires is null or expires > $4) order by id", Text, Text, Text, Long);
    private static readonly PostgresSql InsertOne = new("insert into access_records (owner, kind, id, account, expires, version, body) values ($1, $2, $3, $4, $5, 1, $6) on conflict do nothing", Text, Text, Text, Text, Long, Text);
    private static readonly PostgresSql UpdateOne = new("update access_records set account = $4, expires = $5, version = version + 1, body = $6 where owner = $1 and kind = $2 and id = $3 and version = $7", Text, Text, Text, Text, Long, Text, Long);
    private static readonly PostgresSql DeleteOne = new("delete from access_records where owner = $1 and kind = $2 and id = $3", Text, Text, Text);
    private static readonly PostgresSql DeleteSome = new("delete from access_records where owner = $1 and kind = $2 and account = $3 and id <> coalesce($4, '')", Text, Text, Text, Text);
    private static readonly PostgresSql Expire = new("delete from access_records where owner = $1 and expires <= $2", Text, Long);

    public void Add(AuditRow row) => Run(row.Owner, rows => rows.RecordsAffected, AddOne.With(
        row.Owner.Value, row.At, row.By.Owner.Value, row.By.User, row.By.Address, row.Action, row.Kind, row.SubjectOwner?.Value, row.Subject, row.Version, row.Detail));

    public AuditRow[] Entries(TenantId owner, AuditFilter filter, long before, int limit) => Run(owner, rows => PostgresSql.All(rows, Row), Some.With(
        owner.Value, before, filter.From?.ToUnixTimeMilliseconds(), filter.To?.ToUnixTimeMilliseconds(), filter.User, filter.Action, filter.Kind, filter.Subject, (long)limit));

    public AuditRow? Entry(TenantId owner, long number) => Run(owner, rows => rows.Read() ? Row(rows) : null, OneEntry.With(number, owner.Value));

    internal static AuditRow Row(NpgsqlDataReader row) => new(
        row.GetInt64(0), new(row.GetString(1)), row.GetInt64(2), new(new(row.GetString(3)), row.GetString(4), TextOf(row, 5)), row.GetString(6), TextOf(row, 7),
        TextOf(row, 8) is { } whose ? new TenantId(whose) : null, TextOf(row, 9), LongOf(row, 10), TextOf(row, 11));

    public AccessRecord? Find(TenantId owner, AccessKind kind, string id, long now) =>
        Run(owner, rows => rows.Read() ? Record(owner, kind, rows) : null, FindOne.With(owner.Value, kind.ToString(), id, now));

    public AccessRecord[] Of(TenantId owner, AccessKind kind, string user, long now) =>
        Run(owner, rows => PostgresSql.All(rows, row => Record(owner, kind, row)), FindOf.With(owner.Value, kind.ToString(), user, now));

    private static AccessRecord Record(TenantId owner, AccessKind kind, NpgsqlDataReader row) =>
        new(owner, kind, row.GetString(0), row.GetString(1), LongOf(row, 2) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.GetString(4), row.GetInt64(3));

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? LongOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public bool Insert(AccessRecord record) => Change(record.Owner, InsertOne.With(record.Owner.Value, record.Kind.ToString(), record.Id, record.User, record.Expires?.ToUnixTimeMilliseconds(), record.Body)) > 0;

    public bool Update(AccessRecord record) =>
        Change(record.Owner, UpdateOne.With(record.Owner.Value, record.Kind.ToString(), record.Id, record.User, record.Expires?.ToUnixTimeMilliseconds(), record.Body, record.Version)) > 0;

    public int Delete(TenantId owner, AccessKind kind, string id) => Change(owner, DeleteOne.With(owner.Value, kind.ToString(), id));

    public int DeleteOf(TenantId owner, AccessKind kind, string user, string? except) => Change(owner, DeleteSome.With(owner.Value, kind.ToString(), user, except));

    public void DeleteExpired(TenantId owner, long now) => Change(owner, Expire.With(owner.Value, now));
}
