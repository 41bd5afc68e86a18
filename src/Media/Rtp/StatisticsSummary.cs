using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>
/// The statistics summary block of an extended report (RFC 3611 §4.6), 40 bytes, about an interval of sequence numbers.
/// <code>
///  0  BT = 6 | L D J ToH | 9 words    20  least, 24 most, 28 mean, 32 deviation of |D|
///  4  SSRC of the source              36  TTL: least, most, mean, deviation
///  8  first | last + 1
/// 12  lost    16  came twice
/// </code>
/// </summary>
/// <param name="First">Sequence number.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Lost">Null if not told, as with the others.</param>
/// <param name="LeastJitter">Timestamp units, as the following.</param>
public readonly record struct StatisticsSummary(uint Ssrc, ushort First, ushort End, uint? Lost, uint? Duplicates, uint? LeastJitter, uint? MostJitter, uint? MeanJitter, uint? JitterDeviation)
{
    public const int Size = 40;
    internal const byte BlockType = 6;
    const byte LossFlag = 0x80, DuplicateFlag = 0x40, JitterFlag = 0x20;

    public static StatisticsSummary Read(ReadOnlySpan<byte> b)
    {
        var jitter = (b[1] & JitterFlag) != 0;
        return new(
            Word(b, 4), BinaryPrimitives.ReadUInt16BigEndian(b[8..]), BinaryPrimitives.ReadUInt16BigEndian(b[10..]),
            (b[1] & LossFlag) != 0 ? Word(b, 12) : null, (b[1] & DuplicateFlag) != 0 ? Word(b, 16) : null,
            jitter ? Word(b, 20) : null, jitter ? Word(b, 24) : null, jitter ? Word(b, 28) : null, jitter ? Word(b, 32) : null);
    }

    public void Write(Span<byte> b)
    {
        b[..Size].Clear();
        (b[0], b[3]) = (BlockType, Size / 4 - 1);
        b[1] = (byte)((Lost is null ? 0 : LossFlag) | (Duplicates is null ? 0 : DuplicateFlag) | (MeanJitter is null ? 0 : JitterFlag));
        BinaryPrimitives.WriteUInt32BigEndian(b[4..], Ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(b[8..], First);
        BinaryPrimitives.WriteUInt16BigEndian(b[10..], End);
        BinaryPrimitives.WriteUInt32BigEndian(b[12..], Lost ?? 0);
        BinaryPrimitives.WriteUInt32BigEndian(b[16..], Duplicates ?? 0);
        BinaryPrimitives.WriteUInt32BigEndian(b[20..], LeastJitter ?? 0);
        BinaryPrimitives.WriteUInt32BigEndian(b[24..], MostJitter ?? 0);
        BinaryPrimitives.WriteUInt32BigEndian(b[28..], MeanJitter ?? 0);
        BinaryPrimitives.WriteUInt32BigEndian(b[32..], JitterDeviation ?? 0);
    }

    static uint Word(ReadOnlySpan<byte> b, int at) => BinaryPrimitives.ReadUInt32BigEndian(b[at..]);
}
