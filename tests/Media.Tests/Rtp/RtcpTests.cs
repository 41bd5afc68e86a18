using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Rtp;

public sealed class RtcpTests
{
    static readonly ReportBlock block = new(0xCAFE, 51, -3, 0x10001, 80, 0xB7052000, 0x00054000);

    [Fact]
    public void A_compound_is_read_as_written()
    {
        var reader = Read(new NtpTime(0xB44DB705_20000000), block, goodbye: true);
        Assert.True(reader.TryNext(out var report));
        Assert.Equal(RtcpType.SenderReport, report.Type);
        Assert.True(report.TryReadSsrc(out var ssrc));
        Assert.Equal(0xBEEFu, ssrc);
        Assert.True(report.TryReadSenderTime(out var time));
        Assert.Equal(0xB7052000u, time.Middle);
        Assert.True(report.TryReadReport(0, out var read));
        Assert.Equal(block, read);
        Assert.False(report.TryReadReport(1, out _));
        Assert.True(reader.TryNext(out var names));
        Assert.Equal((RtcpType.SourceDescription, 1), (names.Type, names.Count));
        Assert.True(reader.TryNext(out var bye));
        Assert.Equal(RtcpType.Goodbye, bye.Type);
        Assert.False(reader.TryNext(out _));
    }

    [Fact]
    public void Without_sending_it_is_a_receiver_report()
    {
        var reader = Read(null, block, goodbye: false);
        Assert.True(reader.TryNext(out var report));
        Assert.Equal(RtcpType.ReceiverReport, report.Type);
        Assert.False(report.TryReadSenderTime(out _));
        Assert.True(report.TryReadReport(0, out var read));
        Assert.Equal(block, read);
    }

    [Fact]
    public void The_cname_ends_with_a_zero_on_a_word()
    {
        for (var length = 0; length < 9; length++)
        {
            var writer = new RtcpWriter(new byte[RtcpWriter.MaxSize]);
            writer.Report(1, null, null);
            writer.SourceDescription(1, new byte[length]);
            Assert.Equal(0, writer.Length % 4);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 201, 0, 1, 0, 0, 0 })] // cut short
    [InlineData(new byte[] { 0x80, 202, 0, 1, 0, 0, 0, 1 })] // a compound begins with a report (A.2)
    [InlineData(new byte[] { 0xA0, 201, 0, 1, 0, 0, 0, 1 })] // only the last may be padded
    [InlineData(new byte[] { 0x80, 201, 0, 1, 0, 0, 0, 1, 0x40, 202, 0, 0 })] // version 1 inside
    [InlineData(new byte[] { 0x80, 201, 0, 1, 0, 0, 0, 1, 0x80, 202, 0, 5 })] // lengths that do not add up
    public void Nonsense_is_refused(byte[] compound) => Assert.False(RtcpReader.TryOpen(compound, out _));

    [Fact]
    public void Round_trip_time_is_that_of_figure_2_of_the_rfc()
    {
        var reports = default(LegReports);
        Span<byte> buffer = new byte[RtcpWriter.MaxSize];
        var writer = new RtcpWriter(buffer);
        writer.Report(0xBEEF, null, block);
        reports.Take(buffer[..writer.Length], ourSsrc: 0xCAFE, now: new(0xB44DB710_80000000), at: 0);
        Assert.Equal(6125, reports.RoundTrip);
        Assert.Equal(-3, reports.Remote?.Lost);
    }

    [Fact]
    public void Ntp_counts_from_1900()
    {
        var time = NtpTime.Of(new DateTimeOffset(1970, 1, 1, 0, 0, 0, 500, TimeSpan.Zero));
        Assert.Equal(2_208_988_800ul << 32 | 0x80000000, time.Value);
    }

    static RtcpReader Read(NtpTime? sent, ReportBlock about, bool goodbye)
    {
        var buffer = new byte[RtcpWriter.MaxSize];
        var writer = new RtcpWriter(buffer);
        writer.Report(0xBEEF, sent is { } at ? new SenderInfo(at, 160, 1, 160) : null, about);
        writer.SourceDescription(0xBEEF, "abc"u8);
        if (goodbye) writer.Goodbye(0xBEEF);
        Assert.True(RtcpReader.TryOpen(buffer.AsSpan(0, writer.Length), out var reader));
        return reader;
    }
}
