using System.Data.Common;
using System.Text.Json;
using CallCenter.Domain.Kpi;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Storage.Projections;

/// <summary>Rows of the views and what they tell; alike for every database.</summary>
internal static class ViewRows
{
    public const string CallColumns = """
        c.id, c.direction, c.called, c.home_area, c.queue, c.agents, c.started_at, c.connected_at, c.answered_at, c.ended_at, c.ended_by, c.end_reason, c.blame,
        c.t_ivr, c.t_acd, c.t_talk, c.t_held, (select coalesce(sum(w.ended_at - w.since), 0) from after_call w where w.owner = c.owner and w.call = c.id), c.recordings, c.conversation
        """;

    public const string RecordingColumns = "r.id, r.call, r.left_leg, r.right_leg, r.started_at, r.stopped_at, r.tracks";

    /// <summary>With where they come from.</summary>
    public const string VoicemailColumns = """
        v.id, v.call, v.box, v.started_at, v.length, coalesce(m.state, 0), m.agent, m.changed_at, v.leg
        from voicemails v left join voicemail_marks m on m.owner = v.owner and m.id = v.id
        """;

    public static VoicemailRecord VoicemailAt(DbDataReader row) => new(
        row.GetString(0), new(row.GetString(1)), row.GetString(2), From: null, At(row, 3)!.Value, row.GetInt64(4),
        (VoicemailState)row.GetInt32(5), Text(row, 6) is { } agent ? new AgentId(agent) : null, At(row, 7), new(row.GetString(8)));

    public static CallRecord CallAt(DbDataReader row) => ConversationJson.With(new(
        new(row.GetString(0)), row.GetString(1), From: null, Text(row, 2), Text(row, 3), Text(row, 4) is { } queue ? new QueueId(queue) : null,
        Strings(row, 5).Select(a => new AgentId(a)).ToItems(), At(row, 6)!.Value, At(row, 7), At(row, 8), At(row, 9), Ending(row, 10),
        row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), Strings(row, 18).ToItems()), Text(row, 19));

    /// <summary>Of the callers who were put into a queue; with where they come from. Without an agent the waiting ended when it was given up, or goes on.</summary>
    public const string SpellColumns = """
        c.queue, c.connected_at + c.t_ivr, c.answered_at, case when c.answered_at is null and c.ended_at is not null then c.connected_at + c.t_ivr + c.t_acd else c.ended_at end
        from calls c
        """;

    public const string IsSpell = "c.queue is not null and c.connected_at is not null and c.direction = 'inbound'";

    public static QueueSpell SpellAt(DbDataReader row) => new(new(row.GetString(0)), At(row, 1)!.Value, At(row, 2), At(row, 3));

    public static RecordingRecord RecordingAt(DbDataReader row) =>
        new(row.GetString(0), new(row.GetString(1)), new(row.GetString(2)), new(row.GetString(3)), At(row, 4)!.Value, At(row, 5)) { Tracks = ConversationJson.Tracks(Text(row, 6)) };

    /// <summary>owner, id, direction, called, home_area, queue, agents, started_at, connected_at, answered_at, ended_at, ended_by, end_reason, blame, t_ivr, t_acd, t_talk, t_held, recordings, conversation.</summary>
    public static object?[] Of(in FoldedCall folded)
    {
        var (owner, id, s) = folded;
        var times = s.Times;
        return
        [
            owner.Value, id, s.Direction, s.Number, s.HomeArea, s.Queue?.Value, Json(s.Agents.Select(a => a.Value)), Ms(s.StartedAt), Ms(s.ConnectedAt), Ms(s.AnsweredAt), Ms(s.EndedAt),
            (long?)s.By, (long?)s.Reason, (long?)s.Blame, times.TIvr, times.TAcd, times.TTalk, times.THeld, Json(s.Recordings.Select(r => RecordingId(id, r))), ConversationJson.Of(s),
        ];
    }

    /// <summary>owner, id, call, left_leg, right_leg, started_at, stopped_at, tracks.</summary>
    public static object?[] Of(in FoldedCall folded, in RecordingSpan span) =>
        [folded.Owner.Value, RecordingId(folded.Call, span), folded.Call, span.Left.Value, span.Right.Value, Ms(span.StartedAt), Ms(span.StoppedAt), ConversationJson.Of(span.Tracks)];

    /// <summary>owner, id, call, box, leg, started_at, length.</summary>
    public static object?[] Of(in FoldedCall folded, in VoicemailSpan mail) =>
        [folded.Owner.Value, $"{folded.Call}-{mail.Recording}", folded.Call, mail.Box, mail.Leg.Value, Ms(mail.StartedAt), mail.Length];

    /// <summary>owner, id, state, agent, changed_at, deleted; null if it is no change of a mark.</summary>
    public static object?[]? Of(in VoicemailChange change) => change.What switch
    {
        VoicemailMarked m => [change.Owner.Value, change.Voicemail, (long)m.State, m.Agent?.Value, Ms(m.At), 0L],
        VoicemailDeleted d => [change.Owner.Value, change.Voicemail, 0L, null, Ms(d.At), 1L],
        _ => null,
    };

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static string RecordingId(string call, in RecordingSpan span) => $"{call}-{span.Recording}";

    private static string Json(IEnumerable<string> names) => JsonSerializer.Serialize(names);

    private static CallEnding? Ending(DbDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new((EndedBy)row.GetInt32(column), (EndReason)row.GetInt32(column + 1), (Blame)row.GetInt32(column + 2));

    private static string[] Strings(DbDataReader row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column)) ?? [];

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? At(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
