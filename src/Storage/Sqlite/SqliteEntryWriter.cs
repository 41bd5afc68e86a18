using CallCenter.Storage.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CallCenter.Storage.Sqlite;

/// <summary>
/// The committing thread's connection to journal.db. What it remembers of subjects holds as long as nobody else writes the
/// file; the last position, read in each transaction, tells.
/// </summary>
internal sealed class SqliteEntryWriter : IDisposable
{
    private const int MostRemembered = 100_000;
    private readonly SqliteConnection connection;
    private readonly RawStatement begin, commit, last, findSubject, addSubject, setClosed, lastEntry, insert, same, personal, erase;
    private readonly Dictionary<Subject, Line> lines = [];
    private long position = -1;

    /// <summary>Where a subject's line ends.</summary>
    private sealed record Line(long Id, long Number, long NextFact, bool Closed);

    public SqliteEntryWriter(string folder, string pragmas)
    {
        connection = SqliteFile.Journal.Open(folder, "pragma wal_autocheckpoint = 0; pragma cache_size = -16000; pragma secure_delete = on;" + pragmas); // checkpoints: SqliteCheckpointer
        SqliteSchema.Check(SqliteFile.Journal, connection);
        begin = new(connection, "begin immediate");
        commit = new(connection, "commit");
        last = new(connection, "select max(position) from entries");
        findSubject = new(connection, "select id, closed from subjects where kind = ?1 and owner = ?2 and name = ?3");
        addSubject = new(connection, "insert into subjects (kind, owner, name, closed) values (?1, ?2, ?3, ?4)");
        setClosed = new(connection, "update subjects set closed = ?2 where id = ?1");
        lastEntry = new(connection, "select number, first_fact + fact_count from entries where subject = ?1 order by number desc limit 1");
        insert = new(connection, """
            insert or ignore into entries (position, subject, number, first_fact, fact_count, facts, first_owed, owed, paid_up_to, heard, closed)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """);
        same = new(connection, """
            select 1 from entries where subject = ?1 and number = ?2 and facts = ?3 and first_owed = ?4 and owed is ?5 and paid_up_to = ?6 and heard is ?7 and closed = ?8
            """);
        erase = new(connection, "delete from personal where subject = ?1");
        personal = new(connection, "insert or replace into personal (subject, field, value, lookup) values (?1, ?2, ?3, ?4)");
    }

    /// <summary>After an exception the connection is to be disposed, which rolls back.</summary>
    public void Commit(IReadOnlyList<PendingAppend> group)
    {
        begin.Run();
        last.Step();
        var stored = last.Long(0); // 0 if there is none
        last.Reset();
        if (stored != position) lines.Clear(); // another process wrote
        position = stored;
        if (group.Count == 0) connection.Run($"pragma user_version = {connection.Number("pragma user_version")}"); // the same value: a page is written, nothing changes
        for (var i = 0; i < group.Count; i++)
            if (group[i].MayFollow()) Store(group[i]);
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
        line ??= new(AddSubject(append.Subject, row.Closed), 0, 1, row.Closed);
        if (!TryInsert(line, row))
        {
            if (!IsSame(line, row)) append.Refuse(new FencedException(append.Subject, row.Number));
            return;
        }
        append.Place(SqliteEntryReader.Writer, ++position, line.NextFact);
        if (row.Closed != line.Closed) setClosed.Bind(1, line.Id).Bind(2, row.Closed).Run();
        if (append.Erases) Erase(line);
        foreach (var value in append.Personal) personal.Bind(1, line.Id).Bind(2, value.Field).Bind(3, value.Value).Bind(4, value.Lookup).Run();
        Remember(append.Subject, new(line.Id, row.Number, line.NextFact + row.FactCount, row.Closed));
    }

    /// <summary>With zeroes over what stood there, in the table and in its index.</summary>
    private void Erase(Line line)
    {
        erase.Bind(1, line.Id).Run();
    }

    private long AddSubject(Subject subject, bool closed)
    {
        addSubject.Bind(1, (long)subject.Kind).Bind(2, subject.Owner.Value).Bind(3, subject.Name).Bind(4, closed).Run();
        return raw.sqlite3_last_insert_rowid(connection.Handle!);
    }

    /// <summary>False: there is an entry of that number.</summary>
    private bool TryInsert(Line line, in EntryRow row) => insert
        .Bind(1, position + 1).Bind(2, line.Id).Bind(3, row.Number).Bind(4, line.NextFact).Bind(5, row.FactCount).BindText(6, row.Facts)
        .Bind(7, row.FirstOwed).BindText(8, row.Owed).Bind(9, row.PaidUpTo).BindText(10, row.Heard).Bind(11, row.Closed).Run() == 1;

    /// <summary>The same entry once more (its first sender did not hear the end of it) is no conflict.</summary>
    private bool IsSame(Line line, in EntryRow row)
    {
        var found = same.Bind(1, line.Id).Bind(2, row.Number).BindText(3, row.Facts).Bind(4, row.FirstOwed).BindText(5, row.Owed).Bind(6, row.PaidUpTo).BindText(7, row.Heard).Bind(8, row.Closed).Step();
        same.Reset();
        return found;
    }

    private void Remember(Subject subject, Line line)
    {
        if (line.Closed) lines.Remove(subject);
        else lines[subject] = line;
    }

    private Line? LineOf(Subject subject)
    {
        if (lines.TryGetValue(subject, out var known)) return known;
        findSubject.Bind(1, (long)subject.Kind).Bind(2, subject.Owner.Value).Bind(3, subject.Name);
        if (!findSubject.Step()) return null;
        var (id, closed) = (findSubject.Long(0), findSubject.Long(1) != 0);
        findSubject.Reset();
        if (!lastEntry.Bind(1, id).Step()) return new(id, 0, 1, closed);
        var line = new Line(id, lastEntry.Long(0), lastEntry.Long(1), closed);
        lastEntry.Reset();
        return line;
    }

    /// <summary>Writes the log back into the file and begins it anew; appends wait meanwhile.</summary>
    public void RestartLog() => connection.Run("pragma wal_checkpoint(restart)");

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<RawStatement>)[begin, commit, last, findSubject, addSubject, setClosed, lastEntry, insert, same, personal, erase]) statement.Dispose();
        connection.Dispose();
    }
}
