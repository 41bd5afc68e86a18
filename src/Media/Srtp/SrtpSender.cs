using System.Buffers.Binary;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Srtp;

/// <summary>
/// Secures the one stream that a leg is sent, and its reports (RFC 3711 §3.3, §3.4; RFC 7714). No index is used twice, whatever comes in:
/// two packets under one index would give away what they say.
/// <code>
/// RTP:  header | payload, encrypted | tag
/// RTCP: 8 bytes | rest, encrypted | E, index | tag          (AES-CM)
///       8 bytes | rest, encrypted | tag | E, index          (AES-GCM)
/// </code>
/// </summary>
public sealed class SrtpSender(SrtpSuite suite, SrtpMasterKey key) : IDisposable
{
    readonly SrtpTransform media = SrtpTransform.Media(suite, key, seals: true), control = SrtpTransform.Control(suite, key, seals: true);
    ReplayWindow sent;
    bool started;
    uint source, controlIndex;

    /// <summary>Bytes that a secured packet is longer by, at most.</summary>
    public const int MaxGrowth = SrtpControl.TrailerSize + SrtpSuite.MaxTagSize;

    /// <summary>A secured copy of an RTP packet. False: its number was used before, is behind by 128 or more, or it is of another source than the first one.</summary>
    /// <param name="room">At least <see cref="MaxGrowth"/> longer than the packet.</param>
    public bool TryProtect(ReadOnlySpan<byte> packet, Span<byte> room, out Span<byte> secured)
    {
        secured = default;
        if (!RtpHeader.TryMeasure(packet, out var clear, out var sequence, out var ssrc)) return false;
        var index = started ? PacketIndex.Guess(sent.Highest, sequence) : sequence;
        if (started && (ssrc != source || !sent.Admits(index))) return false;
        if (started) sent.Note(index);
        else (started, source, sent) = (true, ssrc, new(index));
        secured = room[..(packet.Length + suite.TagSize)];
        packet.CopyTo(secured);
        Span<byte> rollOver = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(rollOver, PacketIndex.RollOver(index));
        media.Seal(secured[..packet.Length], clear, ssrc, index, rollOver, secured[packet.Length..]);
        return true;
    }

    /// <summary>Secures a compound of RTCP where it stands.</summary>
    /// <param name="length">Of the plain one; the rest of <paramref name="buffer"/> is room.</param>
    /// <returns>The new length; 0: not RTCP, or the key is worn out.</returns>
    public int ProtectControl(Span<byte> buffer, int length)
    {
        if (length < SrtpControl.Clear || controlIndex > SrtpControl.IndexMask) return 0;
        var parts = SrtpControl.Of(buffer[..(length + SrtpControl.TrailerSize + suite.ControlTagSize)], suite);
        var ssrc = SrtpControl.Ssrc(buffer);
        BinaryPrimitives.WriteUInt32BigEndian(parts.Trailer, SrtpControl.EncryptedFlag | controlIndex);
        control.Seal(parts.Packet, SrtpControl.Clear, ssrc, controlIndex++, parts.Trailer, parts.Tag);
        return length + SrtpControl.TrailerSize + suite.ControlTagSize;
    }

    public void Dispose()
    {
        media.Dispose();
        control.Dispose();
    }
}
