using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class TrackRecorderTests
{
    sealed class Shelf : ISegmentSink, IMediaEvents
    {
        public List<SegmentContent> Kept { get; } = [];

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain)
        {
            Assert.True(Segment.TryRead(plain.ToArray(), out var content));
            Kept.Add(content);
            return true;
        }

        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Assert.Fail(bug.ToString());
    }

    const long Ms = 1_000_000;

    /// <summary>A track of so many packets of noise at full scale, of which some samples are taken out again.</summary>
    static List<SegmentContent> Record(int packets, Action<TrackRecorder, long[]> silence)
    {
        var shelf = new Shelf();
        var writer = new SegmentWriter(new(TimeProvider.System), shelf, shelf, 4);
        var track = new TrackRecorder(null!, TrackId.New(), new(0), writer);
        var places = Enumerable.Range(0, packets).Select(n => track.Take(new(false, 0, (ushort)n, (uint)(n * 160), 1, 12, 160), new byte[160], AudioCodec.Pcmu, n * 20 * Ms)).ToArray();
        silence(track, places);
        track.Stop(packets * 20 * Ms);
        writer.Stop();
        return shelf.Kept;
    }

    [Fact]
    public void Samples_are_silenced_across_the_border_of_two_segments_before_the_first_is_handed_over()
    {
        var kept = Record(253, (track, places) =>
        {
            track.Silence(places[249] + 80, 160);
            track.Silence(places[10], 160); // the same segment, which is open as yet
            track.Silence(-200, 240); // what lies before the start is nobody's
        });
        Assert.Equal([new(0, 40, GapReason.Key), new(1600, 160, GapReason.Key), new(39_920, 80, GapReason.Key)], kept[0].Gaps);
        Assert.Equal([new SegmentGap(40_000, 80, GapReason.Key)], kept[1].Gaps);
        Assert.Equal(40 + 160 + 160, kept.Sum(c => c.Mulaw.ToArray().Count(code => code == 0xFF)));
    }

    [Fact]
    public void What_was_handed_over_stays_as_it_is()
    {
        var kept = Record(300, (track, places) =>
        {
            track.Silence(places[10], 160);
            track.Silence(places[299], 160);
        });
        Assert.Empty(kept[0].Gaps);
        Assert.Equal([new SegmentGap(47_840, 160, GapReason.Key)], kept[1].Gaps);
    }
}
