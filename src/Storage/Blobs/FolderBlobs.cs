namespace CallCenter.Storage.Blobs;

/// <summary>
/// Blobs as files under <c>blobs/owner/name</c>. A file is written elsewhere, flushed to the disk, renamed, and the rename
/// flushed too: it is there entirely or not at all, also after a power cut. Disk work runs on the pool, never on a grain's turn.
/// </summary>
internal sealed class FolderBlobs(string root) : IBlobs
{
    /// <summary>Where files are written first; no owner is named so.</summary>
    private readonly string workshop = Path.Combine(root, ".unfinished");

    /// <summary>What a process that died left unfinished goes when the next one begins to write.</summary>
    private readonly Lazy<bool> swept = new(() => Sweep(Path.Combine(root, ".unfinished")));

    public Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default)
    {
        var path = PathOf(owner, name);
        return Task.Run(() => WriteNow(path, content.Span), stop);
    }

    public Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default)
    {
        var path = PathOf(owner, name);
        return Task.Run<ReadOnlyMemory<byte>?>(() => File.Exists(path) ? File.ReadAllBytes(path) : default(ReadOnlyMemory<byte>?), stop);
    }

    public Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default)
    {
        var (home, wanted) = (Path.Combine(root, BlobName.Home(owner)), BlobName.Prefix(prefix));
        return Task.Run(() => ListNow(home, wanted), stop);
    }

    public Task Delete(TenantId owner, string name, CancellationToken stop = default)
    {
        var path = PathOf(owner, name);
        return Task.Run(() => { if (File.Exists(path)) File.Delete(path); }, stop);
    }

    private void WriteNow(string path, ReadOnlySpan<byte> content)
    {
        _ = swept.Value;
        var folder = Path.GetDirectoryName(path)!;
        MakeDurably(folder);
        var fresh = Path.Combine(workshop, $"{Guid.NewGuid():n}");
        try
        {
            using (var file = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write, preallocationSize: content.Length))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }
            File.Move(fresh, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(fresh);
            throw;
        }
        FolderSync.Flush(folder);
    }

    /// <summary>A folder that is new is an entry in its parent, and that must last too.</summary>
    private static void MakeDurably(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder)!;
        MakeDurably(parent);
        Directory.CreateDirectory(folder);
        FolderSync.Flush(parent);
    }

    private static bool Sweep(string workshop)
    {
        Directory.CreateDirectory(workshop);
        foreach (var orphan in Directory.EnumerateFiles(workshop)) File.Delete(orphan);
        return true;
    }

    /// <summary>Walks only the folder that the prefix leads into.</summary>
    private static Items<string> ListNow(string home, string prefix)
    {
        var from = Path.Combine(home, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(from)) return [];
        return Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(home, f))
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && BlobName.IsValid(n))
            .Order(StringComparer.Ordinal).ToItems();
    }

    private string PathOf(TenantId owner, string name) => Path.Combine(root, BlobName.Of(owner, name));
}
