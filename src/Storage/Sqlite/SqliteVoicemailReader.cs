using System.Text.Json;
using CallCenter.Storage.Projections;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Reads of voicemails.</summary>
internal static class SqliteVoicemailReader
{
    public static VoicemailRecord[] Read(SqliteConnection connection, TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit)
    {
        using var command = connection.CreateCommand();
        var where = new SqlConditions(command);
        where.Add("v.owner = {0} and coalesce(m.deleted, 0) = 0", owner.Value);
        if (id is not null) where.Add("v.id = {0}", id);
        if (filter.Boxes is { } boxes) where.Add("v.box in (select value from json_each({0}))", JsonSerializer.Serialize(boxes.ToArray()));
        if (filter.State is { } state) where.Add("coalesce(m.state, 0) = {0}", (int)state);
        if (after is { } cursor) where.Add("(v.started_at, v.id) < ({0}, {1})", cursor.StartedAt, cursor.Id);
        command.CommandText = $"select {ViewRows.VoicemailColumns} where {where} order by v.started_at desc, v.id desc limit {where.Value(limit)}";
        using var rows = command.ExecuteReader();
        var all = new List<VoicemailRecord>();
        while (rows.Read()) all.Add(ViewRows.VoicemailAt(rows));
        return [.. all];
    }
}
