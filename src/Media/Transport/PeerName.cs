using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport;

/// <summary>
/// A socket address as the kernel writes it (sockaddr_in, sockaddr_in6), compared and sent without allocation.
/// <code>
/// IPv4: family 2 | port 2 (network order) | address 4
/// IPv6: family 2 | port 2 | flow 4 | address 16 | scope 4
/// </code>
/// </summary>
[InlineArray(Size)]
struct PeerNameBytes
{
    public const int Size = 28;
    byte first;
}

struct PeerName : IEquatable<PeerName>
{
    const int PortAt = 2, Address4At = 4, Address6At = 8, ScopeAt = 24, Length4 = 16, Length6 = 28;

    PeerNameBytes bytes;

    public readonly int Family => MemoryMarshal.Read<ushort>(bytes);

    public readonly bool IsNone => Family == 0;

    public readonly uint Length => Family == Libc.AfInet ? Length4 : (uint)Length6;

    public readonly int Port => BinaryPrimitives.ReadUInt16BigEndian(bytes[PortAt..]);

    [UnscopedRef]
    public Span<byte> Bytes => bytes;

    /// <summary>4 bytes of IPv4, else 16.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AddressBytes => Family == Libc.AfInet ? bytes[Address4At..(Address4At + 4)] : bytes[Address6At..(Address6At + 16)];

    public static PeerName Of(IPEndPoint point)
    {
        var name = default(PeerName);
        var v4 = point.AddressFamily == AddressFamily.InterNetwork;
        MemoryMarshal.Write(name.bytes, (ushort)(v4 ? Libc.AfInet : Libc.AfInet6));
        BinaryPrimitives.WriteUInt16BigEndian(name.bytes[PortAt..], (ushort)point.Port);
        point.Address.TryWriteBytes(name.bytes[(v4 ? Address4At : Address6At)..], out _);
        if (!v4) MemoryMarshal.Write(name.bytes[ScopeAt..], (uint)point.Address.ScopeId);
        return name;
    }

    public static PeerName FromKernel(ReadOnlySpan<byte> raw)
    {
        var name = default(PeerName);
        raw[..Math.Min(raw.Length, PeerNameBytes.Size)].CopyTo(name.bytes);
        return name;
    }

    /// <summary>For events and logs; allocates.</summary>
    public readonly IPEndPoint? ToEndPoint() => IsNone ? null : new(new IPAddress(AddressBytes), Port);

    public readonly bool SameAddress(in PeerName other) => Family == other.Family && AddressBytes.SequenceEqual(other.AddressBytes);

    /// <summary>Family, port and address; the IPv4 padding and the IPv6 flow label say nothing about who sent.</summary>
    public readonly bool Equals(PeerName other) => Port == other.Port && SameAddress(other);

    public override readonly bool Equals(object? obj) => obj is PeerName other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Family, Port);
}
