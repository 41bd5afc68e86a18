using CallCenter.Storage.Blobs;

namespace CallCenter.Storage.Backup;

/// <summary>Copies a folder whose files are written whole and never changed, while others add to it and delete from it.</summary>
internal static class TreeCopy
{
    /// <summary>A folder that is not there has no files. Names that begin with "." are unfinished.</summary>
    public static void Copy(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(IsWhole)) CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(IsWhole)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    /// <summary>To the disk, with every folder and file in it.</summary>
    public static void Flush(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var open = File.OpenHandle(file, access: FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(open);
        }
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) FolderSync.Flush(inner);
        FolderSync.Flush(folder);
    }

    private static void CopyFile(string from, string to)
    {
        try
        {
            File.Copy(from, to);
        }
        catch (FileNotFoundException)
        {
            // it was deleted in between, such as a recording whose time is over
        }
    }

    private static bool IsWhole(string path) => !Path.GetFileName(path.AsSpan()).StartsWith('.');
}
