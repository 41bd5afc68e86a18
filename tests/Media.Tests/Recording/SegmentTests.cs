using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class SegmentTests
{
    static readonly TrackId track = new(new Guid("0190b0b0-0000-7000-8000-000000000001"));
    static readonly DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    static byte[] Write(SegmentHead head, SegmentGap[] gaps, byte[] samples)
    {
        var bytes = new byte[Segment.Size(head.Count, gaps.Length)];
        Assert.Equal(bytes.Length, Segment.Write(bytes, head, gaps, samples, new byte[Segment.HashSize]));
        return bytes;
    }

    [Fact]
    public void A_segment_is_read_as_written()
    {
        var head = new SegmentHead(track, 3, noon, new(987654321), 120_000, 1000, true);
        SegmentGap[] gaps = [new(80_000, 40_000, GapReason.Overrun), new(120_100, 40, GapReason.Lost)];
        var samples = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();
        Assert.True(Segment.TryRead(Write(head, gaps, samples), out var content));
        Assert.Equal(head, content.Head);
        Assert.Equal(gaps, content.Gaps);
        Assert.Equal(samples, content.Mulaw.ToArray());
    }

    [Fact]
    public void Any_flipped_bit_and_any_cut_is_noticed()
    {
        var bytes = Write(new(track, 0, noon, new(1), 0, 160, false), [], new byte[160]);
        var random = new Random(1);
        for (var i = 0; i < bytes.Length; i++)
        {
            var bad = bytes.ToArray();
            bad[i] ^= (byte)(1 << random.Next(8));
            Assert.False(Segment.TryRead(bad, out _));
            Assert.False(Segment.TryRead(bytes.AsMemory(0, i), out _));
        }
    }

    [Fact]
    public void Gaps_are_the_stretches_never_written_long_ones_the_senders_silence()
    {
        using var buffer = new SegmentBuffer();
        buffer.Reset();
        buffer.Write(0, new byte[800], AudioCodec.Pcmu);
        buffer.Write(960, new byte[640], AudioCodec.Pcmu); // one packet missing before it
        buffer.Write(8000, new byte[160], AudioCodec.Pcma);
        List<SegmentGap> gaps = [];
        buffer.AddGaps(gaps, 40_000, 10_000);
        Assert.Equal([new(40_800, 160, GapReason.Lost), new(41_600, 6400, GapReason.NothingSent), new(48_160, 1840, GapReason.NothingSent)], gaps);
        Assert.Equal(G711.Encode(AudioCodec.Pcmu, G711.Decode(AudioCodec.Pcma, 0)), buffer.Samples[8000]);
        Assert.Equal(0xFF, buffer.Samples[900]);
    }

    [Fact]
    public void What_is_silenced_is_a_gap_of_its_own_whatever_was_written_there()
    {
        using var buffer = new SegmentBuffer();
        buffer.Reset();
        buffer.Write(0, new byte[1600], AudioCodec.Pcmu);
        buffer.Silence(790, 100);
        buffer.Silence(1600, 0);
        List<SegmentGap> gaps = [];
        buffer.AddGaps(gaps, 0, 1640);
        Assert.Equal([new(760, 160, GapReason.Key), new(1600, 40, GapReason.Lost)], gaps); // in cells of 5 ms
        Assert.All(buffer.Samples[790..890].ToArray(), code => Assert.Equal(0xFF, code));
        Assert.All((byte[])[buffer.Samples[789], buffer.Samples[890]], code => Assert.Equal(0, code));
    }
}
