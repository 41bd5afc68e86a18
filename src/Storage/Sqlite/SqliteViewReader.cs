using System.Text.Json;
using CallCenter.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Reads of views.db on one connection.</summary>
internal sealed class SqliteViewReader : IDisposable
{
    private const string CallColumns = """
        c.id, c.direction, c.called, c.home_area, c.queue, c.agents, c.started_at, c.connected_at, c.answered_at, c.ended_at, c.ended_by, c.end_reason, c.blame,
        c.t_ivr, c.t_acd, c.t_talk, c.t_held, (select coalesce(sum(w.ended_at - w.since), 0) from after_call w where w.owner = c.owner and w.call = c.id), c.recordings
        """;
    private const string RecordingColumns = "r.id, r.call, r.left_leg, r.right_leg, r.started_at, r.stopped_at";
    private readonly SqliteConnection connection;
    private readonly Statement call, recording;

    public SqliteViewReader(string folder)
    {
        connection = SqliteFile.Views.Open(folder, "pragma query_only = true");
        call = new(connection, $"select {CallColumns} from calls c where c.owner = ?1 and c.id = ?2", 2);
        recording = new(connection, $"select {RecordingColumns} from recordings r where r.owner = ?1 and r.id = ?2", 2);
    }

    public CallRecord? Call(TenantId owner, CallId id)
    {
        using var row = call.Read(owner.Value, id.Value);
        return row.Read() ? CallAt(row) : null;
    }

    public RecordingRecord? Recording(TenantId owner, string id)
    {
        using var row = recording.Read(owner.Value, id);
        return row.Read() ? RecordingAt(row) : null;
    }

    public CallRecord[] Calls(TenantId owner, CallQuery query, ViewCursor? after, int limit)
    {
        using var command = connection.CreateCommand();
        var where = new SqlConditions(command);
        where.Add("c.owner = {0}", owner.Value);
        if (query.Filter.From is { } from) where.Add("c.started_at >= {0}", from.ToUnixTimeMilliseconds());
        if (query.Filter.To is { } to) where.Add("c.started_at < {0}", to.ToUnixTimeMilliseconds());
        if (query.Filter.Queue is { } queue) where.Add("c.queue = {0}", queue.Value);
        if (query.Filter.Agent is { } agent) where.Add("a.agent = {0}", agent.Value);
        if (query.Called is not null)
            where.Add("(c.called in (select value from json_each({0})) or c.id in (select value from json_each({1})))", JsonSerializer.Serialize(query.Called), JsonSerializer.Serialize(query.CallIds));
        if (after is { } cursor) where.Add("(c.started_at, c.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        var join = query.Filter.Agent is null ? "" : "join call_agents a on a.owner = c.owner and a.call = c.id and a.started_at = c.started_at";
        command.CommandText = $"select {CallColumns} from calls c {join} where {where} order by c.started_at desc, c.id desc limit {where.Value(limit)}";
        return All(command, CallAt);
    }

    public RecordingRecord[] Recordings(TenantId owner, ViewCursor? after, int limit)
    {
        using var command = connection.CreateCommand();
        var where = new SqlConditions(command);
        where.Add("r.owner = {0}", owner.Value);
        if (after is { } cursor) where.Add("(r.started_at, r.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        command.CommandText = $"select {RecordingColumns} from recordings r where {where} order by r.started_at desc, r.id desc limit {where.Value(limit)}";
        return All(command, RecordingAt);
    }

    public VoicemailRecord[] Voicemails(TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit) => SqliteVoicemailReader.Read(connection, owner, filter, id, after, limit);

    private static T[] All<T>(SqliteCommand command, Func<SqliteDataReader, T> make)
    {
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(make(rows));
        return [.. all];
    }

    private static CallRecord CallAt(SqliteDataReader row) => new(
        new(row.GetString(0)), row.GetString(1), From: null, row.Text(2), row.Text(3), row.Text(4) is { } queue ? new QueueId(queue) : null,
        Strings(row, 5).Select(a => new AgentId(a)).ToItems(), At(row, 6)!.Value, At(row, 7), At(row, 8), At(row, 9), Ending(row, 10),
        row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), Strings(row, 18).ToItems());

    private static CallEnding? Ending(SqliteDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new((EndedBy)row.GetInt32(column), (EndReason)row.GetInt32(column + 1), (Blame)row.GetInt32(column + 2));

    private static RecordingRecord RecordingAt(SqliteDataReader row) =>
        new(row.GetString(0), new(row.GetString(1)), new(row.GetString(2)), new(row.GetString(3)), At(row, 4)!.Value, At(row, 5));

    private static string[] Strings(SqliteDataReader row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column)) ?? [];

    private static DateTimeOffset? At(SqliteDataReader row, int column) => row.Long(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public void Dispose()
    {
        call.Dispose();
        recording.Dispose();
        connection.Dispose();
    }
}

/// <summary>Conditions joined by "and"; every value is a parameter.</summary>
internal sealed class SqlConditions(SqliteCommand command)
{
    private readonly List<string> conditions = [];

    /// <param name="condition">With {0}, {1} … where the values stand.</param>
    public void Add(string condition, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) condition = condition.Replace($"{{{i}}}", Value(values[i]), StringComparison.Ordinal);
        conditions.Add(condition);
    }

    /// <summary>The name of a new parameter with this value.</summary>
    public string Value(object value)
    {
        var name = $"$p{command.Parameters.Count}";
        command.Parameters.AddWithValue(name, value);
        return name;
    }

    public override string ToString() => string.Join(" and ", conditions);
}
