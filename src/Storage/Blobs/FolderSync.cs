using System.Runtime.InteropServices;

namespace CallCenter.Storage.Blobs;

/// <summary>Flushes a folder's entries to the disk, so that a rename in it outlives a power cut; .NET opens no folders.</summary>
internal static partial class FolderSync
{
    private const int ReadOnlyDirectoryCloseOnExec = 0x10000 | 0x80000;

    /// <exception cref="IOException">The disk failed, and nobody knows what is on it.</exception>
    public static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectoryCloseOnExec);
        if (descriptor < 0) throw Failed("opened", folder);
        try
        {
            if (Sync(descriptor) != 0) throw Failed("flushed", folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string done, string folder) => new($"The folder {folder} could not be {done}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
