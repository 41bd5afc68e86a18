using CallCenter.Contracts;
using CallCenter.Storage.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CallCenter.Storage.Postgres;

/// <summary>
/// The journal in PostgreSQL. While the database is gone the committing thread tries the same group again and again, and who appends
/// waits; a group whose commit was not answered is looked for before it is written once more.
/// </summary>
internal sealed class PostgresEntryLog(PostgresDatabase database, ILogger<PostgresEntryLog> log) : IEntryLog
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(1);
    private readonly ManualResetEventSlim givenUp = new();
    private PostgresEntryWriter? writer = new(database); // a database that is not there stops the start

    public void Commit(IReadOnlyList<PendingAppend> group)
    {
        var pause = FirstPause;
        for (var lost = false; ; lost = true)
        {
            try
            {
                CommitOnce(group, lost);
                if (lost) log.DatabaseBack(group.Count);
                return;
            }
            catch (Exception gone) when (PostgresDatabase.IsGone(gone))
            {
                if (!lost) log.DatabaseGone(gone, group.Count);
                if (givenUp.Wait(pause)) throw new StorageOutageException($"the journal cannot be written: {gone.Message}", gone);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (NpgsqlException fault) // refused, such as by a full disk: nothing of the group is stored
            {
                throw new IOException($"the journal cannot be written: {fault.Message}", fault);
            }
        }
    }

    /// <param name="lost">The group was tried before, and whether it was stored is not known.</param>
    private void CommitOnce(IReadOnlyList<PendingAppend> group, bool lost)
    {
        var used = writer;
        writer = null; // after any fault a fresh connection: whatever this one believed is forgotten
        try
        {
            used ??= new(database);
            used.Commit(group, lost);
            writer = used;
        }
        finally
        {
            if (writer is null) used?.Dispose();
        }
    }

    public StoredEntry[] Read(Subject subject, long after = 0) => database.Read(subject.Owner.Value, PostgresEntries.OfSubject, PostgresEntries.Key(subject, after), PostgresEntries.All);

    public async ValueTask<StoredEntry[]> ReadAsync(Subject subject, long after, CancellationToken stop) =>
        await database.ReadAsync(subject.Owner.Value, PostgresEntries.OfSubject, PostgresEntries.Key(subject, after), PostgresEntries.All, stop).ConfigureAwait(false);

    public Subject[] Open(SubjectKind kind) =>
        database.Read(PostgresDatabase.Everyone, PostgresEntries.Open, [(short)kind], rows => PostgresSql.All(rows, PostgresEntries.SubjectAt));

    /// <summary>Of all writers, in an order in which nothing comes before what caused it.</summary>
    public StoredEntry[] After(Positions seen, int limit)
    {
        var (writers, positions) = (seen.Writers.Select(w => w.Writer).ToArray(), seen.Writers.Select(w => w.Position).ToArray());
        return database.Read(PostgresDatabase.Everyone, PostgresEntries.Behind, [writers, positions, (long)limit], PostgresEntries.All);
    }

    public SealedValue[] Personal(Subject subject) =>
        database.Read(subject.Owner.Value, PostgresEntries.Personal, PostgresEntries.Key(subject), rows => PostgresSql.All(rows, PostgresEntries.ValueAt));

    public async ValueTask<SealedValue[]> PersonalAsync(Subject subject, CancellationToken stop) =>
        await database.ReadAsync(subject.Owner.Value, PostgresEntries.Personal, PostgresEntries.Key(subject), rows => PostgresSql.All(rows, PostgresEntries.ValueAt), stop).ConfigureAwait(false);

    /// <summary>A lookup is keyed by its tenant's key: it finds nothing of another.</summary>
    public Subject[] FindByPersonal(byte[] lookup, int limit) =>
        database.Read(PostgresDatabase.Everyone, PostgresEntries.FindByPersonal, [lookup, (long)limit], rows => PostgresSql.All(rows, PostgresEntries.SubjectAt));

    public void Scrub()
    {
        try
        {
            database.Vacuum("personal", "customers", "customer_numbers", "summaries");
        }
        catch (Exception fault) when (fault is NpgsqlException or StorageOutageException) // they are erased all the same
        {
            log.NotVacuumed(fault.GetType().Name);
        }
    }

    public void GiveUp() => givenUp.Set();

    public void Dispose()
    {
        writer?.Dispose();
        givenUp.Dispose();
    }
}
