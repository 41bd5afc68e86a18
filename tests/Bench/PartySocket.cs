using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using CallCenter.Media.Transport;

namespace CallCenter.Bench;

/// <summary>A party's own UDP socket on loopback. Connected to its leg, it looks for no way at each packet: what a party costs is taken from the cores under test.</summary>
sealed unsafe partial class PartySocket : IDisposable
{
    const int TimestampsNs = 35; // SO_TIMESTAMPNS
    const int StampAt = 16; // behind a struct cmsghdr

    /// <summary>What comes beside each packet: its stamp.</summary>
    public const int ControlSize = StampAt + 2 * sizeof(long);

    public PartySocket()
    {
        Descriptor = Libc.Socket(Libc.AfInet, Libc.SockDgram | Libc.SockNonblock, 0);
        var name = PeerName.Of(new(IPAddress.Loopback, 0));
        var (length, on) = (name.Length, 1);
        fixed (byte* raw = name.Bytes)
        {
            if (Libc.SetSocketOption(Descriptor, Libc.SolSocket, TimestampsNs, &on, sizeof(int)) < 0) throw new Win32Exception();
            if (Libc.Bind(Descriptor, raw, length) < 0 || Libc.GetSocketName(Descriptor, raw, &length) < 0) throw new Win32Exception();
        }
        Local = name.ToEndPoint()!;
    }

    public int Descriptor { get; }

    public IPEndPoint Local { get; }

    public void Connect(IPEndPoint to)
    {
        var name = PeerName.Of(to);
        fixed (byte* raw = name.Bytes)
            if (Connect(Descriptor, raw, name.Length) < 0) throw new Win32Exception();
    }

    public void Dispose() => Libc.Close(Descriptor);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int fd, byte* name, uint length);

    /// <summary>ns, CLOCK_REALTIME: when the kernel had a packet. A reader that waits for its turn does not make it late.</summary>
    public static long At(ReadOnlySpan<byte> control)
    {
        if (control.Length < ControlSize) throw new InvalidOperationException("the kernel did not say when a packet came");
        return MemoryMarshal.Read<long>(control[StampAt..]) * 1_000_000_000 + MemoryMarshal.Read<long>(control[(StampAt + sizeof(long))..]);
    }
}
