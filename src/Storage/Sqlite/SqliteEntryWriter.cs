using CallCenter.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace CallCenter.Storage.Sqlite;

/// <summary>
/// The committing thread's connection to journal.db. What it remembers of subjects holds as long as nobody else writes the
/// file; the last position, read in each transaction, tells.
/// </summary>
internal sealed class SqliteEntryWriter : IDisposable
{
    private const int MostRemembered = 100_000;
    private readonly SqliteConnection connection;
    private readonly Statement begin, commit, last, findSubject, addSubject, setClosed, lastEntry, insert, same, personal;
    private readonly Dictionary<Subject, Line> lines = [];
    private long position = -1;

    /// <summary>Where a subject's line ends.</summary>
    private sealed record Line(long Id, long Number, long NextFact, bool Closed);

    public SqliteEntryWriter(string folder, string pragmas)
    {
        connection = SqliteFile.Journal.Open(folder, "pragma wal_autocheckpoint = 0; pragma cache_size = -16000;" + pragmas); // checkpoints: SqliteCheckpointer
        SqliteSchema.Check(SqliteFile.Journal, connection);
        begin = new(connection, "begin immediate");
        commit = new(connection, "commit");
        last = new(connection, "select max(position) from entries");
        findSubject = new(connection, "select id, closed from subjects where kind = ?1 and owner = ?2 and name = ?3", 3);
        addSubject = new(connection, "insert into subjects (kind, owner, name, closed) values (?1, ?2, ?3, ?4) returning id", 4);
        setClosed = new(connection, "update subjects set closed = ?2 where id = ?1", 2);
        lastEntry = new(connection, "select number, first_fact + fact_count from entries where subject = ?1 order by number desc limit 1", 1);
        insert = new(connection, """
            insert or ignore into entries (position, subject, number, first_fact, fact_count, facts, first_owed, owed, paid_up_to, heard, closed)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """, 11);
        same = new(connection, """
            select 1 from entries where subject = ?1 and number = ?2 and facts = ?3 and first_owed = ?4 and owed is ?5 and paid_up_to = ?6 and heard is ?7 and closed = ?8
            """, 8);
        personal = new(connection, "insert or replace into personal (subject, field, value, lookup) values (?1, ?2, ?3, ?4)", 4);
    }

    /// <summary>After an exception the connection is to be disposed, which rolls back.</summary>
    public void Commit(IReadOnlyList<PendingAppend> group)
    {
        begin.Run();
        var stored = (long)(last.Value() ?? 0L);
        if (stored != position) lines.Clear(); // another process wrote
        position = stored;
        if (group.Count == 0) connection.Run($"pragma user_version = {connection.Number("pragma user_version")}"); // the same value: a page is written, nothing changes
        foreach (var append in group)
            if (append.MayFollow()) Store(append);
        commit.Run();
        if (lines.Count > MostRemembered) lines.Clear();
    }

    private void Store(PendingAppend append)
    {
        var line = LineOf(append.Subject);
        var row = append.Row;
        if (row.Number > (line?.Number ?? 0) + 1)
        {
            append.Refuse(new JournalGapException(append.Subject, row.Number, line?.Number ?? 0));
            return;
        }
        line ??= new((long)addSubject.Value((long)append.Subject.Kind, append.Subject.Owner.Value, append.Subject.Name, Flag(row.Closed))!, 0, 1, row.Closed);
        var isNew = insert.Run(position + 1, line.Id, row.Number, line.NextFact, (long)row.FactCount, row.Facts, row.FirstOwed, row.Owed, row.PaidUpTo, row.Heard, Flag(row.Closed)) == 1;
        if (!isNew)
        {
            if (!IsSame(line, row)) append.Refuse(new FencedException(append.Subject, row.Number));
            return;
        }
        position++;
        if (row.Closed != line.Closed) setClosed.Run(line.Id, Flag(row.Closed));
        foreach (var value in append.Personal) personal.Run(line.Id, value.Field, value.Value, value.Lookup);
        Remember(append.Subject, new(line.Id, row.Number, line.NextFact + row.FactCount, row.Closed));
    }

    /// <summary>The same entry once more (its first sender did not hear the end of it) is no conflict.</summary>
    private bool IsSame(Line line, in EntryRow row) =>
        same.Value(line.Id, row.Number, row.Facts, row.FirstOwed, row.Owed, row.PaidUpTo, row.Heard, Flag(row.Closed)) is not null;

    private void Remember(Subject subject, Line line)
    {
        if (line.Closed) lines.Remove(subject);
        else lines[subject] = line;
    }

    private Line? LineOf(Subject subject)
    {
        if (lines.TryGetValue(subject, out var known)) return known;
        long id;
        bool closed;
        using (var found = findSubject.Read((long)subject.Kind, subject.Owner.Value, subject.Name))
        {
            if (!found.Read()) return null;
            (id, closed) = (found.GetInt64(0), found.GetInt64(1) != 0);
        }
        using var end = lastEntry.Read(id);
        return end.Read() ? new(id, end.GetInt64(0), end.GetInt64(1), closed) : new(id, 0, 1, closed);
    }

    /// <summary>Writes the log back into the file and begins it anew; appends wait meanwhile.</summary>
    public void RestartLog() => connection.Run("pragma wal_checkpoint(restart)");

    private static object Flag(bool value) => value ? One : Zero;

    private static readonly object One = 1L, Zero = 0L;

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[begin, commit, last, findSubject, addSubject, setClosed, lastEntry, insert, same, personal]) statement.Dispose();
        connection.Dispose();
    }
}
