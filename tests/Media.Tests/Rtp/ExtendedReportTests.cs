using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Rtp;

public sealed class ExtendedReportTests
{
    static readonly VoipMetrics voip = new(0xCAFE, 13, 26, 200, 3, 1234, 56_789, 321, 60, 77, 38, 36);
    static readonly StatisticsSummary summary = new(0xCAFE, 65_000, 100, 7, 2, 1, 900, 80, 33);

    static byte[] Compound(bool report = true)
    {
        var buffer = new byte[RtcpWriter.MaxSize];
        var writer = new RtcpWriter(buffer);
        if (report) writer.Report(0xBEEF, new SenderInfo(new(0xB44DB705_20000000), 160, 1, 160), new ReportBlock(0xCAFE, 13, 5, 1, 80, 0, 0));
        writer.SourceDescription(0xBEEF, new byte[64]);
        writer.ExtendedReport(0xBEEF, summary, voip);
        writer.Goodbye(0xBEEF);
        return buffer[..writer.Length];
    }

    [Fact]
    public void Both_blocks_are_read_as_written()
    {
        Assert.True(RtcpReader.TryOpen(Compound(), out var reader));
        XrReader blocks = default;
        while (reader.TryNext(out var packet))
            if (packet.TryOpenBlocks(out var found)) blocks = found;
        Assert.True(blocks.TryNext(out var first));
        Assert.False(first.TryReadVoipMetrics(out _));
        Assert.True(first.TryReadStatistics(out var statistics));
        Assert.Equal(summary, statistics);
        Assert.True(blocks.TryNext(out var second));
        Assert.True(second.TryReadVoipMetrics(out var metrics));
        Assert.Equal(voip, metrics);
        Assert.False(blocks.TryNext(out _));
    }

    [Fact]
    public void What_is_not_told_reads_as_not_told()
    {
        var bytes = new byte[StatisticsSummary.Size];
        var bare = new StatisticsSummary(1, 2, 3, null, null, null, null, null, null);
        bare.Write(bytes);
        Assert.Equal(bare, StatisticsSummary.Read(bytes));
    }

    [Fact]
    public void Blocks_of_other_kinds_are_passed_over()
    {
        var own = new byte[VoipMetrics.Size];
        voip.Write(own);
        var blocks = new XrReader([4, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 99, 0, 0, 0, .. own]);
        var read = 0;
        while (blocks.TryNext(out var block))
            if (block.TryReadVoipMetrics(out var metrics) && metrics == voip) read++;
        Assert.Equal(1, read);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 7, 0, 0 })]
    [InlineData(new byte[] { 7, 0, 0, 8, 1, 2, 3, 4 })] // longer than what is there
    [InlineData(new byte[] { 7, 0, 255, 255 })]
    public void A_block_cut_short_ends_the_walk(byte[] bytes) => Assert.False(new XrReader(bytes).TryNext(out _));

    [Fact]
    public void A_block_of_another_length_is_not_taken_for_one()
    {
        Assert.True(new XrReader([7, 0, 0, 1, 1, 2, 3, 4]).TryNext(out var block));
        Assert.False(block.TryReadVoipMetrics(out _));
        Assert.False(block.TryReadStatistics(out _));
    }

    [Fact]
    public void Damaged_compounds_do_no_harm()
    {
        var random = new Random(5);
        var reports = default(LegReports);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Compound();
            for (var n = random.Next(4); n >= 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            reports.Take(bytes.AsSpan(0, random.Next(bytes.Length + 1)), 0xCAFE, default, 0);
        }
    }

    [Fact]
    public void What_the_peer_discards_counts_as_lost_to_it()
    {
        var reports = default(LegReports);
        reports.Take(Compound(), 0xCAFE, new(0xB44DB710_80000000), 0);
        Assert.Equal(voip, reports.RemoteVoip);
        reports.Take(Compound(), 0xCAFE, new(0xB44DB710_80000000), 0);
        var sums = reports.Into(default);
        Assert.Equal((2u, (13 + 13 + 26) / 256.0, 20.0), (sums.Reports, sums.ReportedLoss, sums.ReportedJitter)); // the first report came before its XR
    }

    [Fact]
    public void Jitter_told_on_the_clock_of_a_codec_is_understood_in_ms()
    {
        var reports = default(LegReports);
        reports.Take(Compound(), 0xCAFE, default, 0, clock: 6); // Opus counts at 48 kHz
        Assert.Equal(80 / 6.0 / 8, reports.Into(default).ReportedJitter);
    }

    [Fact]
    public void We_tell_a_peer_of_its_losses_bursts_and_score()
    {
        var heard = default(ReceiveStatistics);
        for (ushort n = 0; n < 600; n++)
            if (n is not (100 or 101 or 103 or 300)) heard.Update(0xCAFE, n, n * 160u, n * 160u + (uint)(n % 2) * 80);
        var reports = default(LegReports);
        var buffer = new byte[RtcpWriter.MaxSize];
        var length = reports.Write(buffer, ref heard, OutgoingStream.Start(0xBEEF, 1, 1), default, 1, "abc"u8, goodbye: false, clock: 1);
        var (summary, metrics) = Read(buffer.AsSpan(0, length));
        Assert.Equal((0, 600, 4u, 0u), ((int)summary.First, (int)summary.End, summary.Lost!.Value, summary.Duplicates!.Value));
        Assert.Equal(80u, summary.MostJitter);
        Assert.InRange(summary.MeanJitter!.Value, 78u, 80u); // over a lost one two are alike
        Assert.Equal((4 * 256 / 600, 3 * 256 / 4), ((int)metrics.Loss, (int)metrics.BurstDensity));
        Assert.Equal((80, 5960), ((int)metrics.BurstLength, (int)metrics.GapLength)); // 4 packets; 596 in two gaps
        Assert.InRange(metrics.ListeningMos, 40, 44);
        Assert.Equal(600, Read(buffer.AsSpan(0, reports.Write(buffer, ref heard, OutgoingStream.Start(0xBEEF, 1, 1), default, 1, "abc"u8, goodbye: false, clock: 1))).Summary.First);
    }

    static (StatisticsSummary Summary, VoipMetrics Metrics) Read(ReadOnlySpan<byte> compound)
    {
        var (summary, metrics) = (default(StatisticsSummary), default(VoipMetrics));
        Assert.True(RtcpReader.TryOpen(compound, out var reader));
        while (reader.TryNext(out var packet))
        {
            if (!packet.TryOpenBlocks(out var blocks)) continue;
            while (blocks.TryNext(out var block))
            {
                if (block.TryReadStatistics(out var statistics)) summary = statistics;
                else Assert.True(block.TryReadVoipMetrics(out metrics));
            }
        }
        return (summary, metrics);
    }
}
