using CallCenter.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace CallCenter.Storage.Postgres;

/// <summary>The journal's reads.</summary>
internal static class PostgresEntries
{
    private const string Columns = "e.writer, e.position, e.kind, e.owner, e.name, e.first_fact, e.number, e.fact_count, e.facts, e.first_owed, e.owed, e.paid_up_to, e.heard, e.closed";

    public static readonly PostgresSql OfSubject = new(
        $"select {Columns} from entries e where e.owner = $1 and e.kind = $2 and e.name = $3 and e.number > $4 order by e.number",
        NpgsqlDbType.Text, NpgsqlDbType.Smallint, NpgsqlDbType.Text, NpgsqlDbType.Bigint);

    public static readonly PostgresSql Open = new("select kind, owner, name from open_subjects where kind = $1 order by name", NpgsqlDbType.Smallint);

    /// <summary>
    /// The first of each writer's line behind what was seen, merged by stamp. As many of each line as of all: whatever caused an entry
    /// has a lower stamp and so stands before it, in whichever line.
    /// </summary>
    public static readonly PostgresSql Behind = new($"""
        select {Columns}
        from writers w left join unnest($1, $2) as seen (writer, position) on seen.writer = w.id
        cross join lateral (
            select * from entries where writer = w.id and position > coalesce(seen.position, 0) order by position limit $3
        ) e
        order by e.stamp, e.writer, e.position
        limit $3
        """, NpgsqlDbType.Array | NpgsqlDbType.Integer, NpgsqlDbType.Array | NpgsqlDbType.Bigint, NpgsqlDbType.Bigint);

    public static readonly PostgresSql Personal = new(
        "select field, value, lookup from personal where owner = $1 and kind = $2 and name = $3 order by field", NpgsqlDbType.Text, NpgsqlDbType.Smallint, NpgsqlDbType.Text);

    /// <summary>Names of calls rise with time.</summary>
    public static readonly PostgresSql FindByPersonal = new("select kind, owner, name from personal where lookup = $1 order by name desc limit $2", NpgsqlDbType.Bytea, NpgsqlDbType.Bigint);

    public static object?[] Key(Subject subject) => [subject.Owner.Value, (short)subject.Kind, subject.Name];

    public static object?[] Key(Subject subject, long after) => [subject.Owner.Value, (short)subject.Kind, subject.Name, after];

    public static StoredEntry[] All(NpgsqlDataReader rows) => PostgresSql.All(rows, EntryAt);

    private static StoredEntry EntryAt(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt64(1), SubjectAt(row, 2), row.GetInt64(5), RowAt(row, 6));

    /// <summary>number, fact_count, facts, first_owed, owed, paid_up_to, heard, closed from a column on.</summary>
    public static EntryRow RowAt(NpgsqlDataReader row, int column) => new(
        row.GetInt64(column), row.GetInt32(column + 1), row.GetFieldValue<byte[]>(column + 2), row.GetInt64(column + 3), Utf8(row, column + 4), row.GetInt64(column + 5), Utf8(row, column + 6), row.GetBoolean(column + 7));

    public static Subject SubjectAt(NpgsqlDataReader row) => SubjectAt(row, 0);

    public static Subject SubjectAt(NpgsqlDataReader row, int column) => new((SubjectKind)row.GetInt16(column), new(row.GetString(column + 1)), row.GetString(column + 2));

    public static SealedValue ValueAt(NpgsqlDataReader row) => new(row.GetString(0), row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2));

    private static byte[]? Utf8(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
