using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Engine;

public sealed class BridgeTests
{
    [Theory]
    [InlineData(AudioCodec.Pcmu, AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma, AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma, AudioCodec.Pcma)]
    public async Task Two_members_of_a_room_hear_each_other(AudioCodec one, AudioCodec two)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(one, 440);
        var (agent, agentEar) = rig.Party(two, 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the agent");
        Heard.IsTone(agentEar.Heard(), 440);
        Heard.IsTone(callerEar.Heard(), 1000);
        Heard.IsOneStream(agentEar.Heard());
        Heard.IsOneStream(callerEar.Heard());
        Assert.All(agentEar.Heard(), p => Assert.Equal((byte)two, p.PayloadType));
    }

    [Fact]
    public async Task Equal_laws_pass_untouched()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(AudioCodec.Pcmu);
        var (agent, agentEar) = rig.Party(AudioCodec.Pcmu);
        var negativeZero = new short[160];
        Array.Fill(negativeZero, (short)-32124);
        callerEar.Say(negativeZero);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => p.Payload.All(b => b == 0)) > 5, "code 0 as sent");
    }

    [Fact]
    public async Task An_answered_leg_hears_silence_at_once_and_without_a_break()
    {
        using var rig = new EngineRig();
        var (leg, ear) = (rig.Leg(), rig.Ear(AudioCodec.Pcma));
        leg.SetRemote(EngineRig.Settled(AudioCodec.Pcma, ear.Local)); // the ear itself sends nothing
        await ear.HearsPackets(25);
        Assert.All(ear.Heard(), p => Assert.True(p.IsSilence));
        Heard.IsOneStream(ear.Heard());
    }

    [Fact]
    public async Task A_leg_that_waits_to_be_spoken_to_is_sent_nothing_before()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = (rig.Leg(), rig.Ear());
        caller.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, callerEar.Local));
        var (agent, agentEar) = (rig.Leg(), rig.Ear());
        agent.BeSilentUntilSpokenTo();
        agent.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, agentEar.Local));
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await callerEar.HearsPackets(25);
        Assert.Empty(agentEar.Heard());
        callerEar.SayTone(440);
        callerEar.Connect(caller.Local);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the caller");
        Heard.IsOneStream(agentEar.Heard());
    }

    [Fact]
    public async Task A_peer_that_falls_silent_is_replaced_by_silence_and_comes_back()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 10, "the caller");
        callerEar.Mute();
        var before = agentEar.Heard().Length;
        await agentEar.Hears(h => h.Skip(before).Count(p => p.IsSilence) > 10, "silence");
        callerEar.SayTone(440);
        var after = agentEar.Heard().Length;
        await agentEar.Hears(h => h.Skip(after).Count(p => !p.IsSilence) > 10, "the caller again");
        Heard.IsOneStream(agentEar.Heard());
    }

    [Fact]
    public async Task Leaving_a_room_ends_hearing_and_the_next_member_is_heard_in_the_same_stream()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (first, _) = rig.Party(hz: 1000);
        var (second, _) = rig.Party(AudioCodec.Pcma, hz: 2000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(first)]);
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 10, "the first agent");
        room.Set([new(caller)]);
        var before = callerEar.Heard().Length;
        await callerEar.Hears(h => h.Skip(before).Count(p => p.IsSilence) > 5, "silence");
        before = callerEar.Heard().Length;
        room.Set([new(caller), new(second)]);
        await callerEar.Hears(h => h.Skip(before).Count(p => !p.IsSilence) > 20, "the second agent");
        Heard.IsTone(callerEar.Heard()[before..], 2000);
        Heard.IsOneStream(callerEar.Heard());
    }

    [Theory]
    [InlineData(MediaDirection.Inactive)]
    [InlineData(MediaDirection.ReceiveOnly)]
    public async Task A_held_leg_is_sent_nothing(MediaDirection direction)
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(hz: 440);
        await ear.HearsPackets(3);
        leg.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, ear.Local, direction));
        leg.SendDigits("1");
        await rig.Tells<DigitsSent>(); // 200 ms have passed since
        var heard = ear.Heard().Length;
        leg.SendDigits("1");
        await rig.Tells<DigitsSent>(2);
        Assert.Equal(heard, ear.Heard().Length);
    }

    [Fact]
    public async Task Another_source_cannot_take_a_talking_leg_over()
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        await rig.Tells<FirstPacket>(2);
        var attacker = rig.Ear();
        attacker.SayTone(2000);
        attacker.Connect(caller.Local);
        await agentEar.HearsPackets(25);
        Assert.True(attacker.Sent > 5);
        Assert.Empty(attacker.Heard());
        Heard.IsTone(agentEar.Heard(), 440);
        caller.Close();
        Assert.InRange((int)(await rig.Tells<LegClosed>()).Figures.Foreign, 5, 1000);
    }
}
