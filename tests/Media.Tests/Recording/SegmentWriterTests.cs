using CallCenter.Kit.Time;
using CallCenter.Media.Codecs;
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

    /// <summary>Many tracks that begin together end their first segments together: the loop must not have to make what they go on in.</summary>
    [Fact]
    public void For_each_buffer_in_use_another_is_made_ready_beside_the_loop()
    {
        var sink = new Moody();
        var writer = new SegmentWriter(new(TimeProvider.System), sink, sink, 1000);
        var used = Enumerable.Range(0, 100).Select(_ => Rented(writer)).ToArray();
        Assert.True(SpinWait.SpinUntil(() => writer.Ready >= used.Length, Patience.Usual), $"{writer.Ready} are ready");
        foreach (var buffer in used) writer.GiveBack(buffer);
        writer.Stop();
    }

    [Fact]
    public void No_more_buffers_are_made_than_may_be()
    {
        var sink = new Moody();
        var writer = new SegmentWriter(new(TimeProvider.System), sink, sink, 6);
        var used = Enumerable.Range(0, 6).Select(_ => Rented(writer)).ToArray();
        Assert.False(writer.TryRent(out _));
        foreach (var buffer in used) writer.GiveBack(buffer);
        writer.Stop();
    }

    /// <summary>However it comes back.</summary>
    [Fact]
    public void A_buffer_that_was_used_is_as_new()
    {
        var sink = new Moody();
        var writer = new SegmentWriter(new(TimeProvider.System), sink, sink, 1);
        var buffer = Rented(writer);
        buffer.Write(0, [1, 2, 3], AudioCodec.Pcmu);
        writer.GiveBack(buffer);
        Assert.True(Rented(writer).Samples.IndexOfAnyExcept(Audio.Silence(AudioCodec.Pcmu)) < 0);
        writer.GiveBack(buffer);
        writer.Stop();
    }

    static SegmentBuffer Rented(SegmentWriter writer)
    {
        Assert.True(writer.TryRent(out var buffer));
        return buffer!;
    }

    /// <summary>A store that answers nobody before it has been asked by several.</summary>
    sealed class FarStore(int least) : ISegmentSink, IMediaEvents
    {
        readonly CountdownEvent asked = new(least);
        readonly Dictionary<TrackId, int> next = [];

        public bool InOrder { get; private set; } = true;
        public bool Together { get; private set; } = true;

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain)
        {
            if (head.Number == 0)
            {
                asked.Signal();
                Together &= asked.Wait(TimeSpan.FromSeconds(20));
            }
            lock (next)
            {
                InOrder &= next.GetValueOrDefault(head.Track) == head.Number;
                next[head.Track] = head.Number + 1;
            }
            return true;
        }

        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) { }
    }

    [Fact]
    public void Several_tracks_are_on_their_way_at_once_and_each_in_its_order()
    {
        var tracks = new List<TrackId>();
        while (tracks.Count < 4)
        {
            var track = TrackId.New();
            if (tracks.TrueForAll(other => SegmentWriter.LaneOf(other) != SegmentWriter.LaneOf(track))) tracks.Add(track);
        }
        var store = new FarStore(tracks.Count);
        var writer = new SegmentWriter(new(TimeProvider.System), store, store, 4);
        for (var i = 0; i < 5; i++)
            foreach (var track in tracks) writer.Enqueue(new(track, i, DateTimeOffset.UnixEpoch, default, (long)i * Segment.Samples, Segment.Samples, IsLast: i == 4), null, wasLost: false);
        writer.Stop();
        Assert.Equal((true, true, 20L), (store.Together, store.InOrder, writer.Figures.SegmentsWritten));
    }
}
