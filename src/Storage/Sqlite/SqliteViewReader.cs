using System.Text.Json;
using CallCenter.Domain.Kpi;
using CallCenter.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Reads of views.db on one connection.</summary>
internal sealed class SqliteViewReader : IDisposable
{
    /// <summary>Of a scope's agents, or of its queues and nobody's yet.</summary>
    private const string Among = """
        (exists (select 1 from call_agents s where s.owner = c.owner and s.agent in (select value from json_each({0})) and s.started_at = c.started_at and s.call = c.id)
         or (c.agents = '[]' and c.queue in (select value from json_each({1}))))
        """;

    private readonly SqliteConnection connection;
    private readonly Statement call, recording, spells;

    public SqliteViewReader(string folder)
    {
        connection = SqliteFile.Views.Open(folder, "pragma query_only = true");
        call = new(connection, $"select {ViewRows.CallColumns} from calls c where c.owner = ?1 and c.id = ?2", 2);
        recording = new(connection, $"select {ViewRows.RecordingColumns} from recordings r where r.owner = ?1 and r.id = ?2", 2);
        spells = new(connection, $"select {ViewRows.SpellColumns} where c.owner = ?1 and c.started_at >= ?2 and {ViewRows.IsSpell}", 2);
    }

    public CallRecord? Call(TenantId owner, CallId id)
    {
        using var row = call.Read(owner.Value, id.Value);
        return row.Read() ? ViewRows.CallAt(row) : null;
    }

    public QueueSpell[] Spells(TenantId owner, DateTimeOffset since)
    {
        using var rows = spells.Read(owner.Value, ViewRows.Ms(since));
        var all = new List<QueueSpell>();
        while (rows.Read()) all.Add(ViewRows.SpellAt(rows));
        return [.. all];
    }

    public RecordingRecord? Recording(TenantId owner, string id)
    {
        using var row = recording.Read(owner.Value, id);
        return row.Read() ? ViewRows.RecordingAt(row) : null;
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
        if (query.Filter.Scope is { } scope) where.Add(Among, Json(scope.Agents.Select(agent => agent.Value)), Json(scope.Queues.Select(queue => queue.Value)));
        if (after is { } cursor) where.Add("(c.started_at, c.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        var join = query.Filter.Agent is null ? "" : "join call_agents a on a.owner = c.owner and a.call = c.id and a.started_at = c.started_at";
        command.CommandText = $"select {ViewRows.CallColumns} from calls c {join} where {where} order by c.started_at desc, c.id desc limit {where.Value(limit)}";
        return All(command, ViewRows.CallAt);
    }

    public RecordingRecord[] Recordings(TenantId owner, CallScope? scope, ViewCursor? after, int limit)
    {
        using var command = connection.CreateCommand();
        var where = new SqlConditions(command);
        where.Add("r.owner = {0}", owner.Value);
        if (scope is not null) where.Add($"exists (select 1 from calls c where c.owner = r.owner and c.id = r.call and {Among})", Json(scope.Agents.Select(agent => agent.Value)), Json(scope.Queues.Select(queue => queue.Value)));
        if (after is { } cursor) where.Add("(r.started_at, r.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        command.CommandText = $"select {ViewRows.RecordingColumns} from recordings r where {where} order by r.started_at desc, r.id desc limit {where.Value(limit)}";
        return All(command, ViewRows.RecordingAt);
    }

    public VoicemailRecord[] Voicemails(TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit) => SqliteVoicemailReader.Read(connection, owner, filter, id, after, limit);

    private static string Json(IEnumerable<string> ids) => JsonSerializer.Serialize(ids);

    private static T[] All<T>(SqliteCommand command, Func<SqliteDataReader, T> make)
    {
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(make(rows));
        return [.. all];
    }

    public void Dispose()
    {
        call.Dispose();
        recording.Dispose();
        spells.Dispose();
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
