using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Engine;

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
        await agentEar.Hears(h => h.Count(p => p.PayloadType == 101) >= (pass ? 7 : 0), "the key's packets"); // the engine tells sooner than the ear reads
        await agentEar.HearsPackets(5);
        var keys = agentEar.Heard().Where(p => p.PayloadType == 101).ToList();
        Assert.Equal(pass ? 7 : 0, keys.Count);
        Assert.True(keys.Count == 0 || keys.DistinctBy(k => k.Timestamp).Count() == 1);
        Heard.IsTone([.. agentEar.Heard().Where(p => p.IsAudio)], 440);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_reach_those_who_are_mixed_for_if_they_may(bool pass)
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        rig.Room(p[0], p[1], p[2]);
        p[0].Leg.PassDigits(pass);
        await RoomRig.Hears(p[2], p[0], p[1]);
        p[0].Ear.Press('5');
        await rig.Engine.Tells<DigitPressed>();
        await Task.WhenAll(RoomRig.Hears(p[1], p[0], p[2]), RoomRig.Hears(p[2], p[0], p[1]));
        foreach (var ear in new[] { p[1].Ear, p[2].Ear })
        {
            var keys = ear.Heard().Where(k => k.PayloadType == 101).ToList();
            Assert.Equal(pass ? 7 : 0, keys.Count);
            Assert.True(keys.Count == 0 || keys.DistinctBy(k => k.Timestamp).Count() == 1);
            Heard.IsOneStream(ear.Heard());
            Heard.NeverGoesBack(ear.Heard());
        }
        Assert.DoesNotContain(p[0].Ear.Heard(), k => k.PayloadType == 101);
    }

    /// <summary>A line that stands still in the middle of a key, and between the three packets that end it.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_key_whose_packets_come_late_is_one_key_for_the_other_party(int parties)
    {
        using var rig = new RoomRig();
        var p = rig.Parties(parties);
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var presser = rig.Engine.Leg();
        presser.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, (IPEndPoint)phone.Client.LocalEndPoint!));
        rig.Room([new(presser), .. p.Skip(1).Select(o => (MediaMember)o)]);
        await p[1].Ear.HearsPackets(10); // everybody is there
        var packet = new byte[RtpHeader.Size + DtmfEvent.Size];
        for (ushort n = 0; n < 6; n++)
        {
            RtpHeader.Write(packet, n == 0, 101, n, 800, 7);
            new DtmfEvent(5, n >= 3, 10, (ushort)(Math.Min(n + 1, 4) * 160)).Write(packet.AsSpan(RtpHeader.Size));
            phone.Send(packet, presser.Local);
            await p[1].Ear.HearsPackets(8); // 160 ms, in which silence or the others are sent again
        }
        await p[1].Ear.Hears(h => h.Count(k => k.PayloadType == 101) == 6, "all packets of the key");
        var heard = p[1].Ear.Heard();
        Assert.Single(heard.Where(k => k.PayloadType == 101).Select(k => k.Timestamp).Distinct());
        Assert.Single(heard.Select(k => k.Ssrc).Distinct());
        Assert.All(heard.Zip(heard.Skip(1)), pair => Assert.Equal(1, (ushort)(pair.Second.Sequence - pair.First.Sequence)));
    }

    [Fact]
    public async Task Keys_of_two_at_once_do_not_break_each_other()
    {
        using var rig = new RoomRig();
        var p = rig.Parties(3);
        rig.Room(p[0], p[1], p[2]);
        await RoomRig.Hears(p[2], p[0], p[1]);
        foreach (var key in "12") p[0].Ear.Press(key);
        foreach (var key in "89") p[1].Ear.Press(key);
        await rig.Engine.Tells<DigitPressed>(4);
        await RoomRig.Hears(p[2], p[0], p[1]);
        var keys = p[2].Ear.Heard().Where(k => k.PayloadType == 101).GroupBy(k => k.Timestamp).ToList();
        Assert.InRange(keys.Count, 2, 4);
        Assert.All(keys, k => Assert.Single(k.Select(e => Read(e.Payload).Code).Distinct()));
        Assert.Equal(keys.Count, keys.Select(k => Read(k.First().Payload).Code).Distinct().Count()); // none came in two pieces
    }

    [Fact]
    public async Task Keys_sent_are_three_times_ended_events_in_the_same_stream()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party();
        Assert.True(leg.SendDigits("7*"));
        Assert.False(leg.SendDigits("7x"));
        await rig.Tells<DigitsSent>();
        await ear.Hears(h => h.Count(p => p.PayloadType == 101 && Read(p.Payload).End) >= 6, "the ends of both keys"); // the engine tells sooner than the ear reads
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
