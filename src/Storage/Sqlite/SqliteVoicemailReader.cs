using System.Text.Json;
using CallCenter.Domain.Voicemails;
using CallCenter.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Reads of voicemails.</summary>
internal static class SqliteVoicemailReader
{
    private const string From = """
        select v.id, v.call, v.box, v.started_at, v.length, coalesce(m.state, 0), m.agent, m.changed_at, v.leg
        from voicemails v left join voicemail_marks m on m.owner = v.owner and m.id = v.id
        """;

    public static VoicemailRecord[] Read(SqliteConnection connection, TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit)
    {
        using var command = connection.CreateCommand();
        var where = new SqlConditions(command);
        where.Add("v.owner = {0} and coalesce(m.deleted, 0) = 0", owner.Value);
        if (id is not null) where.Add("v.id = {0}", id);
        if (filter.Boxes is { } boxes) where.Add("v.box in (select value from json_each({0}))", JsonSerializer.Serialize(boxes.ToArray()));
        if (filter.State is { } state) where.Add("coalesce(m.state, 0) = {0}", (int)state);
        if (after is { } cursor) where.Add("(v.started_at, v.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        command.CommandText = $"{From} where {where} order by v.started_at desc, v.id desc limit {where.Value(limit)}";
        using var rows = command.ExecuteReader();
        var all = new List<VoicemailRecord>();
        while (rows.Read()) all.Add(At(rows));
        return [.. all];
    }

    private static VoicemailRecord At(SqliteDataReader row) => new(
        row.GetString(0), new(row.GetString(1)), row.GetString(2), From: null, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetInt64(4),
        (VoicemailState)row.GetInt32(5), row.Text(6) is { } agent ? new AgentId(agent) : null, row.Long(7) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, new(row.GetString(8)));
}
