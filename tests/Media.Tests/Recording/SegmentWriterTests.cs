using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class SegmentWriterTests
{
    sealed class Moody : ISegmentSink, IMediaEvents
    {
        int asked;

        public int Faults { get; private set; }

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => asked++ == 0 ? throw new InvalidOperationException("a key that cannot be read") : true;

        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Faults++;
    }

    [Fact]
    public void A_sink_that_throws_costs_its_segment_and_not_the_thread()
    {
        var sink = new Moody();
        var writer = new SegmentWriter(new(TimeProvider.System), sink, sink, 4);
        var track = TrackId.New();
        for (var i = 0; i < 2; i++)
            writer.Enqueue(new(track, i, DateTimeOffset.UnixEpoch, default, (long)i * Segment.Samples, Segment.Samples, IsLast: i == 1), null, wasLost: false);
        writer.Stop();
        Assert.Equal((1, 1, 1), (sink.Faults, (int)writer.Figures.SegmentsLost, (int)writer.Figures.SegmentsWritten));
    }
}
