using CallCenter.Media.Rtp;

namespace CallCenter.Media.Transport;

/// <summary>The RTCP side of a leg: when to report, what the peer reported (RFC 3550 §6.4).</summary>
struct LegReports
{
    uint lastSenderReport, packetsAtLast;
    long lastSenderReportAt;

    /// <summary>ns.</summary>
    public long Next { get; private set; }

    public ReportBlock? Remote { get; private set; }

    /// <summary>ms, from the peer's last report on us (§6.4.1, figure 2).</summary>
    public double? RoundTrip { get; private set; }

    /// <summary>Spread over 0.5–1.5 of the interval, so that reports of many legs never march in step (§6.3.1).</summary>
    public void Schedule(long now, long interval, Random random) => Next = now + interval / 2 + random.NextInt64(interval);

    public void Take(ReadOnlySpan<byte> compound, uint ourSsrc, NtpTime now, long at)
    {
        if (!RtcpReader.TryOpen(compound, out var reader)) return;
        while (reader.TryNext(out var packet))
        {
            if (packet.TryReadSenderTime(out var sent)) (lastSenderReport, lastSenderReportAt) = (sent.Middle, at);
            for (var i = 0; packet.TryReadReport(i, out var block); i++)
                if (block.Ssrc == ourSsrc) Take(block, now);
        }
    }

    void Take(in ReportBlock block, NtpTime now)
    {
        Remote = block;
        if (block.LastReport == 0) return;
        var trip = (int)(now.Middle - block.LastReport - block.DelaySinceLast); // 1/65536 s
        if (trip >= 0) RoundTrip = trip * 1000.0 / 65536;
    }

    /// <param name="clock">Units of the peers' RTP clock in a sample of ours (<see cref="Codecs.Audio.ClockUnits"/>).</param>
    public int Write(Span<byte> buffer, ref ReceiveStatistics received, in OutgoingStream sent, NtpTime time, long now, ReadOnlySpan<byte> cname, bool goodbye, uint clock)
    {
        var writer = new RtcpWriter(buffer);
        SenderInfo? info = sent.Packets == packetsAtLast ? null : new(time, sent.TimestampAt(now) * clock, sent.Packets, sent.Octets);
        packetsAtLast = sent.Packets;
        ReportBlock? about = received.Started
            ? new(received.Ssrc, received.TakeFractionLost(), received.Lost, received.ExtendedHighest, received.Jitter * clock, lastSenderReport,
                lastSenderReport == 0 ? 0 : (uint)((now - lastSenderReportAt) * 65536 / MediaClock.PerSecond))
            : null;
        writer.Report(sent.Ssrc, info, about);
        writer.SourceDescription(sent.Ssrc, cname);
        if (goodbye) writer.Goodbye(sent.Ssrc);
        return writer.Length;
    }
}
