using System.Buffers.Binary;

namespace CallCenter.Media.Rtp;

/// <summary>What a sender report says of our own stream (RFC 3550 §6.4.1).</summary>
/// <param name="Time">NTP time of sending.</param>
/// <param name="Timestamp">The same instant on the stream's timeline.</param>
public readonly record struct SenderInfo(NtpTime Time, uint Timestamp, uint Packets, uint Octets);

/// <summary>Builds a compound RTCP packet: report, CNAME, an extended report, and BYE if the leg ends (RFC 3550 §6.1).</summary>
public ref struct RtcpWriter(Span<byte> buffer)
{
    /// <summary>Room for SR + one block + a CNAME of 64 bytes + XR with two blocks + BYE.</summary>
    public const int MaxSize = 256;
    const int HeadSize = 4, SenderInfoSize = 20, VersionBits = 2 << 6;
    const byte Cname = 1;

    readonly Span<byte> buffer = buffer;

    public int Length { get; private set; }

    /// <summary>A sender report if we sent since the last one, else a receiver report (§6.4).</summary>
    public void Report(uint ssrc, SenderInfo? sent, ReportBlock? about)
    {
        var body = 4 + (sent is null ? 0 : SenderInfoSize) + (about is null ? 0 : ReportBlock.Size);
        var b = Begin(sent is null ? RtcpType.ReceiverReport : RtcpType.SenderReport, about is null ? 0 : 1, body);
        BinaryPrimitives.WriteUInt32BigEndian(b, ssrc);
        b = b[4..];
        if (sent is { } s)
        {
            BinaryPrimitives.WriteUInt64BigEndian(b, s.Time.Value);
            BinaryPrimitives.WriteUInt32BigEndian(b[8..], s.Timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(b[12..], s.Packets);
            BinaryPrimitives.WriteUInt32BigEndian(b[16..], s.Octets);
            b = b[SenderInfoSize..];
        }
        about?.Write(b);
    }

    /// <summary>SDES with one chunk and the CNAME only (§6.5.1): it names the endpoint, never a person.</summary>
    public void SourceDescription(uint ssrc, ReadOnlySpan<byte> cname)
    {
        var size = 4 + 2 + cname.Length + 1 + 3 & ~3; // ssrc, type, length, text, at least one zero, to a word
        var b = Begin(RtcpType.SourceDescription, 1, size);
        BinaryPrimitives.WriteUInt32BigEndian(b, ssrc);
        b[4] = Cname;
        b[5] = (byte)cname.Length;
        cname.CopyTo(b[6..]);
        b[(6 + cname.Length)..].Clear();
    }

    /// <summary>XR with both blocks about one source (RFC 3611 §2). Who does not know it passes it over (RFC 3550 §6.1).</summary>
    public void ExtendedReport(uint ssrc, in StatisticsSummary lately, in VoipMetrics sinceBeginning)
    {
        var b = Begin(RtcpType.ExtendedReport, 0, 4 + StatisticsSummary.Size + VoipMetrics.Size);
        BinaryPrimitives.WriteUInt32BigEndian(b, ssrc);
        lately.Write(b[4..]);
        sinceBeginning.Write(b[(4 + StatisticsSummary.Size)..]);
    }

    public void Goodbye(uint ssrc) => BinaryPrimitives.WriteUInt32BigEndian(Begin(RtcpType.Goodbye, 1, 4), ssrc);

    Span<byte> Begin(RtcpType type, int count, int bodySize)
    {
        var at = buffer.Slice(Length, HeadSize + bodySize);
        at[0] = (byte)(VersionBits | count);
        at[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(at[2..], (ushort)(bodySize / 4));
        Length += HeadSize + bodySize;
        return at[HeadSize..];
    }
}
