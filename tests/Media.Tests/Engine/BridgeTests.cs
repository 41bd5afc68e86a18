using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;

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
        room.Join(caller);
        room.Join(agent);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the agent");
        AssertTone(agentEar, 440);
        AssertTone(callerEar, 1000);
    }

    static void AssertTone(RtpEar ear, double hz)
    {
        var heard = ear.Heard();
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(heard.Where(p => !p.IsSilence).Skip(2)), hz), 20, 100);
        Assert.InRange(RtpEar.LongestGap(heard).TotalMilliseconds, 0, 60);
        Assert.Single(heard.Select(p => p.Ssrc).Distinct());
        for (var i = 1; i < heard.Length; i++) Assert.Equal(1, (ushort)(heard[i].Sequence - heard[i - 1].Sequence));
    }
}
