using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Engine;

/// <summary>A leg that stands by between calls, and goes to the loop of each.</summary>
public sealed class MovingTests
{
    [Fact]
    public async Task A_leg_goes_from_loop_to_loop_and_talks_at_each()
    {
        using var rig = new EngineRig(new() { Shards = 2 });
        var (agent, agentEar) = rig.Party(hz: 1000);
        for (var group = 0; group < 6; group++)
        {
            var (caller, ear) = (rig.Leg(group: group), rig.Ear());
            caller.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, ear.Local));
            ear.SayTone(440);
            ear.Connect(caller.Local);
            rig.Engine.Move(agent, group);
            agent.Begin();
            rig.Engine.OpenRoom(group).Set([new(caller), new(agent)]);
            agentEar.Forget();
            await ear.Hears(h => h.Count(p => !p.IsSilence) > 10, "the agent");
            await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 10, "the caller");
            Heard.IsTone(ear.Heard(), 1000);
            caller.Close();
            agent.Rest();
        }
        Heard.IsOneStream(agentEar.Heard());
        Assert.Equal(0, rig.Engine.Figures.Faults);
    }

    [Fact]
    public async Task What_is_commanded_behind_a_move_finds_the_leg_however_often_it_moved()
    {
        using var rig = new EngineRig(new() { Shards = 2 });
        var legs = Enumerable.Range(0, 4).Select(_ => rig.Party(hz: 1000)).ToArray();
        for (var i = 0; i < 500; i++)
            foreach (var (leg, _) in legs) rig.Engine.Move(leg, i + leg.Id);
        foreach (var (leg, _) in legs) rig.Engine.Move(leg, 1);
        rig.Engine.OpenRoom(1).Set([new(legs[0].Leg), new(legs[1].Leg)]);
        rig.Engine.OpenRoom(1).Set([new(legs[2].Leg), new(legs[3].Leg)]);
        foreach (var (_, ear) in legs) await ear.Hears(h => h.Count(p => !p.IsSilence) > 10, "the other");
        Assert.Equal(0, rig.Engine.Figures.Faults);
    }

    [Fact]
    public async Task Between_calls_a_leg_is_sent_nothing_but_itself_if_it_asks_for_that()
    {
        using var rig = new EngineRig();
        var (agent, ear) = rig.Party(hz: 1000);
        await ear.HearsPackets(5);
        agent.Rest();
        var (_, other) = rig.Party();
        await other.HearsPackets(5);
        ear.Forget();
        await other.HearsPackets(30);
        Assert.Empty(ear.Heard());
        agent.Echo(true);
        await ear.Hears(h => h.Count(p => !p.IsSilence) > 20, "itself");
        Heard.IsTone(ear.Heard(), 1000);
    }
}
