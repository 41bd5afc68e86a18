using System.Globalization;

namespace CallCenter.Kit.Processes;

/// <summary>A disk of its own that a test can fill: a tmpfs, which takes root's rights to mount.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    readonly Scratch place = new("disk");

    public string Path => place.Path;

    string Ballast => System.IO.Path.Combine(Path, "ballast");

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var disk = new SmallDisk();
        await Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>Fills it up until only so many bytes are free.</summary>
    public void Fill(long free)
    {
        using var file = File.Open(Ballast, FileMode.OpenOrCreate, FileAccess.Write);
        file.Seek(0, SeekOrigin.End);
        var block = new byte[64 << 10];
        try
        {
            for (long left; (left = new DriveInfo(Path).AvailableFreeSpace - free) > 0;) RandomAccess.Write(file.SafeFileHandle, block.AsSpan(0, (int)long.Min(left, block.Length)), RandomAccess.GetLength(file.SafeFileHandle));
        }
        catch (IOException) when (free == 0)
        {
            // somebody else took the last page: it is full
        }
    }

    /// <summary>Somebody makes room.</summary>
    public void Free() => File.Delete(Ballast);

    static async Task Run(string program, params string[] arguments)
    {
        var (command, rest) = Environment.IsPrivilegedProcess ? (program, arguments) : ("sudo", ["-n", program, .. arguments]);
        await using var process = ChildProcess.Start(command, rest, System.IO.Path.GetTempPath());
        if (await process.Exits(Soon) != 0) throw new InvalidOperationException($"{program} failed: {process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        await Run("umount", Path);
        place.Dispose();
    }
}
