using System.Buffers.Binary;

namespace CallCenter.Media.Srtp;

/// <summary>The parts of a secured RTCP packet (RFC 3711 §3.4, RFC 7714 §9): the tag stands behind the word with the index in AES-CM, before it in AES-GCM.</summary>
readonly ref struct SrtpControl(Span<byte> packet, Span<byte> trailer, Span<byte> tag)
{
    /// <summary>Head of the first report and its SSRC, which stay readable.</summary>
    public const int Clear = 8;

    public const int TrailerSize = 4;

    /// <summary>Set where the packet is encrypted; what follows is the index, from 0.</summary>
    public const uint EncryptedFlag = 1u << 31, IndexMask = EncryptedFlag - 1;

    const int SsrcAt = 4;

    public Span<byte> Packet { get; } = packet;
    public Span<byte> Trailer { get; } = trailer;
    public Span<byte> Tag { get; } = tag;

    /// <param name="whole">At least as long as trailer and tag.</param>
    public static SrtpControl Of(Span<byte> whole, SrtpSuite suite)
    {
        var length = whole.Length - TrailerSize - suite.ControlTagSize;
        return suite.IsAead
            ? new(whole[..length], whole[^TrailerSize..], whole[length..^TrailerSize])
            : new(whole[..length], whole.Slice(length, TrailerSize), whole[(length + TrailerSize)..]);
    }

    public static uint Ssrc(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[SsrcAt..]);
}
