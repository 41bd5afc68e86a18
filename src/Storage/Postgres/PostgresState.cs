using CallCenter.Storage.State;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>Grain state and reminders in PostgreSQL: a statement each, durable at its end. The server groups the commits of those who write at once.</summary>
internal sealed class PostgresState(PostgresDatabase database) : IStateStore
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint;
    private const string Reminder = "select grain, name, hash, start_at, period, etag from reminders";

    private static readonly PostgresSql State = new("select etag, body from grain_state where grain = $1 and name = $2", Text, Text);
    private static readonly PostgresSql Change = new("update grain_state set body = $4, etag = $3 + 1 where grain = $1 and name = $2 and etag = $3 returning etag", Text, Text, Long, Text);
    private static readonly PostgresSql Add = new("insert into grain_state (grain, name, etag, body) values ($1, $2, 1, $3) on conflict do nothing returning etag", Text, Text, Text);
    private static readonly PostgresSql OfGrain = new($"{Reminder} where grain = $1", Text);
    private static readonly PostgresSql Between = new($"{Reminder} where hash > $1 and hash <= $2", Long, Long);
    private static readonly PostgresSql Around = new($"{Reminder} where hash > $1 or hash <= $2", Long, Long);
    private static readonly PostgresSql Clear = new("delete from reminders");
    private static readonly PostgresSql Delete = new("delete from reminders where grain = $1 and name = $2 and etag = $3 returning 1", Text, Text, Text);
    private static readonly PostgresSql Put = new("""
        insert into reminders (grain, name, hash, start_at, period, etag) values ($1, $2, $3, $4, $5, $6)
        on conflict (grain, name) do update set hash = excluded.hash, start_at = excluded.start_at, period = excluded.period, etag = excluded.etag
        """, Text, Text, Long, Long, Long, Text);

    public async ValueTask<(long ETag, string? Body)> Read(string grain, string name) => await
        database.ReadAsync(Owner(grain), State, [grain, name], rows => rows.Read() ? (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetString(1)) : (0, (string?)null)).ConfigureAwait(false);

    public Task<long?> Write(string grain, string name, long expected, string? body) => expected == 0
        ? database.Write(Owner(grain), Add, [grain, name, body], Written)
        : database.Write(Owner(grain), Change, [grain, name, expected, body], Written);

    public async ValueTask<ReminderRow[]> Reminders(string grain) =>
        await database.ReadAsync(Owner(grain), OfGrain, [grain], rows => PostgresSql.All(rows, ReminderAt)).ConfigureAwait(false);

    public async ValueTask<ReminderRow[]> Reminders(uint begin, uint end) =>
        await database.ReadAsync(PostgresDatabase.Everyone, begin < end ? Between : Around, [(long)begin, (long)end], rows => PostgresSql.All(rows, ReminderAt)).ConfigureAwait(false);

    public Task Upsert(ReminderRow row) =>
        database.Write(Owner(row.Grain), Put, [row.Grain, row.Name, (long)row.Hash, row.StartAt, row.Period, row.ETag], _ => true);

    public Task<bool> Remove(string grain, string name, string etag) => database.Write(Owner(grain), Delete, [grain, name, etag], rows => rows.Read());

    public Task RemoveAllReminders() => database.Write(PostgresDatabase.Everyone, Clear, [], _ => true);

    /// <summary>As the tables derive it from type/owner/name.</summary>
    private static string Owner(string grain) => grain.Split('/') is [_, var owner, ..] ? owner : "";

    private static long? Written(NpgsqlDataReader rows) => rows.Read() ? rows.GetInt64(0) : null;

    private static ReminderRow ReminderAt(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), (uint)row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5));

    public void Dispose()
    {
        // the database is closed by whoever opened it
    }
}
