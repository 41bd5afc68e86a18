using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Engine;

[Collection(EngineTests.Name)]
public sealed class RecordingTests
{
    static SegmentContent Read(byte[] bytes)
    {
        Assert.True(Segment.TryRead(bytes, out var content));
        return content;
    }

    static short[] Samples(ReadOnlyMemory<byte> mulaw)
    {
        var samples = new short[mulaw.Length];
        G711.Decode(AudioCodec.Pcmu, mulaw.Span, samples);
        return samples;
    }

    [Fact]
    public async Task Both_tracks_of_a_talk_are_as_long_as_the_talk_and_share_the_anchor()
    {
        using var rig = new EngineRig();
        var (caller, _) = rig.Party(AudioCodec.Pcma, 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        var (left, right) = (TrackId.New(), TrackId.New());
        await rig.Tells<FirstPacket>(2);
        var start = MediaClock.Now;
        room.Set([new(caller), new(agent)]);
        caller.Record(left, start);
        agent.Record(right, start);
        await agentEar.HearsPackets(50);
        var stop = MediaClock.Now;
        caller.StopRecording(left, stop);
        agent.StopRecording(right, stop);
        await rig.Tells<TrackEnded>(2);
        foreach (var (track, hz) in new[] { (left, 440), (right, 1000) })
        {
            var content = Read(Assert.Single(rig.Segments, s => s.Head.Track == track).Bytes);
            Assert.True(content.Head.IsLast);
            Assert.Equal((start, rig.Engine.Clock.ToUtc(start)), (content.Head.Anchor, content.Head.AnchorUtc));
            Assert.Equal((stop - start).TotalMilliseconds, content.Head.Count / 8.0, 0.2);
            Assert.InRange(Tone.MedianSnr(Samples(content.Mulaw), hz), 20, 100);
            Assert.InRange(content.Gaps.Sum(g => g.Count), 0, 8 * 300); // what other processes took
        }
        Assert.All(rig.Told<TrackEnded>(), e => Assert.Equal((1, 0, start, stop), (e.Segments, e.LostSegments, e.Start, e.At)));
    }

    [Fact]
    public async Task A_leg_that_says_nothing_leaves_a_stated_gap()
    {
        using var rig = new EngineRig();
        var leg = rig.Leg();
        var track = TrackId.New();
        var start = MediaClock.Now;
        leg.Record(track, start);
        leg.StopRecording(track, start + TimeSpan.FromMilliseconds(1500));
        await rig.Tells<TrackEnded>();
        var content = Read(rig.Segments[0].Bytes);
        Assert.Equal([new SegmentGap(0, 12_000, GapReason.NothingSent)], content.Gaps);
        Assert.All(content.Mulaw.ToArray(), b => Assert.Equal(0xFF, b));
    }

    [Fact]
    public async Task Segments_are_chained_by_hash_and_a_refused_one_is_stated_by_the_next()
    {
        using var rig = new EngineRig { Keeps = head => head.Number != 1 };
        var leg = rig.Leg();
        var track = TrackId.New();
        var start = MediaClock.Now + TimeSpan.FromSeconds(-16);
        leg.Record(track, start);
        leg.StopRecording(track, start + TimeSpan.FromSeconds(16));
        var ended = await rig.Tells<TrackEnded>();
        Assert.Equal((3, 1, 128_000), (ended.Segments, ended.LostSegments, ended.Samples));
        var contents = rig.Segments.Select(s => Read(s.Bytes)).ToList();
        Assert.Equal([0, 2, 3], contents.Select(c => c.Head.Number));
        Assert.Equal(new byte[Segment.HashSize], contents[0].PreviousHash.ToArray());
        Assert.Equal(contents[0].Hash.ToArray(), contents[1].PreviousHash.ToArray());
        Assert.Equal(contents[1].Hash.ToArray(), contents[2].PreviousHash.ToArray());
        Assert.Equal(new SegmentGap(40_000, 40_000, GapReason.NotKept), contents[1].Gaps[0]);
        Assert.Equal(1, rig.Engine.Figures.SegmentsLost);
    }

    [Fact]
    public async Task Closing_a_leg_ends_its_track()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(hz: 440);
        leg.Record(TrackId.New(), MediaClock.Now);
        await ear.HearsPackets(5);
        leg.Close();
        await rig.Tells<TrackEnded>();
        Assert.True(Assert.Single(rig.Segments).Head.IsLast);
    }

    [Fact]
    public async Task A_track_of_a_leg_that_is_closed_ends_where_it_would_begin()
    {
        using var rig = new EngineRig();
        var (leg, _) = rig.Party(hz: 440);
        leg.Close();
        var start = MediaClock.Now;
        leg.Record(TrackId.New(), start);
        var ended = await rig.Tells<TrackEnded>();
        Assert.Equal((start, start, 0, 0, ""), (ended.Start, ended.At, ended.Segments, ended.LostSegments, ended.Seal));
    }

    [Fact]
    public async Task Without_a_free_buffer_a_segment_is_lost_and_counted_and_the_call_goes_on()
    {
        using var rig = new EngineRig(new() { RecordingBuffers = 4 });
        var parties = Enumerable.Range(0, 5).Select(_ => rig.Party(hz: 440)).ToList();
        foreach (var (leg, _) in parties) leg.Record(TrackId.New(), MediaClock.Now);
        foreach (var (_, ear) in parties) await ear.Hears(_ => ear.Sent > 10, "itself");
        foreach (var (leg, _) in parties) leg.Close();
        await rig.Tells<TrackEnded>(5);
        Assert.Equal((4, 1), (rig.Told<TrackEnded>().Sum(e => e.Segments), rig.Told<TrackEnded>().Sum(e => e.LostSegments)));
    }

    [Fact]
    public async Task Buffers_come_back_from_every_track()
    {
        using var rig = new EngineRig(new() { RecordingBuffers = 4 });
        var (leg, ear) = rig.Party(hz: 440);
        for (var round = 1; round <= 12; round++)
        {
            // a start in the past puts what is said next right at a border, into two buffers
            leg.Record(TrackId.New(), MediaClock.Now + TimeSpan.FromMilliseconds(-4990));
            await ear.HearsPackets(3);
            leg.Record(TrackId.New(), MediaClock.Now + TimeSpan.FromMilliseconds(-20));
            await rig.Tells<TrackEnded>(2 * round - 1);
        }
        leg.Close();
        await rig.Tells<TrackEnded>(24);
        Assert.Equal(0, rig.Told<TrackEnded>().Sum(e => e.LostSegments));
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_long_track_is_handed_over_every_five_seconds()
    {
        using var rig = new EngineRig();
        var (leg, _) = rig.Party(hz: 440);
        await rig.Tells<FirstPacket>();
        var start = MediaClock.Now;
        leg.Record(TrackId.New(), start);
        await rig.Until(() => rig.Segments.Count == 1, "a segment");
        Assert.InRange((MediaClock.Now - start).TotalSeconds, 5, 6);
        var content = Read(rig.Segments[0].Bytes);
        Assert.Equal((Segment.Samples, false), (content.Head.Count, content.Head.IsLast));
        Assert.InRange(Tone.MedianSnr(Samples(content.Mulaw), 440), 20, 100);
        leg.Close();
        await rig.Tells<TrackEnded>();
        Assert.Equal(Segment.Samples, rig.Segments[1].Head.First);
    }
}
