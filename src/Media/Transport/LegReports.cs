using CallCenter.Media.Codecs;
using CallCenter.Media.Quality;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Transport;

/// <summary>The RTCP side of a leg: when to report, what the peer reported (RFC 3550 §6.4, RFC 3611).</summary>
struct LegReports
{
    uint lastSenderReport, packetsAtLast, reports;
    long lastSenderReportAt;
    double reportedLoss, reportedJitter;
    ulong lostAtLast, duplicatesAtLast;
    ushort endOfLast;
    uint ssrcOfLast;

    /// <summary>ns.</summary>
    public long Next { get; private set; }

    public ReportBlock? Remote { get; private set; }

    /// <summary>What the peer's extended report last said of our stream.</summary>
    public VoipMetrics? RemoteVoip { get; private set; }

    /// <summary>ms, from the peer's last report on us (§6.4.1, figure 2).</summary>
    public double? RoundTrip { get; private set; }

    /// <summary>Spread over 0.5–1.5 of the interval, so that reports of many legs never march in step (§6.3.1).</summary>
    public void Schedule(long now, long interval, Random random) => Next = now + interval / 2 + random.NextInt64(interval);

    /// <summary>The sums that this side of the leg adds.</summary>
    public readonly Reception Into(in Reception sums) => sums with { Reports = reports, ReportedLoss = reportedLoss, ReportedJitter = reportedJitter };

    /// <param name="clock">As in <see cref="Write"/>.</param>
    public void Take(ReadOnlySpan<byte> compound, uint ourSsrc, NtpTime now, long at, uint clock = 1)
    {
        if (!RtcpReader.TryOpen(compound, out var reader)) return;
        while (reader.TryNext(out var packet))
        {
            if (packet.TryReadSenderTime(out var sent)) (lastSenderReport, lastSenderReportAt) = (sent.Middle, at);
            for (var i = 0; packet.TryReadReport(i, out var block); i++)
                if (block.Ssrc == ourSsrc) Take(block, now, clock);
            if (packet.TryOpenBlocks(out var blocks)) Take(blocks, ourSsrc);
        }
    }

    void Take(XrReader blocks, uint ourSsrc)
    {
        while (blocks.TryNext(out var block))
            if (block.TryReadVoipMetrics(out var metrics) && metrics.Ssrc == ourSsrc) RemoteVoip = metrics;
    }

    void Take(in ReportBlock block, NtpTime now, uint clock)
    {
        Remote = block;
        reports++;
        reportedLoss += (block.FractionLost + (RemoteVoip?.Discard ?? 0)) / 256.0; // discarded is lost to the ear
        reportedJitter += (double)block.Jitter / clock / Audio.SamplesPerMs;
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
        if (received.Started) writer.ExtendedReport(sent.Ssrc, Lately(ref received, clock), VoipSummary.Of(received, RoundTrip));
        if (goodbye) writer.Goodbye(sent.Ssrc);
        return writer.Length;
    }

    /// <summary>Since the last report; what may still come late is counted by a later one.</summary>
    StatisticsSummary Lately(ref ReceiveStatistics received, uint clock)
    {
        var (pattern, spread) = (received.Pattern, received.TakeSpread());
        var end = (ushort)(received.ExtendedHighest + 1);
        var first = ssrcOfLast == received.Ssrc ? endOfLast : received.First;
        var summary = new StatisticsSummary(received.Ssrc, first, end, (uint)(pattern.Lost - lostAtLast), (uint)(pattern.Duplicates - duplicatesAtLast),
            spread.Least * clock, spread.Most * clock, spread.Mean * clock, spread.Deviation * clock);
        (ssrcOfLast, endOfLast, lostAtLast, duplicatesAtLast) = (received.Ssrc, end, pattern.Lost, pattern.Duplicates);
        return summary;
    }
}
