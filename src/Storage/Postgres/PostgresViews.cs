using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Projections;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>The views in PostgreSQL. The projector's connection is opened when it is needed, and anew after a fault.</summary>
internal sealed class PostgresViews(PostgresDatabase database) : IViewStore
{
    private static readonly PostgresSql One = new($"select {ViewRows.CallColumns} from calls c where c.owner = $1 and c.id = $2", NpgsqlDbType.Text, NpgsqlDbType.Text);
    private static readonly PostgresSql OneRecording = new($"select {ViewRows.RecordingColumns} from recordings r where r.owner = $1 and r.id = $2", NpgsqlDbType.Text, NpgsqlDbType.Text);

    private static readonly PostgresSql SomeSpells = new($"select {ViewRows.SpellColumns} where c.owner = $1 and c.started_at >= $2 and {ViewRows.IsSpell}", NpgsqlDbType.Text, NpgsqlDbType.Bigint);

    /// <summary>Of a scope's agents, or of its queues and nobody's yet.</summary>
    private const string Among = """
        (exists (select 1 from call_agents s where s.owner = c.owner and s.agent = any({0}) and s.started_at = c.started_at and s.call = c.id)
         or (c.agents = '[]' and c.queue = any({1})))
        """;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private PostgresViewWriter? writer;

    public TimeSpan? LookAgain => Pace;

    /// <summary>Held by the projector's connection, and lost with it.</summary>
    public bool Leads() => Folding(w => w.Leads());

    public Positions Seen() => Folding(w => w.Seen());

    public void Fold(ViewChanges changes) => Folding(w =>
    {
        w.Fold(changes);
        return true;
    });

    /// <summary>Throws all away.</summary>
    public void Clear() => Folding(w =>
    {
        w.Clear();
        return true;
    });

    public CallRecord? Call(TenantId owner, CallId call) =>
        database.Read(owner.Value, One, [owner.Value, call.Value], rows => rows.Read() ? ViewRows.CallAt(rows) : null);

    public RecordingRecord? Recording(TenantId owner, string recording) =>
        database.Read(owner.Value, OneRecording, [owner.Value, recording], rows => rows.Read() ? ViewRows.RecordingAt(rows) : null);

    public QueueSpell[] Spells(TenantId owner, DateTimeOffset since) =>
        database.Read(owner.Value, SomeSpells, [owner.Value, ViewRows.Ms(since)], rows => PostgresSql.All(rows, ViewRows.SpellAt));

    public CallRecord[] Calls(TenantId owner, CallQuery query, ViewCursor? after, int limit)
    {
        var where = new PostgresConditions();
        where.Add("c.owner = {0}", owner.Value);
        if (query.Filter.From is { } from) where.Add("c.started_at >= {0}", ViewRows.Ms(from));
        if (query.Filter.To is { } to) where.Add("c.started_at < {0}", ViewRows.Ms(to));
        if (query.Filter.Queue is { } queue) where.Add("c.queue = {0}", queue.Value);
        if (query.Filter.Agent is { } agent) where.Add("a.agent = {0}", agent.Value);
        if (query.Called is { } called) where.Add("(c.called = any({0}) or c.id = any({1}))", called, query.CallIds ?? []);
        if (query.Filter.Scope is { } scope) where.Add(Among, AgentsOf(scope), QueuesOf(scope));
        if (after is { } cursor) where.Add("(c.started_at, c.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        var join = query.Filter.Agent is null ? "" : "join call_agents a on a.owner = c.owner and a.call = c.id and a.started_at = c.started_at";
        return All(owner, $"select {ViewRows.CallColumns} from calls c {join} where {where} order by c.started_at desc, c.id desc limit {where.Value((long)limit)}", where, ViewRows.CallAt);
    }

    public RecordingRecord[] Recordings(TenantId owner, CallScope? scope, ViewCursor? after, int limit)
    {
        var where = new PostgresConditions();
        where.Add("r.owner = {0}", owner.Value);
        if (scope is not null) where.Add($"exists (select 1 from calls c where c.owner = r.owner and c.id = r.call and {Among})", AgentsOf(scope), QueuesOf(scope));
        if (after is { } cursor) where.Add("(r.started_at, r.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        return All(owner, $"select {ViewRows.RecordingColumns} from recordings r where {where} order by r.started_at desc, r.id desc limit {where.Value((long)limit)}", where, ViewRows.RecordingAt);
    }

    public VoicemailRecord[] Voicemails(TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit)
    {
        var where = new PostgresConditions();
        where.Add("v.owner = {0} and coalesce(m.deleted, 0) = 0", owner.Value);
        if (id is not null) where.Add("v.id = {0}", id);
        if (filter.Boxes is { } boxes) where.Add("v.box = any({0})", (object)boxes.ToArray());
        if (filter.State is { } state) where.Add("coalesce(m.state, 0) = {0}", (long)state);
        if (after is { } cursor) where.Add("(v.started_at, v.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        return All(owner, $"select {ViewRows.VoicemailColumns} where {where} order by v.started_at desc, v.id desc limit {where.Value((long)limit)}", where, ViewRows.VoicemailAt);
    }

    private static string[] AgentsOf(CallScope scope) => [.. scope.Agents.Select(agent => agent.Value)];

    private static string[] QueuesOf(CallScope scope) => [.. scope.Queues.Select(queue => queue.Value)];

    private T[] All<T>(TenantId owner, string sql, PostgresConditions where, Func<NpgsqlDataReader, T> make) =>
        database.Read(owner.Value, new(sql, where.Types), where.Values, rows => PostgresSql.All(rows, make));

    /// <summary>One projector folds; a connection that saw a fault is not used again.</summary>
    private T Folding<T>(Func<PostgresViewWriter, T> work)
    {
        var used = writer ??= new(database);
        writer = null;
        try
        {
            var result = work(used);
            writer = used;
            return result;
        }
        catch (NpgsqlException fault) when (PostgresDatabase.IsGone(fault))
        {
            throw PostgresDatabase.Outage(fault);
        }
        finally
        {
            if (writer is null) used.Dispose();
        }
    }

    public void Dispose() => writer?.Dispose();
}

/// <summary>Conditions joined by "and"; every value is a parameter.</summary>
internal sealed class PostgresConditions
{
    private readonly List<string> conditions = [];
    private readonly List<object?> values = [];

    public object?[] Values => [.. values];

    public NpgsqlDbType[] Types => [.. values.Select(v => v switch { long => NpgsqlDbType.Bigint, string[] => NpgsqlDbType.Array | NpgsqlDbType.Text, _ => NpgsqlDbType.Text })];

    /// <param name="condition">With {0}, {1} … where the values stand.</param>
    public void Add(string condition, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) condition = condition.Replace($"{{{i}}}", Value(values[i]), StringComparison.Ordinal);
        conditions.Add(condition);
    }

    /// <summary>The name of a new parameter with this value.</summary>
    public string Value(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    public override string ToString() => string.Join(" and ", conditions);
}
