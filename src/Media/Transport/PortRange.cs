using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CallCenter.Media.Transport;

/// <summary>
/// The port pairs of the range. Taken by the signalling thread, given back by loop threads; the one unused for longest goes first.
/// A pair that does not bind is another program's: it is passed over, and tried again in its turn.
/// </summary>
sealed class PortRange
{
    readonly ConcurrentQueue<int> free = new();
    readonly MediaOptions options;

    public PortRange(MediaOptions options)
    {
        this.options = options;
        for (var port = options.PortFirst; port < options.PortLast; port += 2) free.Enqueue(port);
    }

    public LegRefusal TryOpen(out LegSockets sockets)
    {
        sockets = default;
        for (var tries = free.Count; tries > 0 && free.TryDequeue(out var port); tries--)
        {
            var rtp = Open();
            var rtcp = Open();
            sockets = new(rtp, rtcp, port);
            if (rtp >= 0 && rtcp >= 0 && Bind(rtp, port) && Bind(rtcp, port + 1)) return LegRefusal.None;
            if (rtp >= 0) Libc.Close(rtp);
            if (rtcp >= 0) Libc.Close(rtcp);
            free.Enqueue(port);
            if (rtp < 0 || rtcp < 0) return LegRefusal.NoSockets;
        }
        return LegRefusal.PortsExhausted;
    }

    public void Return(int port) => free.Enqueue(port);

    /// <summary>The address to advertise for a bind address: itself, or for "any" the first one of an interface that is up and no loopback.</summary>
    public static IPAddress AddressFor(IPAddress bind)
    {
        if (!bind.Equals(IPAddress.Any) && !bind.Equals(IPAddress.IPv6Any)) return bind;
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(u => u.Address)
            .FirstOrDefault(a => a.AddressFamily == bind.AddressFamily && !a.IsIPv6LinkLocal);
        return own ?? (bind.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback);
    }

    unsafe int Open()
    {
        var v4 = options.BindAddress.AddressFamily == AddressFamily.InterNetwork;
        var fd = Libc.Socket(v4 ? Libc.AfInet : Libc.AfInet6, Libc.SockDgram | Libc.SockNonblock | Libc.SockCloexec, 0);
        if (fd < 0) return fd;
        var tos = options.Dscp << 2;
        Libc.SetSocketOption(fd, v4 ? Libc.IpprotoIp : Libc.IpprotoIpv6, v4 ? Libc.IpTos : Libc.Ipv6Tclass, &tos, sizeof(int));
        return fd;
    }

    unsafe bool Bind(int fd, int port)
    {
        var name = PeerName.Of(new(options.BindAddress, port));
        fixed (byte* raw = name.Bytes) return Libc.Bind(fd, raw, name.Length) == 0;
    }
}
