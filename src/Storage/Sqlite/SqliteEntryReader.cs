using CallCenter.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>Prepared reads of journal.db on one connection.</summary>
internal sealed class SqliteEntryReader : IDisposable
{
    /// <summary>One file has one writer's line.</summary>
    public const int Writer = 0;

    private const string Columns = "e.position, e.first_fact, e.number, e.fact_count, e.facts, e.first_owed, e.owed, e.paid_up_to, e.heard, e.closed";
    private readonly SqliteConnection connection;
    private readonly Statement read, open, after, personal, find;

    public SqliteEntryReader(string folder)
    {
        connection = SqliteFile.Journal.Open(folder, "pragma query_only = true");
        read = new(connection, $"select {Columns} from subjects s join entries e on e.subject = s.id where s.kind = ?1 and s.owner = ?2 and s.name = ?3 and e.number > ?4 order by e.number", 4);
        open = new(connection, "select kind, owner, name from subjects where kind = ?1 and closed = 0 order by id", 1);
        after = new(connection, $"select {Columns}, s.kind, s.owner, s.name from entries e join subjects s on s.id = e.subject where e.position > ?1 order by e.position limit ?2", 2);
        personal = new(connection, "select p.field, p.value, p.lookup from subjects s join personal p on p.subject = s.id where s.kind = ?1 and s.owner = ?2 and s.name = ?3 order by p.field", 3);
        find = new(connection, "select s.kind, s.owner, s.name from personal p join subjects s on s.id = p.subject where p.lookup = ?1 order by p.subject desc limit ?2", 2);
    }

    public StoredEntry[] Read(Subject subject, long after)
    {
        using var rows = read.Read((long)subject.Kind, subject.Owner.Value, subject.Name, after);
        return All(rows, row => Entry(row, subject));
    }

    public Subject[] Open(SubjectKind kind)
    {
        using var rows = open.Read((long)kind);
        return All(rows, row => SubjectAt(row, 0));
    }

    public StoredEntry[] After(long position, int limit)
    {
        using var rows = after.Read(position, (long)limit);
        return All(rows, row => Entry(row, SubjectAt(row, 10)));
    }

    public SealedValue[] Personal(Subject subject)
    {
        using var rows = personal.Read((long)subject.Kind, subject.Owner.Value, subject.Name);
        return All(rows, row => new SealedValue(row.GetString(0), (byte[])row.GetValue(1), row.IsDBNull(2) ? null : (byte[])row.GetValue(2)));
    }

    public Subject[] FindByPersonal(byte[] lookup, int limit)
    {
        using var rows = find.Read(lookup, (long)limit);
        return All(rows, row => SubjectAt(row, 0));
    }

    private static StoredEntry Entry(SqliteDataReader row, Subject subject) => new(
        Writer, row.GetInt64(0), subject, row.GetInt64(1),
        new(row.GetInt64(2), row.GetInt32(3), row.Utf8(4)!, row.GetInt64(5), row.Utf8(6), row.GetInt64(7), row.Utf8(8), row.GetInt64(9) != 0));

    private static Subject SubjectAt(SqliteDataReader row, int column) =>
        new((SubjectKind)row.GetInt32(column), new(row.GetString(column + 1)), row.GetString(column + 2));

    private static T[] All<T>(SqliteDataReader rows, Func<SqliteDataReader, T> make)
    {
        var all = new List<T>();
        while (rows.Read()) all.Add(make(rows));
        return [.. all];
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[read, open, after, personal, find]) statement.Dispose();
        connection.Dispose();
    }
}
