using System.Diagnostics;

namespace CallCenter.Storage.Sqlite;

/// <summary>Whether a folder's disk has room for what live calls still have to say: the last of it is kept from new ones.</summary>
internal sealed class DiskRoom(string folder)
{
    /// <summary>Bytes kept free: 50,000 facts, or the last segments of some hundred recordings.</summary>
    public const long Reserve = 32 << 20;

    private static readonly long Pause = Stopwatch.Frequency; // looked at once a second at most
    private readonly DriveInfo drive = new(Path.GetFullPath(folder));
    private long lookedAt = long.MinValue / 2;
    private bool enough = true;

    /// <summary>Any thread; two that look at once see the same.</summary>
    public bool IsEnough
    {
        get
        {
            var now = Stopwatch.GetTimestamp();
            if (now - Volatile.Read(ref lookedAt) < Pause) return Volatile.Read(ref enough);
            Volatile.Write(ref lookedAt, now);
            var seen = drive.AvailableFreeSpace >= Reserve;
            Volatile.Write(ref enough, seen);
            return seen;
        }
    }
}
