using System.Net;
using System.Net.Sockets;
using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Engine;

/// <summary>Two engines that talk SRTP to each other, each with a plain party behind it.</summary>
public sealed class SecuredTests
{
    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(s => s.Name)];

    static (SrtpKeys Near, SrtpKeys Far) Keys(string suite = "AES_CM_128_HMAC_SHA1_80")
    {
        var found = SrtpSuite.Find(suite)!;
        var (one, two) = (SrtpMasterKey.Create(found), SrtpMasterKey.Create(found));
        return (new(found, one, two), new(found, two, one));
    }

    static NegotiatedAudio Settled(IPEndPoint remote, SrtpKeys? keys) =>
        EngineRig.Settled(AudioCodec.Pcmu, remote) with { Keys = keys, RemoteControl = new(remote.Address, remote.Port + 1) };

    static void Join(EngineRig rig, MediaLeg one, MediaLeg two) => rig.Engine.OpenRoom(1).Set([new(one), new(two)]);

    [Theory, MemberData(nameof(Suites))]
    public async Task Two_engines_hear_each_other_and_read_each_others_reports(string suite)
    {
        using var near = new EngineRig(new() { ReportInterval = TimeSpan.FromSeconds(1) });
        using var far = new EngineRig(new() { ReportInterval = TimeSpan.FromSeconds(1) });
        var (caller, callerEar) = near.Party(hz: 440);
        var (agent, agentEar) = far.Party(hz: 1000);
        var (nearLink, farLink) = (near.Leg(), far.Leg());
        var keys = Keys(suite);
        nearLink.SetRemote(Settled(farLink.Local, keys.Near));
        farLink.SetRemote(Settled(nearLink.Local, keys.Far));
        Join(near, caller, nearLink);
        Join(far, agent, farLink);
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 110, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 80, "the agent");
        Heard.IsTone(agentEar.Heard(), 440);
        Heard.IsTone(callerEar.Heard(), 1000);
        farLink.Close();
        var figures = (await far.Tells<LegClosed>()).Figures;
        Assert.NotNull(figures.RemoteLost); // a report came through
        Assert.Equal(0UL, figures.Lost);
        Assert.InRange((int)figures.Invalid, 0, 5); // of the moment before it had its keys
    }

    [Fact]
    public async Task Another_key_in_mid_talk_is_a_new_stream_and_the_same_one_is_none()
    {
        using var near = new EngineRig();
        using var far = new EngineRig();
        var (caller, _) = near.Party(hz: 440);
        var (agent, agentEar) = far.Party(hz: 1000);
        var (nearLink, farLink) = (near.Leg(), far.Leg());
        Join(near, caller, nearLink);
        Join(far, agent, farLink);
        var first = Keys();
        foreach (var keys in new[] { first, first, Keys("AEAD_AES_256_GCM"), Keys() })
        {
            nearLink.SetRemote(Settled(farLink.Local, keys.Near));
            farLink.SetRemote(Settled(nearLink.Local, keys.Far));
            agentEar.Forget();
            await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 20, "the caller");
            Heard.IsTone(agentEar.Heard(), 440);
        }
        nearLink.Close();
        Assert.InRange((await near.Tells<LegClosed>()).Figures.Sent, 80u, 1000u); // of all streams
    }

    [Fact]
    public async Task Several_hear_a_secured_party_and_are_heard_each_plain_or_under_its_own_key()
    {
        using var near = new EngineRig();
        using var far = new EngineRig();
        var (caller, callerEar) = near.Party(hz: 440);
        List<MediaMember> members = [new(caller)];
        List<RtpEar> ears = [];
        for (var i = 0; i < 2; i++)
        {
            var (agent, ear) = far.Party();
            var (nearLink, farLink) = (near.Leg(), far.Leg());
            var keys = Keys();
            nearLink.SetRemote(Settled(farLink.Local, keys.Near));
            farLink.SetRemote(Settled(nearLink.Local, keys.Far));
            Join(far, agent, farLink);
            members.Add(new(nearLink, i == 0 ? RoomVoice.Everyone : RoomVoice.Nobody));
            ears.Add(ear);
        }
        near.Engine.OpenRoom(1).Set(members);
        ears[0].SayTone(1000);
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 30, "the first");
        Heard.IsTone(callerEar.Heard(), 1000);
        foreach (var ear in ears) await ear.Hears(h => h.Count(p => !p.IsSilence) > 30, "the caller");
        Heard.IsTone(ears[0].Heard(), 440);
    }

    [Fact]
    public async Task Keys_pressed_pass_through_a_secured_leg()
    {
        using var near = new EngineRig();
        using var far = new EngineRig();
        var (caller, callerEar) = near.Party();
        var (agent, agentEar) = far.Party();
        var (nearLink, farLink) = (near.Leg(), far.Leg());
        var keys = Keys();
        nearLink.SetRemote(Settled(farLink.Local, keys.Near));
        farLink.SetRemote(Settled(nearLink.Local, keys.Far));
        Join(near, caller, nearLink);
        Join(far, agent, farLink);
        await far.Tells<FirstPacket>(2);
        foreach (var key in "159#") callerEar.Press(key);
        await far.Tells<DigitPressed>(4);
        Assert.Equal("159#", string.Concat(far.Told<DigitPressed>().Select(d => d.Key)));
        await agentEar.Hears(h => h.Any(p => p.PayloadType == 101), "a key");
    }

    [Fact]
    public async Task Who_lacks_the_key_is_neither_heard_nor_answered_and_takes_nobodys_place()
    {
        using var rig = new EngineRig();
        var (agent, agentEar) = rig.Party();
        var leg = rig.Leg();
        var stranger = rig.Ear();
        leg.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, null) with { Keys = Keys().Near });
        Join(rig, agent, leg);
        stranger.SayTone(2000);
        stranger.Connect(leg.Local);
        await rig.Tells<FirstPacket>(); // the agent's
        await agentEar.HearsPackets(30);
        Assert.True(stranger.Sent > 10);
        Assert.Empty(stranger.Heard());
        Assert.All(agentEar.Heard(), p => Assert.True(p.IsSilence));
        leg.Close();
        Assert.InRange((int)(await rig.Tells<LegClosed>()).Figures.Invalid, 10, 1000);
    }

    [Fact]
    public void Only_another_key_begins_another_source_and_its_numbers_are_far_from_a_roll_over()
    {
        using var rig = new EngineRig();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var leg = rig.Leg();
        var (first, second) = (Keys().Near, Keys().Near);
        var buffer = new byte[2048];
        List<(uint Source, ushort Sequence)> seen = [];
        foreach (var keys in new[] { first, first, first with { TheirLifetime = 1 << 20 }, second, null, first })
        {
            leg.SetRemote(Settled((IPEndPoint)socket.LocalEndPoint!, keys));
            while (socket.Available > 0) socket.Receive(buffer);
            for (var i = 0; i < 5; i++) // what was on its way is behind us then
                if (RtpHeader.TryMeasure(buffer.AsSpan(0, socket.Receive(buffer)), out _, out var sequence, out var source) && i == 4) seen.Add((source, sequence));
        }
        Assert.Equal([true, true, false, false, false], seen.Zip(seen.Skip(1), (a, b) => a.Source == b.Source));
        Assert.All(seen, s => Assert.InRange(s.Sequence, 0, 0x8000 + 100));
    }

    [Fact]
    public async Task What_leaves_cannot_be_read_and_a_packet_played_back_is_not_heard()
    {
        using var rig = new EngineRig();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var keys = Keys();
        using var sender = new SrtpSender(keys.Far.Suite, keys.Far.Ours);
        using var receiver = new SrtpReceiver(keys.Far.Suite, keys.Far.Theirs);
        var leg = rig.Leg();
        leg.SetRemote(Settled((IPEndPoint)socket.LocalEndPoint!, keys.Near));
        var buffer = new byte[2048];
        for (var i = 0; i < 5; i++)
        {
            var packet = buffer.AsSpan(0, socket.Receive(buffer));
            Assert.Equal(RtpHeader.Size + 160 + 10, packet.Length);
            Assert.NotEqual(160, packet[RtpHeader.Size..172].Count((byte)0xFF));
            Assert.True(receiver.TryUnprotect(ref packet));
            Assert.Equal(160, packet[RtpHeader.Size..].Count((byte)0xFF)); // silence
        }
        var plain = new byte[RtpHeader.Size + 160];
        RtpHeader.Write(plain, true, 0, 1, 160, 5);
        Assert.True(sender.TryProtect(plain, buffer, out var secured));
        for (var i = 0; i < 3; i++) socket.SendTo(secured, leg.Local);
        await rig.Tells<FirstPacket>();
        leg.Close();
        var figures = (await rig.Tells<LegClosed>()).Figures;
        Assert.Equal((1UL, 2UL), (figures.Received, figures.Invalid));
    }
}
