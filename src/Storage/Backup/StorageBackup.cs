using System.Formats.Tar;
using CallCenter.Storage.Blobs;
using CallCenter.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Backup;

/// <summary>
/// Copies of everything that cannot be folded again, taken while the product runs. The order keeps them consistent without stopping
/// anybody: what refers to something else is copied before it. Grain state (snapshots count entries) before the journal, the
/// journal (personal values are sealed with tenants' keys, calls name flow versions) before the configuration and its keys, and before the
/// recordings that it names. PostgreSQL gives all its tables as of one instant.
/// </summary>
public static class StorageBackup
{
    private const string Archive = ".tar", Dump = "database.dump", Keys = "keys", Recordings = "blobs";
    private static readonly SqliteFile[] Order = [SqliteFile.State, SqliteFile.Journal, SqliteFile.Config];

    /// <summary>Makes a backup: a new folder, or one file if the name ends with .tar. It holds the keys: whoever reads it reads everything.</summary>
    /// <returns>Null; or why there is none.</returns>
    /// <exception cref="IOException">A disk failed or is full, or the database is gone; the target has no manifest and is no backup.</exception>
    public static string? Take(StorageOptions options, string target, TimeProvider time)
    {
        if (File.Exists(target) || IsFilled(target)) return $"{target} is there already";
        if (options.Postgres is null && !File.Exists(SqliteFile.Journal.Path(options.Path))) return $"there is no data in {options.Path}";
        if (!target.EndsWith(Archive, StringComparison.Ordinal)) return Fill(options, target, time);
        var unpacked = target + ".unpacked";
        if (IsFilled(unpacked)) return $"{unpacked} is in the way";
        try
        {
            if (Fill(options, unpacked, time) is { } refusal) return refusal;
            TarFile.CreateFromDirectory(unpacked, target + ".new", includeBaseDirectory: false);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(target + ".new", target);
            return null;
        }
        finally
        {
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }
    }

    /// <summary>Brings a backup back into an empty data folder (and an empty database), and folds the views from the journal.</summary>
    /// <returns>Null; or why it was not done, with nothing changed.</returns>
    /// <exception cref="IOException">As for <see cref="Take"/>: the data folder is as empty as before.</exception>
    public static string? Restore(StorageOptions options, string source, ILoggerFactory logs)
    {
        if (IsFilled(options.Path)) return $"{options.Path} is not empty: a backup is restored into an empty data folder only";
        var fresh = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path)) + ".restoring";
        var unpacked = fresh + ".unpacked";
        if (new[] { fresh, unpacked }.FirstOrDefault(IsFilled) is { } left) return $"{left} is in the way";
        try
        {
            if (!File.Exists(source)) return Restore(options, source, fresh, logs);
            MakePrivate(unpacked);
            TarFile.ExtractToDirectory(source, unpacked, overwriteFiles: false);
            return Restore(options, unpacked, fresh, logs);
        }
        finally
        {
            foreach (var ours in new[] { fresh, unpacked })
                if (Directory.Exists(ours)) Directory.Delete(ours, recursive: true);
        }
    }

    private static string? Fill(StorageOptions options, string target, TimeProvider time)
    {
        MakePrivate(target);
        if (options.Postgres is { } address)
        {
            if (PostgresDump.Take(address, Path.Combine(target, Dump)) is { } refusal) return refusal;
        }
        else foreach (var file in Order) Copy(file, options.Path, target);
        TreeCopy.Copy(Path.Combine(options.Path, Keys), Path.Combine(target, Keys));
        if (options.AzureBlobs is null) TreeCopy.Copy(BlobPlace.Folder(options), Path.Combine(target, Recordings));
        BackupManifest.Of(options, time.GetUtcNow()).Write(target);
        TreeCopy.Flush(target);
        return null;
    }

    /// <summary>SQLite's online backup: readers and writers go on, the copy is as of one instant.</summary>
    private static void Copy(SqliteFile file, string from, string to)
    {
        using var source = file.Open(from);
        SqliteSchema.Check(file, source);
        using var copy = new SqliteConnection(file.Address(to));
        copy.Open();
        try
        {
            source.BackupDatabase(copy);
        }
        catch (SqliteException fault)
        {
            throw new IOException($"{file.Name}.db cannot be copied: {fault.Message}", fault);
        }
    }

    private static string? Restore(StorageOptions options, string source, string fresh, ILoggerFactory logs)
    {
        if (BackupManifest.Read(source) is not { } manifest) return $"{source} is no whole backup";
        if (Mismatch(options, manifest, source) is { } mismatch) return mismatch;
        if (options.Postgres is { } address && PostgresDump.Restore(address, Path.Combine(source, Dump)) is { } refusal) return refusal;
        MakePrivate(fresh);
        if (options.Postgres is null) foreach (var file in Order) File.Copy(file.Path(source), file.Path(fresh));
        foreach (var folder in new[] { Keys, Recordings }) TreeCopy.Copy(Path.Combine(source, folder), Path.Combine(fresh, folder));
        StorageMigrator.Refold(options.In(fresh), logs);
        TreeCopy.Flush(fresh);
        if (Directory.Exists(options.Path)) Directory.Delete(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        Directory.Move(fresh, options.Path);
        return null;
    }

    private static string? Mismatch(StorageOptions options, BackupManifest manifest, string source)
    {
        var here = BackupManifest.Of(options, manifest.At);
        if (manifest.Form > BackupManifest.Newest) return $"{source} was made by a newer version of the program";
        if (manifest.Database != here.Database) return $"{source} is of a {manifest.Database} database: {(manifest.Database == BackupManifest.Postgres ? "set" : "leave out")} Data:Postgres";
        if (manifest.Blobs != here.Blobs) return $"{source} has its recordings in {manifest.Blobs}: {(manifest.Blobs == BackupManifest.Azure ? "set" : "leave out")} Blobs:AzureConnectionString";
        if (options.MasterKey is null && !File.Exists(Path.Combine(source, Keys, "master.key"))) return $"{source} has no master key: set Data:MasterKey as it was";
        return null;
    }

    private static bool IsFilled(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
