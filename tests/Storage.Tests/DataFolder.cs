namespace CallCenter.Storage.Tests;

/// <summary>A migrated data folder of a test, deleted at its end.</summary>
internal sealed class DataFolder : IDisposable
{
    private DataFolder(string path) => Options = new() { Path = path };

    public StorageOptions Options { get; }
    public string Path => Options.Path;

    public static DataFolder Migrated()
    {
        var folder = Empty();
        StorageMigrator.Migrate(folder.Options);
        return folder;
    }

    public static DataFolder Empty() => new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "callcenter-" + Guid.NewGuid().ToString("n")));

    /// <summary>The files as they are at this moment: what a crash would leave.</summary>
    public DataFolder Crashed()
    {
        var copy = Empty();
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            if (!file.EndsWith("-shm", StringComparison.Ordinal)) File.Copy(file, target); // shared memory does not outlive a machine
        }
        return copy;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
