using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Prompts;

namespace CallCenter.Media.Tests.Engine;

public sealed class PlayTests
{
    static PromptAudio Prompt(double hz, int ms) =>
        PromptAudio.FromSamples([.. Tone.Make(hz, TimeSpan.FromMilliseconds(ms)).Select(s => s / 32768f)], Tone.Rate);

    [Fact]
    public async Task A_play_is_heard_whole_and_told_with_its_end()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(AudioCodec.Pcma);
        var begun = MediaClock.Now;
        leg.Play(new(new(7), [Prompt(440, 200), Prompt(440, 200)]));
        var ended = await rig.Tells<PlayEnded>();
        Assert.Equal((new PlayId(7), PlayEnd.Completed), (ended.Play, ended.Reason));
        await ear.Hears(h => h.Count(p => !p.IsSilence) >= 20, "the prompts"); // the engine tells sooner than the ear reads
        await ear.HearsPackets(2);
        Assert.True((ended.At - begun).TotalMilliseconds >= 375);
        Assert.InRange(Heard.Took(begun, ended.At), 0, 1000);
        var sound = ear.Heard().Where(p => !p.IsSilence).ToList();
        Assert.Equal(20, sound.Count);
        Heard.IsTone(sound, 440);
        Heard.IsOneStream(ear.Heard());
    }

    [Fact]
    public async Task A_loop_plays_until_stopped_and_tells_where()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party();
        leg.Play(new(new(1), [Prompt(1000, 60)], Loop: true));
        await ear.Hears(h => h.Count(p => !p.IsSilence) > 20, "music");
        leg.StopPlay(new(2)); // not this one
        await ear.HearsPackets(3);
        Assert.Empty(rig.Told<PlayEnded>());
        leg.StopPlay(new(1));
        var ended = await rig.Tells<PlayEnded>();
        Assert.Equal(PlayEnd.Stopped, ended.Reason);
        Assert.InRange(ended.Position, 0, 480);
        Heard.IsOneStream(ear.Heard());
    }

    [Fact]
    public async Task A_new_play_replaces_the_old_and_closing_ends_it()
    {
        using var rig = new EngineRig();
        var (leg, _) = rig.Party();
        leg.Play(new(new(1), [Prompt(440, 1000)], Loop: true));
        leg.Play(new(new(2), [Prompt(440, 1000)], Loop: true));
        leg.Close();
        await rig.Tells<LegClosed>();
        Assert.Equal([(1, PlayEnd.Replaced), (2, PlayEnd.LegClosed)], rig.Told<PlayEnded>().Select(e => ((int)e.Play.Value, e.Reason)));
    }

    [Fact]
    public async Task A_play_hides_the_room_from_this_leg_only()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        caller.Play(new(new(1), [Prompt(2000, 400)]));
        await rig.Tells<PlayEnded>();
        var before = callerEar.Heard().Length;
        await callerEar.Hears(h => h.Skip(before + 2).Count(p => !p.IsSilence) > 15, "the agent");
        Heard.IsTone(callerEar.Heard()[(before + 2)..], 1000);
        Heard.IsTone(agentEar.Heard(), 440);
        Heard.IsOneStream(callerEar.Heard());
    }

    [Fact]
    public async Task Nothing_to_play_is_played_at_once()
    {
        using var rig = new EngineRig();
        var (leg, _) = rig.Party();
        leg.Play(new(new(1), []));
        Assert.Equal(PlayEnd.Completed, (await rig.Tells<PlayEnded>()).Reason);
    }
}
