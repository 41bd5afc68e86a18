using System.Collections.Concurrent;
using CallCenter.Storage.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Sqlite;

/// <summary>journal.db: one writer connection for the committing thread, a connection for each reader at work.</summary>
internal sealed class SqliteEntryLog : IEntryLog
{
    private readonly string folder, pragmas;
    private readonly ConcurrentBag<SqliteEntryReader> readers = [];
    private readonly SqliteCheckpointer checkpointer;
    private readonly DiskRoom room;
    private SqliteEntryWriter? writer;

    /// <param name="pragmas">More settings of the writer's connection.</param>
    public SqliteEntryLog(string folder, ILogger<SqliteEntryLog> log, string pragmas = "")
    {
        (this.folder, this.pragmas) = (folder, pragmas);
        writer = new(folder, pragmas); // a wrong schema stops the start
        checkpointer = new(folder, log);
        room = new(folder);
    }

    public bool HasRoom => room.IsEnough;

    public void Commit(IReadOnlyList<PendingAppend> group)
    {
        var used = writer;
        writer = null; // after any fault a fresh connection: whatever this one believed is forgotten
        try
        {
            used ??= new(folder, pragmas);
            used.Commit(group);
            writer = used;
        }
        catch (SqliteException e)
        {
            throw new IOException($"the journal cannot be written: {e.Message}", e);
        }
        finally
        {
            if (writer is null) used?.Dispose();
        }
        checkpointer.Written(used, group.Count);
    }

    public StoredEntry[] Read(Subject subject, long after = 0) => Lend(r => r.Read(subject, after));

    public Subject[] Open(SubjectKind kind) => Lend(r => r.Open(kind));

    public StoredEntry[] After(Positions seen, int limit) => Lend(r => r.After(seen.Of(SqliteEntryReader.Writer), limit));

    public SealedValue[] Personal(Subject subject) => Lend(r => r.Personal(subject));

    public Subject[] FindByPersonal(byte[] lookup, int limit) => Lend(r => r.FindByPersonal(lookup, limit));

    public void Scrub() => checkpointer.Empty();

    private T Lend<T>(Func<SqliteEntryReader, T> read)
    {
        if (!readers.TryTake(out var reader)) reader = new(folder);
        var result = read(reader); // one that threw is not lent again
        readers.Add(reader);
        return result;
    }

    public void Dispose()
    {
        checkpointer.Dispose();
        writer?.Dispose();
        while (readers.TryTake(out var reader)) reader.Dispose();
    }
}
