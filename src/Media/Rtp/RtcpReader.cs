using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>RTCP packet types (RFC 3550 §12.1).</summary>
public enum RtcpType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    Application = 204,

    /// <summary>RFC 3611.</summary>
    ExtendedReport = 207,
}

/// <summary>One packet of a compound: its type, count field and body behind the 4-byte head.</summary>
public readonly ref struct RtcpPacket(RtcpType type, int count, ReadOnlySpan<byte> body)
{
    const int Word = 4, SenderInfoSize = 20;

    public RtcpType Type { get; } = type;
    public int Count { get; } = count;
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The source that speaks.</summary>
    public bool TryReadSsrc(out uint ssrc) => BinaryPrimitives.TryReadUInt32BigEndian(Body, out ssrc);

    /// <summary>Sender info (§6.4.1): the NTP time of a sender report.</summary>
    public bool TryReadSenderTime(out NtpTime time)
    {
        time = default;
        if (Type != RtcpType.SenderReport || Body.Length < Word + SenderInfoSize) return false;
        time = new(BinaryPrimitives.ReadUInt64BigEndian(Body[Word..]));
        return true;
    }

    /// <summary>The blocks of an extended report (RFC 3611 §2).</summary>
    public bool TryOpenBlocks(out XrReader blocks)
    {
        var fits = Type == RtcpType.ExtendedReport && Body.Length >= Word;
        blocks = fits ? new(Body[Word..]) : default;
        return fits;
    }

    /// <summary>The n-th report block of a sender or receiver report.</summary>
    public bool TryReadReport(int index, out ReportBlock block)
    {
        block = default;
        var at = (Type == RtcpType.SenderReport ? Word + SenderInfoSize : Word) + index * ReportBlock.Size;
        if (Type > RtcpType.ReceiverReport || index >= Count || Body.Length < at + ReportBlock.Size) return false;
        block = ReportBlock.Read(Body[at..]);
        return true;
    }
}

/// <summary>
/// Walks a compound RTCP packet (RFC 3550 §6.1, validity checks of A.2).
/// <code>
/// |V=2|P|   RC    |      PT       |   length in words − 1         |
/// </code>
/// </summary>
public ref struct RtcpReader
{
    const int HeadSize = 4, Version = 2, VersionShift = 6, PaddingBit = 0x20, CountMask = 0x1F;

    ReadOnlySpan<byte> rest;

    RtcpReader(ReadOnlySpan<byte> compound) => rest = compound;

    /// <summary>False unless every packet is of version 2, the first a report without padding, and the lengths add up.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> compound, out RtcpReader reader)
    {
        reader = default;
        if (compound.Length < 2 * HeadSize || (RtcpType)compound[1] is not (RtcpType.SenderReport or RtcpType.ReceiverReport)) return false;
        if ((compound[0] & PaddingBit) != 0) return false;
        var walk = compound;
        while (!walk.IsEmpty)
        {
            if (walk.Length < HeadSize || walk[0] >> VersionShift != Version || SizeOf(walk) > walk.Length) return false;
            walk = walk[SizeOf(walk)..];
        }
        reader = new(compound);
        return true;
    }

    public bool TryNext(out RtcpPacket packet)
    {
        packet = default;
        if (rest.IsEmpty) return false;
        var size = SizeOf(rest);
        packet = new((RtcpType)rest[1], rest[0] & CountMask, rest[HeadSize..size]);
        rest = rest[size..];
        return true;
    }

    static int SizeOf(ReadOnlySpan<byte> packet) => 4 * (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1);
}
