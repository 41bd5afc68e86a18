using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class TrackCheckTests
{
    static readonly DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A chained track of four segments, which can then be spoilt.</summary>
    sealed class Kept
    {
        readonly TrackId id = TrackId.New();
        public readonly Dictionary<int, byte[]> Bytes = [];
        public readonly List<SegmentEntry> Entries = [];

        public Kept(byte voice = 1, bool endIsLost = false)
        {
            var previous = new byte[Segment.HashSize];
            for (var number = 0; number < (endIsLost ? 3 : 4); number++)
            {
                var count = number < 3 ? Segment.Samples : 1000;
                var bytes = new byte[Segment.Size(count, 0)];
                var codes = new byte[count];
                codes.AsSpan().Fill(voice);
                Segment.Write(bytes, new(id, number, noon, default, number * Segment.Samples, count, number == 3), [], codes, previous);
                previous = bytes[^Segment.HashSize..];
                Bytes.Add(number, bytes);
                Entries.Add(new(number, number * Segment.Samples, count));
            }
            Seal = Convert.ToHexStringLower(previous);
        }

        public string Seal { get; }

        public Task<TrackVerdict> Check(string? seal = null) => TrackCheck.Verify(Entries, seal, Read, TestContext.Current.CancellationToken);

        ValueTask<ReadOnlyMemory<byte>?> Read(SegmentEntry segment, CancellationToken stop) => new(Bytes.TryGetValue(segment.Number, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?)); // a null array would be empty memory
    }

    [Fact]
    public async Task A_track_as_it_was_written_is_good()
    {
        var kept = new Kept();
        Assert.Equal(new(TrackFault.None, null, 4, kept.Seal), await kept.Check());
        Assert.Equal(new(TrackFault.None, null, 4, kept.Seal), await kept.Check(kept.Seal));
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_is_found_in_its_segment()
    {
        var kept = new Kept();
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var number = random.Next(4);
            var at = random.Next(kept.Bytes[number].Length);
            var flip = (byte)random.Next(1, 256);
            kept.Bytes[number][at] ^= flip;
            var verdict = await kept.Check();
            Assert.Equal((TrackFault.Altered, number, number), (verdict.Fault, verdict.Number, verdict.Good));
            kept.Bytes[number][at] ^= flip;
        }
        Assert.True((await kept.Check()).IsGood);
    }

    [Fact]
    public async Task A_segment_taken_away_is_found_whether_the_index_still_has_it_or_not()
    {
        var kept = new Kept();
        kept.Bytes.Remove(2);
        Assert.Equal((TrackFault.Missing, 2), Of(await kept.Check()));
        kept.Entries.RemoveAt(2);
        Assert.Equal((TrackFault.Unchained, 3), Of(await kept.Check()));
        kept = new();
        kept.Entries.RemoveAt(0);
        Assert.Equal((TrackFault.Unchained, 1), Of(await kept.Check()));
        kept = new();
        kept.Entries.RemoveAt(3);
        Assert.Equal((TrackFault.Unended, null), Of(await kept.Check(kept.Seal)));
    }

    [Fact]
    public async Task A_segment_of_another_track_or_place_is_found()
    {
        var kept = new Kept();
        kept.Bytes[1] = new Kept().Bytes[1];
        Assert.Equal((TrackFault.Foreign, 1), Of(await kept.Check()));
        kept = new();
        kept.Bytes[1] = kept.Bytes[2];
        Assert.Equal((TrackFault.Foreign, 1), Of(await kept.Check()));
    }

    [Fact]
    public async Task A_track_written_anew_as_a_whole_is_found_by_its_seal()
    {
        var (kept, forged) = (new Kept(), new Kept(voice: 2));
        Assert.Equal((TrackFault.None, null), Of(await forged.Check()));
        Assert.Equal((TrackFault.Resealed, null), Of(await forged.Check(kept.Seal)));
    }

    [Fact]
    public async Task A_last_segment_that_never_was_kept_is_no_fault_if_the_seal_says_so()
    {
        var kept = new Kept(endIsLost: true);
        Assert.Equal((TrackFault.Unended, null), Of(await kept.Check()));
        Assert.Equal((TrackFault.None, null), Of(await kept.Check(kept.Seal)));
    }

    [Fact]
    public async Task A_track_of_which_nothing_was_kept_is_good_if_the_seal_says_so()
    {
        Assert.Equal(TrackFault.Unended, (await TrackCheck.Verify([], null, null!, TestContext.Current.CancellationToken)).Fault);
        Assert.True((await TrackCheck.Verify([], "", null!, TestContext.Current.CancellationToken)).IsGood);
        Assert.Equal(TrackFault.Unended, (await TrackCheck.Verify([], new Kept().Seal, null!, TestContext.Current.CancellationToken)).Fault);
    }

    static (TrackFault, int?) Of(in TrackVerdict verdict) => (verdict.Fault, verdict.Number);
}
