using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>
/// The RTP fixed header (RFC 3550 §5.1) and where the payload lies behind CSRC list and extension.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                        CSRC × CC, then extension if X         |
/// </code>
/// </summary>
/// <param name="PayloadType">0–127.</param>
/// <param name="Timestamp">In samples, 8 per ms.</param>
/// <param name="PayloadOffset">Bytes from the packet's start, 12 or more.</param>
/// <param name="PayloadLength">Without padding.</param>
public readonly record struct RtpHeader(bool Marker, byte PayloadType, ushort Sequence, uint Timestamp, uint Ssrc, int PayloadOffset, int PayloadLength)
{
    /// <summary>It did not come itself: what it said was repeated by the packet after it, in fewer bits.</summary>
    public bool IsRecovered { get; init; }

    public const int Size = 12;
    const int Version = 2;
    const int VersionShift = 6, PaddingBit = 0x20, ExtensionBit = 0x10, CsrcMask = 0x0F, MarkerBit = 0x80, TypeMask = 0x7F;
    const int SequenceAt = 2, TimestampAt = 4, SsrcAt = 8, ExtensionHeaderSize = 4, ExtensionLengthAt = 2, Word = 4;

    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (!TryMeasure(packet, out var offset, out var sequence, out var ssrc)) return false;
        var padding = (packet[0] & PaddingBit) != 0 ? packet[^1] : 0;
        var length = packet.Length - offset - padding;
        if (length < 0 || (packet[0] & PaddingBit) != 0 && padding == 0) return false; // the count includes itself, so it is never 0
        header = new((packet[1] & MarkerBit) != 0, (byte)(packet[1] & TypeMask),
            sequence, BinaryPrimitives.ReadUInt32BigEndian(packet[TimestampAt..]), ssrc, offset, length);
        return true;
    }

    /// <summary>What can be read of a secured packet too: where the payload begins, the number, the source. Padding is told by its last byte, which is encrypted there.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> packet, out int payloadOffset, out ushort sequence, out uint ssrc)
    {
        (payloadOffset, sequence, ssrc) = (Size, 0, 0);
        if (packet.Length < Size || packet[0] >> VersionShift != Version) return false;
        payloadOffset += Word * (packet[0] & CsrcMask);
        if ((packet[0] & ExtensionBit) != 0)
        {
            if (packet.Length < payloadOffset + ExtensionHeaderSize) return false;
            payloadOffset += ExtensionHeaderSize + Word * BinaryPrimitives.ReadUInt16BigEndian(packet[(payloadOffset + ExtensionLengthAt)..]);
        }
        (sequence, ssrc) = (BinaryPrimitives.ReadUInt16BigEndian(packet[SequenceAt..]), BinaryPrimitives.ReadUInt32BigEndian(packet[SsrcAt..]));
        return payloadOffset <= packet.Length;
    }

    /// <summary>Writes a plain 12-byte header: no padding, no extension, no CSRC.</summary>
    public static void Write(Span<byte> packet, bool marker, byte payloadType, ushort sequence, uint timestamp, uint ssrc)
    {
        packet[0] = Version << VersionShift;
        packet[1] = (byte)((marker ? MarkerBit : 0) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(packet[SequenceAt..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[TimestampAt..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[SsrcAt..], ssrc);
    }
}
