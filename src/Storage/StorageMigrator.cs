using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage;

/// <summary>Brings the data folder to this program's schema. One starter does it at a time; the others wait for it.</summary>
public static class StorageMigrator
{
    /// <summary>Makes what is missing: folder, master key, database files, tables. Harmless when all is there.</summary>
    /// <exception cref="SchemaException">A file is of a newer program: nothing was changed in it.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process migrates for more than a minute.</exception>
    public static void Migrate(StorageOptions options)
    {
        Directory.CreateDirectory(options.Path);
        using var alone = Lock(Path.Combine(options.Path, "migrate.lock"));
        MasterKey.Ensure(options);
        foreach (var file in SqliteFile.All) SqliteSchema.Migrate(file, options.Path);
    }

    /// <summary>
    /// Throws the views away and folds them from the journal. Nothing else may have the data folder open: the program must be
    /// stopped. A refold that was broken off goes on at the next start by itself.
    /// </summary>
    public static void Refold(StorageOptions options, ILoggerFactory logs, CancellationToken stop = default)
    {
        Migrate(options);
        using var alone = Lock(Path.Combine(options.Path, "migrate.lock"));
        foreach (var file in Directory.EnumerateFiles(options.Path, SqliteFile.Views.Name + ".db*")) File.Delete(file);
        SqliteSchema.Migrate(SqliteFile.Views, options.Path);
        using var journal = new SqliteEntryLog(options.Path, logs.CreateLogger<SqliteEntryLog>());
        using var views = new SqliteViews(options.Path);
        using var projector = new Projector(journal, views, new Signal(), TimeProvider.System, logs.CreateLogger<Projector>());
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
