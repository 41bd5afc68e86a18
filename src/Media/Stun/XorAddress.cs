using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Stun;

/// <summary>
/// The value of XOR-MAPPED-ADDRESS: an address that no NAT on its way rewrites, for it is XORed with cookie and transaction (RFC 8489 §14.2).
/// <code>
/// | 0 | family: 1 = IPv4, 2 = IPv6 | port ⊕ first half of the cookie |
/// | address ⊕ cookie, transaction                                    |
/// </code>
/// </summary>
static class XorAddress
{
    /// <summary>Cookie and transaction, as they stand in the header.</summary>
    public const int MaskSize = sizeof(uint) + StunMessage.TransactionSize;

    const byte Family4 = 1, Family6 = 2;
    const int Head = 4, Size4 = 4, Size6 = 16;

    public static int SizeOf(in PeerName peer) => Head + peer.AddressBytes.Length;

    public static void Write(Span<byte> value, in PeerName peer, ReadOnlySpan<byte> mask)
    {
        var address = peer.AddressBytes;
        value[1] = address.Length == Size4 ? Family4 : Family6;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(peer.Port ^ BinaryPrimitives.ReadUInt16BigEndian(mask)));
        for (var i = 0; i < address.Length; i++) value[Head + i] = (byte)(address[i] ^ mask[i]);
    }

    public static bool TryRead(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask, [NotNullWhen(true)] out IPEndPoint? point)
    {
        point = null;
        if (value.Length <= Head || value.Length - Head != (value[1] switch { Family4 => Size4, Family6 => Size6, _ => 0 })) return false;
        Span<byte> address = stackalloc byte[value.Length - Head];
        for (var i = 0; i < address.Length; i++) address[i] = (byte)(value[Head + i] ^ mask[i]);
        point = new(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ BinaryPrimitives.ReadUInt16BigEndian(mask));
        return true;
    }
}
