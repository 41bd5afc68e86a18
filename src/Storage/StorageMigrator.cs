using CallCenter.Contracts;
using CallCenter.Storage.Blobs;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CallCenter.Storage;

/// <summary>Brings the data folder, or the PostgreSQL database, to this program's schema. One starter does it at a time; the others wait for it.</summary>
public static class StorageMigrator
{
    /// <summary>Makes what is missing: folder, master key, database files, tables, blob container. Harmless when all is there.</summary>
    /// <exception cref="SchemaException">A file is of a newer program: nothing was changed in it.</exception>
    /// <exception cref="StorageOutageException">The database or the blob storage does not answer, or refuses.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process migrates for more than a minute.</exception>
    public static void Migrate(StorageOptions options)
    {
        Directory.CreateDirectory(options.Path);
        using var alone = Lock(Path.Combine(options.Path, "migrate.lock"));
        MasterKey.Ensure(options);
        BlobPlace.Ensure(options);
        if (options.Postgres is { } address) MigratePostgres(address);
        else foreach (var file in SqliteFile.All) SqliteSchema.Migrate(file, options.Path);
    }

    private static void MigratePostgres(string address)
    {
        try
        {
            PostgresSchema.Migrate(address);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresDatabase.Outage(fault);
        }
    }

    /// <summary>
    /// Throws the views away and folds them from the journal. Nothing else may have the data folder open: the program must be
    /// stopped. A refold that was broken off goes on at the next start by itself.
    /// </summary>
    /// <exception cref="StorageOutageException">Another program folds into this database.</exception>
    public static void Refold(StorageOptions options, ILoggerFactory logs, CancellationToken stop = default)
    {
        Migrate(options);
        using var alone = Lock(Path.Combine(options.Path, "migrate.lock"));
        if (options.Postgres is { } address)
        {
            using var database = PostgresDatabase.Open(address);
            using var views = new PostgresViews(database);
            if (!views.Leads()) throw new StorageOutageException("a program that runs folds into this database: stop it first");
            views.Clear();
            using var journal = new PostgresEntryLog(database, logs.CreateLogger<PostgresEntryLog>());
            Fold(journal, views, logs, stop);
        }
        else
        {
            foreach (var file in Directory.EnumerateFiles(options.Path, SqliteFile.Views.Name + ".db*")) File.Delete(file);
            SqliteSchema.Migrate(SqliteFile.Views, options.Path);
            using var journal = new SqliteEntryLog(options.Path, logs.CreateLogger<SqliteEntryLog>());
            using var views = new SqliteViews(options.Path);
            Fold(journal, views, logs, stop);
        }
    }

    private static void Fold(IEntryLog journal, IViewStore views, ILoggerFactory logs, CancellationToken stop)
    {
        using var projector = new Projector(journal, views, new CommittedEntries(), TimeProvider.System, logs.CreateLogger<Projector>());
        projector.CatchUp(stop);
    }

    private static FileStream Lock(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 600 && File.Exists(path))
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(TimeSpan.FromMilliseconds(100)); // an advisory file lock has no event to wait for
            }
        }
    }
}
