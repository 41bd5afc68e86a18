using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>A reception report block of 24 bytes (RFC 3550 §6.4.1).</summary>
/// <param name="FractionLost">1/256 since the previous report.</param>
/// <param name="Lost">24 bits with sign.</param>
/// <param name="Jitter">Timestamp units.</param>
/// <param name="LastReport">Middle of the NTP time of the last sender report from the source; 0 = none.</param>
/// <param name="DelaySinceLast">1/65536 s between receiving that and sending this.</param>
public readonly record struct ReportBlock(uint Ssrc, byte FractionLost, int Lost, uint HighestSequence, uint Jitter, uint LastReport, uint DelaySinceLast)
{
    public const int Size = 24;

    public static ReportBlock Read(ReadOnlySpan<byte> b) => new(
        BinaryPrimitives.ReadUInt32BigEndian(b), b[4], BinaryPrimitives.ReadInt32BigEndian(b[4..]) << 8 >> 8,
        BinaryPrimitives.ReadUInt32BigEndian(b[8..]), BinaryPrimitives.ReadUInt32BigEndian(b[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(b[16..]), BinaryPrimitives.ReadUInt32BigEndian(b[20..]));

    public void Write(Span<byte> b)
    {
        BinaryPrimitives.WriteUInt32BigEndian(b, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(b[4..], Lost & 0xFFFFFF | FractionLost << 24);
        BinaryPrimitives.WriteUInt32BigEndian(b[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(b[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(b[16..], LastReport);
        BinaryPrimitives.WriteUInt32BigEndian(b[20..], DelaySinceLast);
    }
}
