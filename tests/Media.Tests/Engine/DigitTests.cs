using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Engine;

[Collection(EngineTests.Name)]
public sealed class DigitTests
{
    [Fact]
    public async Task Keys_pressed_are_told_once_each_with_their_length()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(hz: 440);
        foreach (var key in "19#") ear.Press(key);
        await rig.Tells<DigitPressed>(3);
        var told = rig.Told<DigitPressed>();
        Assert.Equal("19#", string.Concat(told.Select(d => d.Key)));
        Assert.All(told, d => Assert.Equal(100, (d.At - d.Start).TotalMilliseconds));
        Assert.All(told, d => Assert.Same(leg, d.Leg));
        Assert.DoesNotContain("#", told[2].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_reach_the_other_party_if_they_may(bool pass)
    {
        using var rig = new EngineRig();
        var (caller, callerEar) = rig.Party(hz: 440);
        var (agent, agentEar) = rig.Party(hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(caller), new(agent)]);
        caller.PassDigits(pass);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 5, "the caller");
        callerEar.Press('5');
        await rig.Tells<DigitPressed>();
        await agentEar.HearsPackets(5);
        var keys = agentEar.Heard().Where(p => p.PayloadType == 101).ToList();
        Assert.Equal(pass ? 7 : 0, keys.Count);
        Assert.True(keys.Count == 0 || keys.DistinctBy(k => k.Timestamp).Count() == 1);
        Heard.IsTone([.. agentEar.Heard().Where(p => p.IsAudio)], 440);
    }

    [Fact]
    public async Task Keys_sent_are_three_times_ended_events_in_the_same_stream()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party();
        Assert.True(leg.SendDigits("7*"));
        Assert.False(leg.SendDigits("7x"));
        await rig.Tells<DigitsSent>();
        await ear.HearsPackets(2);
        var events = ear.Heard().Where(p => p.PayloadType == 101).Select(p => (p.Timestamp, Event: Read(p.Payload))).ToList();
        Assert.Equal([7, 10], events.Select(e => (int)e.Event.Code).Distinct());
        Assert.Equal(2, events.Select(e => e.Timestamp).Distinct().Count());
        Assert.Equal([3, 3], events.GroupBy(e => e.Timestamp).Select(g => g.Count(e => e.Event.End)));
        Assert.All(events.Where(e => e.Event.End), e => Assert.Equal(800, e.Event.Duration));
        Heard.IsOneStream([.. ear.Heard()]);
    }

    static DtmfEvent Read(byte[] payload)
    {
        Assert.True(DtmfEvent.TryRead(payload, out var read));
        return read;
    }
}
