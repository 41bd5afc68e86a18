using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CallCenter.Sip.Transport;

/// <summary>sockaddr_in and sockaddr_in6 to <see cref="IPEndPoint"/> and back. Peers are few and talk often, so their end points are kept.</summary>
/// <remarks>
/// <code>
/// sockaddr_in   0 family(2)  2 port(2, network order)  4 address(4)
/// sockaddr_in6  0 family(2)  2 port(2, network order)  4 flow(4)  8 address(16)  24 scope(4)
/// </code>
/// </remarks>
sealed class SockAddress(AddressFamily family)
{
    public const int Size = 28;

    const ushort Inet = 2, Inet6 = 10;
    const int MostKept = 16_384;

    readonly Dictionary<(UInt128 Address, uint PortAndScope), IPEndPoint> kept = [];

    /// <summary>Null for a family that is neither. IPv4 mapped into IPv6 is told as IPv4.</summary>
    public IPEndPoint? Read(ReadOnlySpan<byte> address)
    {
        var found = BinaryPrimitives.ReadUInt16LittleEndian(address);
        if (found is not (Inet or Inet6)) return null;
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        var scope = found == Inet6 ? BinaryPrimitives.ReadUInt32LittleEndian(address[24..]) : 0;
        var number = found == Inet6 ? BinaryPrimitives.ReadUInt128BigEndian(address[8..]) : BinaryPrimitives.ReadUInt32BigEndian(address[4..]);
        var key = (number, port | scope << 16);
        if (kept.TryGetValue(key, out var known)) return known;
        if (kept.Count == MostKept) kept.Clear();
        var ip = found == Inet6 ? new IPAddress(address.Slice(8, 16), scope) : new IPAddress(address.Slice(4, 4));
        return kept[key] = new(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
    }

    /// <summary>False where this socket cannot reach that family.</summary>
    public bool TryWrite(IPEndPoint remote, Span<byte> address, out int length)
    {
        length = family == AddressFamily.InterNetworkV6 ? 28 : 16;
        var isIpv6 = remote.AddressFamily == AddressFamily.InterNetworkV6;
        if (isIpv6 && family == AddressFamily.InterNetwork) return false;
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, family == AddressFamily.InterNetworkV6 ? Inet6 : Inet);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], (ushort)remote.Port);
        if (family == AddressFamily.InterNetwork) return remote.Address.TryWriteBytes(address[4..], out _);
        if (isIpv6) BinaryPrimitives.WriteUInt32LittleEndian(address[24..], (uint)remote.Address.ScopeId);
        else address[18] = address[19] = 0xFF; // ::ffff:a.b.c.d
        return remote.Address.TryWriteBytes(isIpv6 ? address[8..] : address[20..], out _);
    }
}
