using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Engine;

/// <summary>An engine whose kernel has no ring of packets, or forbids it: the same calls by epoll. All tests of the engine run so where <c>CALLCENTER_TEST_RING</c> is <c>off</c>.</summary>
public sealed class WithoutRingTests
{
    static readonly MediaOptions without = new() { Ring = false };

    [Fact]
    public async Task Two_talk_and_are_recorded()
    {
        using var rig = new EngineRig(without);
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        caller.Record(TrackId.New(), MediaClock.Now);
        rig.Engine.OpenRoom(1).Set([new(caller), new(agent)]);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the agent");
        Heard.IsTone(agentEar.Heard(), 440);
        Heard.IsTone(callerEar.Heard(), 1000);
        Heard.IsOneStream(agentEar.Heard());
        caller.Close();
        await rig.Tells<TrackEnded>();
        Assert.Equal((0L, 0L), (rig.Engine.Figures.Faults, rig.Engine.Figures.SendFailures));
    }

    [Fact]
    public async Task Legs_move_and_ports_come_free()
    {
        using var rig = new EngineRig(without with { Shards = 2, DrainTime = TimeSpan.FromMilliseconds(20) });
        var (agent, agentEar) = rig.Party(hz: 1000);
        for (var group = 0; group < 120; group++) // more than the rig has ports
        {
            var (caller, ear) = (rig.Leg(group: group), rig.Ear());
            caller.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, ear.Local));
            ear.Connect(caller.Local);
            rig.Engine.Move(agent, group);
            rig.Engine.OpenRoom(group).Set([new(caller), new(agent)]);
            await ear.Hears(h => h.Any(p => !p.IsSilence), "the agent");
            agent.Rest();
            caller.Close();
        }
        Assert.NotEmpty(agentEar.Heard());
        Assert.Equal(0, rig.Engine.Figures.Faults);
    }
}
