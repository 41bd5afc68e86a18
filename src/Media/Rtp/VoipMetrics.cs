using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>
/// The VoIP metrics block of an extended report (RFC 3611 §4.7), 36 bytes; all since the beginning of reception.
/// <code>
///  0  BT = 7 | 0 | 8 words            20  signal, noise (dBm0) | RERL | Gmin
///  4  SSRC of the source              24  R | external R | MOS-LQ × 10 | MOS-CQ × 10
///  8  loss | discard | burst | gap    28  receiver configuration | 0 | buffer nominal
/// 12  burst ms | gap ms               32  buffer maximum | absolute maximum
/// 16  round trip ms | end system ms
/// </code>
/// </summary>
/// <param name="Loss">1/256 of the packets.</param>
/// <param name="Discard">1/256: came, but too late to be played.</param>
/// <param name="BurstDensity">1/256 of the packets in bursts that were lost or discarded.</param>
/// <param name="GapDensity">1/256 of those between bursts.</param>
/// <param name="BurstLength">Mean, ms.</param>
/// <param name="GapLength">Mean, ms.</param>
/// <param name="RoundTrip">ms; 0 = unknown.</param>
/// <param name="EndSystemDelay">ms, of the reporter; 0 = unknown.</param>
/// <param name="Rating">0–100, or <see cref="Unknown"/>.</param>
/// <param name="ListeningMos">MOS-LQ, 10–50 for 1–5, or <see cref="Unknown"/>.</param>
/// <param name="ConversationalMos">MOS-CQ likewise: with delay.</param>
public readonly record struct VoipMetrics(
    uint Ssrc, byte Loss, byte Discard, byte BurstDensity, byte GapDensity, ushort BurstLength, ushort GapLength, ushort RoundTrip, ushort EndSystemDelay,
    byte Rating, byte ListeningMos, byte ConversationalMos)
{
    public const int Size = 36;
    internal const byte BlockType = 7;

    /// <summary>What cannot be told.</summary>
    public const byte Unknown = 127;

    public static VoipMetrics Read(ReadOnlySpan<byte> b) => new(
        BinaryPrimitives.ReadUInt32BigEndian(b[4..]), b[8], b[9], b[10], b[11], Short(b, 12), Short(b, 14), Short(b, 16), Short(b, 18), b[24], b[26], b[27]);

    /// <summary>Signal levels, return loss and buffers are not ours to know: packets go straight through.</summary>
    public void Write(Span<byte> b)
    {
        b[..Size].Clear();
        (b[0], b[3]) = (BlockType, Size / 4 - 1);
        BinaryPrimitives.WriteUInt32BigEndian(b[4..], Ssrc);
        (b[8], b[9], b[10], b[11]) = (Loss, Discard, BurstDensity, GapDensity);
        BinaryPrimitives.WriteUInt16BigEndian(b[12..], BurstLength);
        BinaryPrimitives.WriteUInt16BigEndian(b[14..], GapLength);
        BinaryPrimitives.WriteUInt16BigEndian(b[16..], RoundTrip);
        BinaryPrimitives.WriteUInt16BigEndian(b[18..], EndSystemDelay);
        (b[20], b[21], b[22], b[23]) = (Unknown, Unknown, Unknown, LossPattern.Gmin);
        (b[24], b[25], b[26], b[27]) = (Rating, Unknown, ListeningMos, ConversationalMos);
    }

    static ushort Short(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt16BigEndian(b[at..]);
}
