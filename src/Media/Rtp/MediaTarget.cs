using System.Net;

namespace CallCenter.Media.Rtp;

/// <summary>
/// Where media may be sent because SDP says so, before anything came from there. A leg sends its own 50 packets a second and never two for one, and a
/// peer that is not heard is asked by signalling whether it is there; what is left to forbid is what no peer can mean.
/// </summary>
static class MediaTarget
{
    /// <param name="signaller">Whence the peer signals; null: from an edge of ours, which is believed.</param>
    /// <param name="own">The leg's own address, as SDP says it.</param>
    /// <param name="bound">The address of its socket.</param>
    public static bool Allows(IPEndPoint target, IPAddress? signaller, IPEndPoint own, IPAddress bound)
    {
        var address = Plain(target.Address);
        if (target.Port == 0 || IsNobody(address) || IsMany(address)) return false;
        var isOwn = address.Equals(own.Address) || address.Equals(bound);
        if (isOwn && (target.Port | 1) == (own.Port | 1)) return false; // a leg that hears itself
        if (signaller is null) return true;
        var from = Plain(signaller);
        if (IPAddress.IsLoopback(address)) return IPAddress.IsLoopback(from) || IPAddress.IsLoopback(bound);
        return !isOwn || from.Equals(address) || IPAddress.IsLoopback(from); // our own ports, for who is on this machine
    }

    /// <summary>The same address, however the socket tells it.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static bool IsNobody(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>224.0.0.0/4 and the limited broadcast; ff00::/8.</summary>
    static bool IsMany(IPAddress address)
    {
        const byte firstMulticast = 224;
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork) return address.IsIPv6Multicast;
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes[0] >= firstMulticast || bytes[0] == 0;
    }
}
