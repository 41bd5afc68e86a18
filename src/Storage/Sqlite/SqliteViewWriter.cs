using CallCenter.Storage.Journal;
using CallCenter.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>The projector's connection to views.db.</summary>
internal sealed class SqliteViewWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly RawStatement begin, commit, rollback, seen, see, call, agent, recording, voicemail, mark, beginAfterCall, endAfterCall;

    public SqliteViewWriter(string folder)
    {
        connection = SqliteFile.Views.Open(folder);
        SqliteSchema.Check(SqliteFile.Views, connection);
        begin = new(connection, "begin immediate");
        commit = new(connection, "commit");
        rollback = new(connection, "rollback");
        seen = new(connection, "select writer, position from positions");
        see = new(connection, "insert into positions (writer, position) values (?1, ?2) on conflict do update set position = excluded.position");
        call = new(connection, """
            insert into calls (owner, id, direction, called, home_area, queue, agents, started_at, connected_at, answered_at, ended_at,
                               ended_by, end_reason, blame, t_ivr, t_acd, t_talk, t_held, recordings, conversation)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
            on conflict do update set queue = excluded.queue, agents = excluded.agents, connected_at = excluded.connected_at, answered_at = excluded.answered_at,
                ended_at = excluded.ended_at, ended_by = excluded.ended_by, end_reason = excluded.end_reason, blame = excluded.blame,
                t_ivr = excluded.t_ivr, t_acd = excluded.t_acd, t_talk = excluded.t_talk, t_held = excluded.t_held, recordings = excluded.recordings, conversation = excluded.conversation
            """);
        agent = new(connection, "insert or ignore into call_agents (owner, agent, started_at, call) values (?1, ?2, ?3, ?4)");
        recording = new(connection, """
            insert into recordings (owner, id, call, left_leg, right_leg, started_at, stopped_at, tracks) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            on conflict do update set stopped_at = excluded.stopped_at, tracks = excluded.tracks
            """);
        voicemail = new(connection, "insert or ignore into voicemails (owner, id, call, box, leg, started_at, length) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        mark = new(connection, """
            insert into voicemail_marks (owner, id, state, agent, changed_at, deleted) values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict do update set state = excluded.state, agent = excluded.agent, changed_at = excluded.changed_at, deleted = excluded.deleted
            """);
        beginAfterCall = new(connection, "insert or ignore into after_call (owner, call, agent_owner, agent, epoch, since) values (?1, ?2, ?3, ?4, ?5, ?6)");
        endAfterCall = new(connection, "update after_call set ended_at = ?3 where agent_owner = ?1 and agent = ?2 and ended_at is null");
    }

    public Positions Seen()
    {
        var positions = Positions.None;
        while (seen.Step()) positions = positions.With((int)seen.Long(0), seen.Long(1));
        return positions;
    }

    public void Fold(ViewChanges changes)
    {
        begin.Run();
        var whole = false;
        try
        {
            foreach (var folded in changes.Calls) Write(folded);
            foreach (var change in changes.AfterCalls) Write(change);
            foreach (var change in changes.Voicemails) Write(change);
            foreach (var line in changes.Seen.Writers) see.Run((long)line.Writer, line.Position);
            commit.Run();
            whole = true;
        }
        finally
        {
            if (!whole) rollback.Run();
        }
    }

    private void Write(in FoldedCall folded)
    {
        var (owner, id, s) = folded;
        call.Run(ViewRows.Of(folded));
        foreach (var talker in s.Agents) agent.Run(owner.Value, talker.Value, ViewRows.Ms(s.StartedAt), id);
        foreach (var span in s.Recordings) recording.Run(ViewRows.Of(folded, span));
        foreach (var mail in s.Voicemails)
            if (mail.Length is not null) voicemail.Run(ViewRows.Of(folded, mail));
    }

    private void Write(in VoicemailChange change)
    {
        if (ViewRows.Of(change) is { } row) mark.Run(row);
    }

    private void Write(in AfterCallChange change)
    {
        var (agentOwner, name) = (change.Agent.Owner.Value, change.Agent.Name);
        if (change.Began is { } began) beginAfterCall.Run(began.Contact.Tenant.Value, began.Contact.Call.Value, agentOwner, name, began.Epoch, ViewRows.Ms(change.At));
        else endAfterCall.Run(agentOwner, name, ViewRows.Ms(change.At));
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<RawStatement>)[begin, commit, rollback, seen, see, call, agent, recording, voicemail, mark, beginAfterCall, endAfterCall]) statement.Dispose();
        connection.Dispose();
    }
}
