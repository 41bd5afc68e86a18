using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace CallCenter.Kit.Media;

/// <summary>When the kernel took the last datagram in that was read from a socket: a reader that had to wait for a processor does not make it late.</summary>
static unsafe partial class ArrivalTime
{
    /// <summary>SIOCGSTAMPNS: a timespec of CLOCK_REALTIME; the first call has the kernel begin to take the time.</summary>
    const nuint StampOf = 0x8907;

    /// <summary>A stamp that is older was of another packet, or the wall clock was set.</summary>
    const long Oldest = 5_000_000_000;

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>ns, CLOCK_MONOTONIC; now, where the kernel does not say.</summary>
    public static long Of(Socket socket)
    {
        TimeSpec stamp;
        var known = Control((int)socket.Handle, StampOf, &stamp) == 0;
        var now = Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
        if (!known) return now;
        var age = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick - (stamp.Seconds * 1_000_000_000 + stamp.Nanoseconds);
        return age is >= 0 and < Oldest ? now - age : now;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, TimeSpec* stamp);
}
