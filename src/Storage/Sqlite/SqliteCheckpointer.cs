using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Sqlite;

/// <summary>
/// Writes the journal's log back into its file beside the committing thread (passive, on a connection of its own), so that no
/// commit waits for it. Under load without a pause a passive checkpoint never catches the log's end; when the log
/// has grown long all the same, the committing thread begins it anew.
/// </summary>
internal sealed class SqliteCheckpointer(string folder, ILogger log) : IDisposable
{
    private const int EntriesBetween = 5_000;  // about 8 MB of log
    private const long LongLog = 16_384;       // pages of 4096 bytes: 64 MB
    private readonly SqliteConnection connection = SqliteFile.Journal.Open(folder);
    private int written;
    private volatile bool longLog;
    private Task running = Task.CompletedTask;

    /// <summary>Told by the committing thread after each group.</summary>
    public void Written(SqliteEntryWriter writer, int entries)
    {
        written += entries;
        if (written < EntriesBetween || !running.IsCompleted) return;
        written = 0;
        if (longLog) Restart(writer);
        running = Task.Run(Checkpoint);
    }

    private void Restart(SqliteEntryWriter writer)
    {
        longLog = false;
        try
        {
            writer.RestartLog(); // short: the passive one before has left little to do
        }
        catch (SqliteException e)
        {
            log.CheckpointFailed(e);
        }
    }

    /// <summary>Writes the log back and empties its file: pages as they were before stand there no longer.</summary>
    public void Empty()
    {
        using var alone = SqliteFile.Journal.Open(folder, "pragma busy_timeout = 100"); // readers take a moment; commits wait no longer than this
        using var command = alone.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)"; // busy, pages in the log, pages written back
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var row = command.ExecuteReader();
            if (row.Read() && row.GetInt64(0) == 0) return;
        }
        log.NotScrubbed();
    }

    private void Checkpoint()
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(passive)"; // busy, pages in the log, pages written back
            using var row = command.ExecuteReader();
            if (row.Read()) longLog = row.GetInt64(1) > LongLog;
        }
        catch (SqliteException e)
        {
            log.CheckpointFailed(e);
        }
    }

    public void Dispose()
    {
        ((IAsyncResult)running).AsyncWaitHandle.WaitOne(); // at the end of the program, for a few milliseconds
        connection.Dispose();
    }
}
