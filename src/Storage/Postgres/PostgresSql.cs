using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>A statement with parameters $1, $2 … of known types, so that each is prepared once per connection whatever is null.</summary>
internal sealed class PostgresSql(string text, params NpgsqlDbType[] types)
{
    public NpgsqlBatchCommand With(params ReadOnlySpan<object?> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, types.Length);
        var command = new NpgsqlBatchCommand(text);
        for (var i = 0; i < types.Length; i++) command.Parameters.Add(new() { NpgsqlDbType = types[i], Value = values[i] ?? DBNull.Value });
        return command;
    }

    public static T[] All<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> make)
    {
        var all = new List<T>();
        while (rows.Read()) all.Add(make(rows));
        return [.. all];
    }
}
