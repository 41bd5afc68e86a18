using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Prompts;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Engine;

public sealed class RoomTests
{
    [Fact]
    public async Task In_a_conference_everyone_hears_all_others_and_never_himself()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(4);
        rig.Room(p[0], p[1], p[2], p[3]);
        await Task.WhenAll(RoomRig.Hears(p[0], p[1], p[2], p[3]), RoomRig.Hears(p[1], p[0], p[2], p[3]), RoomRig.Hears(p[2], p[0], p[1], p[3]), RoomRig.Hears(p[3], p[0], p[1], p[2]));
        foreach (var party in p) Heard.IsOneStream(party.Ear.Heard());
    }

    [Fact]
    public async Task A_listener_hears_both_and_is_heard_by_nobody()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        rig.Room(p[0], p[1], p[2].Muted);
        await Task.WhenAll(RoomRig.Hears(p[0], p[1]), RoomRig.Hears(p[1], p[0]), RoomRig.Hears(p[2], p[0], p[1]));
    }

    [Fact]
    public async Task The_two_who_talk_stay_on_the_straight_path_while_a_third_listens()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var code = new short[160];
        Array.Fill(code, (short)-32124); // µ-law code 0; a mixer would have limited it
        p[0].Ear.Say(code);
        rig.Room(p[2], p[0], p[1].Muted);
        await p[2].Ear.Hears(h => h.Count(k => k.Payload.All(b => b == 0)) > 20, "code 0 as sent");
    }

    [Fact]
    public async Task One_who_speaks_to_both_laws_is_translated_for_the_other_law_only()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var code = new short[160];
        Array.Fill(code, (short)-32124);
        p[0].Ear.Say(code);
        rig.Room(p[0], p[1].Muted, p[2].Muted);
        await p[2].Ear.Hears(h => h.Count(k => k.Payload.All(b => b == 0)) > 20, "code 0 as sent");
        await p[1].Ear.Hears(h => h.Count(k => k.PayloadType == 8 && k.Samples().All(s => s == -32256)) > 20, "the loudest of A-law");
    }

    [Fact]
    public async Task A_whisper_is_heard_by_the_agent_alone()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var (caller, agent, supervisor) = (p[0], p[1], p[2]);
        rig.Room(caller, agent, supervisor.Whispers(agent));
        await Task.WhenAll(RoomRig.Hears(caller, agent), RoomRig.Hears(agent, caller, supervisor), RoomRig.Hears(supervisor, caller, agent));
    }

    [Fact]
    public async Task A_whisper_to_one_who_is_not_there_is_heard_by_nobody()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var gone = rig.Engine.Leg();
        rig.Room(p[0], p[1], new(p[2].Leg, RoomVoice.One, gone), new(gone));
        gone.Close();
        await Task.WhenAll(RoomRig.Hears(p[0], p[1]), RoomRig.Hears(p[1], p[0]));
    }

    [Fact]
    public async Task Monitor_whisper_and_barge_follow_each_other_in_one_stream()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var (caller, agent, supervisor) = (p[0], p[1], p[2]);
        var room = rig.Room(caller, agent, supervisor.Muted);
        await RoomRig.Hears(agent, caller);
        room.Set([caller, agent, supervisor.Whispers(agent)]);
        await Task.WhenAll(RoomRig.Hears(caller, agent), RoomRig.Hears(agent, caller, supervisor));
        room.Set([caller, agent, supervisor]);
        await Task.WhenAll(RoomRig.Hears(caller, agent, supervisor), RoomRig.Hears(agent, caller, supervisor));
        room.Set([caller, agent, supervisor.Muted]);
        await Task.WhenAll(RoomRig.Hears(caller, agent), RoomRig.Hears(agent, caller));
        foreach (var party in p)
        {
            Heard.IsOneStream(party.Ear.Heard());
            Heard.NeverGoesBack(party.Ear.Heard());
        }
    }

    [Fact]
    public async Task Mute_is_silence_for_the_others_and_changes_nothing_for_the_muted()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var room = rig.Room(p[0], p[1]);
        await RoomRig.Hears(p[0], p[1]);
        room.Set([p[0], p[1].Muted]);
        await Task.WhenAll(RoomRig.Hears(p[0]), RoomRig.Hears(p[1], p[0]));
        room.Set([p[0], p[1].Muted, p[2]]);
        await Task.WhenAll(RoomRig.Hears(p[0], p[2]), RoomRig.Hears(p[1], p[0], p[2]), RoomRig.Hears(p[2], p[0]));
        Heard.IsOneStream(p[0].Ear.Heard());
    }

    [Fact]
    public async Task Going_to_another_room_leaves_the_first_at_once()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(4);
        var (caller, agent, consulted, other) = (p[0], p[1], p[2], p[3]);
        var main = rig.Room(caller, agent, other);
        await RoomRig.Hears(caller, agent, other);
        var consult = rig.Room(agent, consulted);
        await Task.WhenAll(RoomRig.Hears(caller, other), RoomRig.Hears(agent, consulted), RoomRig.Hears(consulted, agent), RoomRig.Hears(other, caller));
        main.Set([caller, agent, consulted]);
        await Task.WhenAll(RoomRig.Hears(caller, agent, consulted), RoomRig.Hears(agent, caller, consulted), RoomRig.Hears(consulted, caller, agent), RoomRig.Hears(other));
        consult.Set([]); // empty by then: said late, it harms nobody
        await RoomRig.Hears(agent, caller, consulted);
        foreach (var party in p) Heard.IsOneStream(party.Ear.Heard());
    }

    [Fact]
    public async Task A_play_ends_for_those_who_come_in_and_goes_on_for_those_who_stay()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var music = PromptAudio.FromSamples(new float[8000], 8000);
        foreach (var party in p) party.Leg.Play(new(new(1), [music], Loop: true));
        var room = rig.Room(p[0], p[1]);
        await rig.Engine.Tells<PlayEnded>(2);
        p[1].Leg.Play(new(new(2), [music], Loop: true));
        room.Set([p[0], p[1], p[2]]);
        await Task.WhenAll(RoomRig.Hears(p[0], p[1], p[2]), RoomRig.Hears(p[1]), RoomRig.Hears(p[2], p[0], p[1]));
        Assert.Equal([(p[0].Leg, 1L), (p[1].Leg, 1L), (p[2].Leg, 1L)], rig.Engine.Told<PlayEnded>().Select(e => (e.Leg, e.Play.Value)));
        Assert.All(rig.Engine.Told<PlayEnded>(), e => Assert.Equal(PlayEnd.Stopped, e.Reason));
        p[1].Leg.StopPlay(new(2));
        await RoomRig.Hears(p[1], p[0], p[2]);
    }

    [Fact]
    public async Task A_member_that_hangs_up_leaves_the_others_to_themselves()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var room = rig.Room(p[0], p[1], p[2]);
        await RoomRig.Hears(p[0], p[1], p[2]);
        p[2].Leg.Close();
        await Task.WhenAll(RoomRig.Hears(p[0], p[1]), RoomRig.Hears(p[1], p[0]));
        room.Set([p[0], p[1], p[2]]); // the word of its end had not come yet
        await RoomRig.Hears(p[0], p[1]);
    }

    [Fact]
    public async Task Mixing_allocates_nothing()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(4);
        rig.Room(p[0], p[1], p[2], p[3].Muted);
        var allocated = long.MaxValue;
        for (var round = 0; round < 10 && allocated > 0; round++) // the first rounds compile and load what they use
        {
            var before = rig.Engine.Engine.LoopAllocations;
            await Task.WhenAll(p.Select(x => x.Ear.HearsPackets(25)));
            allocated = rig.Engine.Engine.LoopAllocations - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Legs_of_a_conference_are_recorded_each_by_itself_in_several_tracks()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        var room = rig.Room(p[0], p[1]);
        foreach (var party in p) party.Leg.Record(TrackId.New(), MediaClock.Now);
        await RoomRig.Hears(p[0], p[1]);
        foreach (var party in p) party.Leg.Record(TrackId.New(), MediaClock.Now); // the next track ends the first
        room.Set([p[0], p[1], p[2]]);
        await RoomRig.Hears(p[0], p[1], p[2]);
        foreach (var party in p) party.Leg.Close();
        await rig.Engine.Tells<TrackEnded>(6);
        foreach (var ended in rig.Engine.Told<TrackEnded>())
        {
            var segment = Assert.Single(rig.Engine.Segments, s => s.Head.Track == ended.Track);
            Assert.True(Segment.TryRead(segment.Bytes, out var content));
            Assert.Equal(ended.Seal, Convert.ToHexStringLower(content.Hash.Span));
            var samples = new short[content.Mulaw.Length];
            G711.Decode(AudioCodec.Pcmu, content.Mulaw.Span, samples);
            Assert.InRange(Tone.MedianSnr(samples, p.Single(x => x.Leg == ended.Leg).Hz), 20, 100);
        }
    }
}
