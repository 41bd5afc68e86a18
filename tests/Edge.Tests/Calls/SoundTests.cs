using CallCenter.Kit.Media;

namespace CallCenter.Edge.Tests.Calls;

/// <summary>What the edge measures of a call goes with the words that it sends anyway.</summary>
public sealed class SoundTests
{
    static readonly LegId Caller = new("caller"), Agent = new("agent-1");

    [Fact]
    public async Task A_legs_end_tells_how_it_sounded_up_to_its_last_second()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await ConversationTests.Join(scene, caller, agent);
        await caller.HearsPackets(40);
        await scene.Script.Orders(new HangUpLeg(Agent), new HangUpLeg(Caller));
        for (var legs = 0; legs < 2; legs++)
        {
            var quality = (await scene.Script.Hears<HungUp>()).Quality!;
            Assert.InRange(quality.Mos, 3.5, 4.41);
            Assert.InRange(quality.Loss, 0, 20);
            Assert.Equal((10, 1), (quality.Course.Seconds, quality.Course.Mos.Count));
        }
    }

    [Fact]
    public async Task A_leg_that_never_said_anything_has_no_quality()
    {
        await using var scene = await EdgeScene.Start();
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new HangUpLeg(Caller));
        Assert.Null((await scene.Script.Hears<HungUp>()).Quality);
    }

    [Fact]
    public async Task Tracks_tell_how_long_was_spoken_and_the_later_of_two_who_talked_over_whom()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await ConversationTests.Join(scene, caller, agent);
        var tracks = new Dictionary<string, TrackSpeech>();
        async Task Kept()
        {
            var kept = await scene.Script.Hears<TrackKept>();
            tracks.Add(kept.Track, kept.Speech!);
        }
        var (start, _, stop) = await ConversationTests.Record(scene, caller, between: Kept);
        while (tracks.Count < 3) await Kept();
        var whole = (stop - start).TotalMilliseconds; // found in frames of 20 ms
        Assert.InRange(tracks["agent-1-1"].Speech, whole / 2, whole + 20); // loud tones: speech all the time, but for what a busy machine breaks up
        Assert.InRange(tracks["caller-1"].Speech + tracks["caller-2"].Speech, whole / 2, whole + 20);
        Assert.Equal((0, 0), (tracks["caller-1"].LeftOver, tracks["caller-1"].RightOver)); // the others went on until it had ended
        Assert.InRange(tracks.Values.Sum(t => t.LeftOver + t.RightOver), whole / 3, whole + 20);
    }
}
