using System.Data.Common;
using CallCenter.Storage.Configuration;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>History and notices on a session's connection.</summary>
internal sealed class PostgresLedger(NpgsqlConnection connection) : ILedger
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint;
    private static readonly PostgresSql Enter = new(SessionOwner.Sql, Text);

    /// <summary>Writers of all processes take turns, so that versions and the numbers of notices are given in the order of commits. Any number no other use takes.</summary>
    private static readonly PostgresSql Turn = new("select pg_advisory_xact_lock(1131375974)");

    private static readonly PostgresSql NewestVersion = new("select version, body is null from history where owner = $1 and kind = $2 and id = $3 order by version desc limit 1", Text, Text, Text);
    private static readonly PostgresSql Add = new(
        "insert into history (owner, kind, id, version, at, author_owner, author_user, author_address, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", Text, Text, Text, Long, Long, Text, Text, Text, Text);
    private static readonly PostgresSql Notify = new("insert into notices (kind, owner, id, version) values ($1, $2, $3, $4)", Text, Text, Text, Long);
    private static readonly PostgresSql OneBody = new("select body from history where owner = $1 and kind = $2 and id = $3 and version = $4", Text, Text, Text, Long);
    private static readonly PostgresSql Any = new("select exists (select 1 from history)");
    private static readonly PostgresSql Notices = new("select number, kind, owner, id, version from notices where number > $1 order by number limit $2", Long, Long);
    private static readonly PostgresSql Delete = new("delete from notices where number = $1", Long);
    private readonly SessionOwner session = SessionOwner.Of(connection);
    private NpgsqlTransaction? transaction;

    public DbTransaction? Transaction
    {
        set
        {
            transaction = (NpgsqlTransaction?)value;
            session.Forget();
            if (transaction is not null) Run(PostgresDatabase.Everyone, rows => true, Turn.With());
        }
    }

    public (long Version, bool Deleted) Newest(string kind, TenantId owner, string id) =>
        Run(owner.Value, rows => rows.Read() ? (rows.GetInt64(0), rows.GetBoolean(1)) : (0, true), NewestVersion.With(owner.Value, kind, id));

    public void Write(string kind, TenantId owner, string id, long version, Author author, DateTimeOffset at, string? body) => Run(
        owner.Value, _ => true,
        Add.With(owner.Value, kind, id, version, at.ToUnixTimeMilliseconds(), author.Owner.Value, author.User, author.Address, body),
        Notify.With(kind, owner.Value, id, version));

    public string? Body(string kind, TenantId owner, string id, long version) =>
        Run(owner.Value, rows => rows.Read() && !rows.IsDBNull(0) ? rows.GetString(0) : null, OneBody.With(owner.Value, kind, id, version));

    public bool IsEmpty() => Run(PostgresDatabase.Everyone, rows => rows.Read() && !rows.GetBoolean(0), Any.With());

    public ConfigurationNotice[] NoticesAfter(long number, int limit) => Run(
        PostgresDatabase.Everyone, rows => PostgresSql.All(rows, row => new ConfigurationNotice(row.GetInt64(0), row.GetString(1), new(row.GetString(2)), row.GetString(3), row.GetInt64(4))),
        Notices.With(number, (long)limit));

    public void DeleteNotice(long number) => Run(PostgresDatabase.Everyone, _ => true, Delete.With(number));

    /// <summary>As an owner, in one round trip.</summary>
    private T Run<T>(string owner, Func<NpgsqlDataReader, T> make, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        using var batch = new NpgsqlBatch(connection, transaction);
        var enters = session.Changes(owner);
        if (enters) batch.BatchCommands.Add(Enter.With(owner));
        foreach (var command in commands) batch.BatchCommands.Add(command);
        using var rows = batch.ExecuteReader();
        if (enters) rows.NextResult();
        return make(rows);
    }

    public void Dispose()
    {
        // the connection is its session's
    }
}
