using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Projections;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>The projector's connection. Its commits need not reach the disk: what is lost is folded again.</summary>
internal sealed class PostgresViewWriter : IDisposable
{
    private const int MostInABatch = 500;
    private const NpgsqlDbType Text = NpgsqlDbType.Text, Long = NpgsqlDbType.Bigint;

    private static readonly PostgresSql Call = new("""
        insert into calls (owner, id, direction, called, home_area, queue, agents, started_at, connected_at, answered_at, ended_at,
                           ended_by, end_reason, blame, t_ivr, t_acd, t_talk, t_held, recordings, conversation)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        on conflict (owner, id) do update set queue = excluded.queue, agents = excluded.agents, connected_at = excluded.connected_at, answered_at = excluded.answered_at,
            ended_at = excluded.ended_at, ended_by = excluded.ended_by, end_reason = excluded.end_reason, blame = excluded.blame,
            t_ivr = excluded.t_ivr, t_acd = excluded.t_acd, t_talk = excluded.t_talk, t_held = excluded.t_held, recordings = excluded.recordings, conversation = excluded.conversation
        """, Text, Text, Text, Text, Text, Text, Text, Long, Long, Long, Long, Long, Long, Long, Long, Long, Long, Long, Text, Text);

    private static readonly PostgresSql Agent = new("insert into call_agents (owner, agent, started_at, call) values ($1, $2, $3, $4) on conflict do nothing", Text, Text, Long, Text);

    private static readonly PostgresSql Recording = new("""
        insert into recordings (owner, id, call, left_leg, right_leg, started_at, stopped_at, tracks) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (owner, id) do update set stopped_at = excluded.stopped_at, tracks = excluded.tracks
        """, Text, Text, Text, Text, Text, Long, Long, Text);

    private static readonly PostgresSql Voicemail = new("insert into voicemails (owner, id, call, box, leg, started_at, length) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing", Text, Text, Text, Text, Text, Long, Long);

    private static readonly PostgresSql Mark = new("""
        insert into voicemail_marks (owner, id, state, agent, changed_at, deleted) values ($1, $2, $3, $4, $5, $6)
        on conflict (owner, id) do update set state = excluded.state, agent = excluded.agent, changed_at = excluded.changed_at, deleted = excluded.deleted
        """, Text, Text, Long, Text, Long, Long);

    private static readonly PostgresSql BeginAfterCall = new("insert into after_call (owner, call, agent_owner, agent, epoch, since) values ($1, $2, $3, $4, $5, $6) on conflict do nothing", Text, Text, Text, Text, Long, Long);
    private static readonly PostgresSql EndAfterCall = new("update after_call set ended_at = $3 where agent_owner = $1 and agent = $2 and ended_at is null", Text, Text, Long);
    private static readonly PostgresSql See = new("insert into positions (writer, position) values ($1, $2) on conflict (writer) do update set position = excluded.position", NpgsqlDbType.Integer, Long);

    /// <summary>The lock of whoever folds.</summary>
    private const int FoldLock = 0x466F_6C64;

    private readonly NpgsqlConnection connection;
    private bool leads;

    public PostgresViewWriter(PostgresDatabase database) => connection = database.OpenOwn($"-c app.owner={PostgresDatabase.Everyone} -c synchronous_commit=off");

    /// <summary>Takes the lead if nobody has it. The server takes it back only with the session, after what that had under way.</summary>
    public bool Leads()
    {
        if (leads) return true;
        using var command = new NpgsqlCommand($"select pg_try_advisory_lock({FoldLock})", connection);
        return leads = command.ExecuteScalar() is true;
    }

    public Positions Seen()
    {
        var positions = Positions.None;
        using var command = new NpgsqlCommand("select writer, position from positions", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read()) positions = positions.With(rows.GetInt32(0), rows.GetInt64(1));
        return positions;
    }

    public void Fold(ViewChanges changes)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var part in Commands(changes).Chunk(MostInABatch))
        {
            using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var command in part) batch.BatchCommands.Add(command);
            batch.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Clear()
    {
        using var command = new NpgsqlCommand("truncate calls, call_agents, after_call, recordings, voicemails, voicemail_marks, positions", connection);
        command.ExecuteNonQuery();
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(ViewChanges changes)
    {
        foreach (var folded in changes.Calls)
        {
            yield return Call.With(ViewRows.Of(folded));
            foreach (var talker in folded.Summary.Agents.AsEnumerable()) yield return Agent.With(folded.Owner.Value, talker.Value, ViewRows.Ms(folded.Summary.StartedAt), folded.Call);
            foreach (var span in folded.Summary.Recordings.AsEnumerable()) yield return Recording.With(ViewRows.Of(folded, span));
            foreach (var mail in folded.Summary.Voicemails.AsEnumerable())
                if (mail.Length is not null) yield return Voicemail.With(ViewRows.Of(folded, mail));
        }
        foreach (var change in changes.Voicemails)
            if (ViewRows.Of(change) is { } mark) yield return Mark.With(mark);
        foreach (var change in changes.AfterCalls) yield return Of(change);
        foreach (var line in changes.Seen.Writers.AsEnumerable()) yield return See.With(line.Writer, line.Position);
    }

    private static NpgsqlBatchCommand Of(in AfterCallChange change)
    {
        var (agentOwner, name) = (change.Agent.Owner.Value, change.Agent.Name);
        return change.Began is { } began
            ? BeginAfterCall.With(began.Contact.Tenant.Value, began.Contact.Call.Value, agentOwner, name, began.Epoch, ViewRows.Ms(change.At))
            : EndAfterCall.With(agentOwner, name, ViewRows.Ms(change.At));
    }

    public void Dispose() => connection.Dispose();
}
