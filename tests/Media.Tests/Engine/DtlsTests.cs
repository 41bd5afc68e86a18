using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Engine;

public sealed class DtlsTests() : DtlsScene(new())
{
    [Theory]
    [InlineData(DtlsRole.Server)]
    [InlineData(DtlsRole.Client)]
    public async Task Without_ICE_the_session_description_says_where_hands_are_shaken(DtlsRole role)
    {
        nearLink.SetRemote(Settled(farLink.Local, Terms(role, farLink)));
        farLink.SetRemote(Settled(nearLink.Local, Terms(role == DtlsRole.Server ? DtlsRole.Client : DtlsRole.Server, nearLink)));
        await BothHear();
        await agentEar.HearsPackets(120); // and reports go along
        farLink.Close();
        var figures = (await far.Tells<LegClosed>()).Figures;
        Assert.NotNull(figures.RemoteLost);
        Assert.Equal(0UL, figures.Lost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_peer_is_where_it_nominates_by_UDP_or_TCP(bool isStream)
    {
        var front = Front(isStream);
        Answer();
        await front.Check(nominates: false); // with which every connection begins
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        Assert.Empty(near.Told<PeerGone>());
        nearLink.Close();
        Assert.Equal(0UL, (await near.Tells<LegClosed>()).Figures.Lost);
    }

    [Fact]
    public async Task Before_a_nomination_hands_are_shaken_but_nothing_is_said()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: false);
        await near.Tells<FirstPacket>(2); // the caller's, and the agent's along the path that is checked
        Assert.DoesNotContain(agentEar.Heard(), p => !p.IsSilence);
        await front.Check(nominates: true);
        await BothHear();
    }

    [Fact]
    public async Task What_comes_before_the_answer_to_our_offer_waits_for_it()
    {
        var front = Front();
        nearLink.Await();
        Call(front);
        await front.Check(nominates: true);
        Assert.DoesNotContain(agentEar.Heard(), p => !p.IsSilence);
        Answer();
        await BothHear();
    }

    /// <summary>A phone begins as soon as it has answered; its first datagrams may be faster than its answer.</summary>
    [Fact]
    public async Task What_comes_before_the_answer_waits_for_it_without_ICE_too()
    {
        using var phone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var other = Front();
        nearLink.Await();
        await other.Check(nominates: false); // it listens
        farLink.SetRemote(Settled((IPEndPoint)phone.Client.LocalEndPoint!, Terms(DtlsRole.Client, nearLink)));
        var hello = (await phone.ReceiveAsync(limit.Token)).Buffer; // it fits one
        await phone.SendAsync(hello, nearLink.Local, limit.Token);
        await other.Check(nominates: false); // which comes behind it
        nearLink.SetRemote(Settled((IPEndPoint)phone.Client.LocalEndPoint!, Terms(DtlsRole.Server, farLink)));
        UdpReceiveResult answer;
        do answer = await phone.ReceiveAsync(limit.Token);
        while (!answer.RemoteEndPoint.Equals(nearLink.Local));
        Assert.InRange(answer.Buffer[0], 20, 63);
    }

    [Fact]
    public async Task After_a_restart_the_former_path_is_good_until_another_is_nominated()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        var renewed = IceCredentials.Create();
        Answer(renewed);
        await BothHear();
        front.Renew(renewed);
        await front.Check(nominates: true);
        await BothHear();
        Assert.Single(near.Told<FirstPacket>(), f => f.Leg == nearLink);
    }

    [Fact]
    public async Task Another_certificate_shakes_hands_anew()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        using var third = new EngineRig();
        var (other, otherEar) = third.Party(hz: 700);
        var link = third.Leg();
        third.Engine.OpenRoom(1).Set([new(other), new(link)]);
        farLink.Close();
        using var next = new IceFront(nearLink.Local, link.Local, nearLink.Dtls!.Ice);
        nearLink.SetRemote(Settled(null, Terms(DtlsRole.Server, link, nearLink.Dtls.Ice)));
        link.SetRemote(Settled(next.Local, Terms(DtlsRole.Client, nearLink)));
        await next.Check(nominates: true);
        await otherEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "the caller");
        callerEar.Forget();
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "the other");
        Heard.IsTone(callerEar.Heard(), 700);
    }

    [Fact]
    public async Task Who_is_not_who_signalled_is_told_and_never_heard()
    {
        var front = Front();
        nearLink.SetRemote(Settled(null, Terms(DtlsRole.Server, nearLink, nearLink.Dtls!.Ice))); // the far one has another certificate
        Call(front);
        await front.Check(nominates: true);
        Assert.Equal(PeerLoss.WrongCertificate, (await near.Tells<PeerGone>()).Why);
        Assert.Equal(PeerLoss.Refused, (await far.Tells<PeerGone>()).Why);
        Assert.All(callerEar.Heard(), p => Assert.True(p.IsSilence));
        Assert.All(agentEar.Heard(), p => Assert.True(p.IsSilence));
    }

    [Fact]
    public async Task A_goodbye_in_the_media_is_told()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        farLink.Close();
        Assert.Equal(PeerLoss.Closed, (await near.Tells<PeerGone>()).Why);
    }

    [Fact]
    public async Task A_stranger_is_neither_answered_nor_heard()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 300 };
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var guess = new IceFront(nearLink.Local, stranger.LocalEndPoint as IPEndPoint ?? throw new InvalidOperationException(), new(nearLink.Dtls!.Ice.Fragment, "wrongwrongwrongwrongwrong"));
        var hello = new byte[300];
        (hello[0], hello[1], hello[2]) = (22, 0xFE, 0xFD);
        for (var i = 0; i < 20; i++)
        {
            guess.Throw(hello);
            guess.Throw([0x80, 0, 0, (byte)i, .. new byte[168]]);
            guess.Throw([0x80, 200, 0, 6, .. new byte[24]]);
            guess.Throw([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]]);
        }
        Assert.False(await guess.IsAnswered(nominates: true, tries: 3));
        Assert.Throws<SocketException>(() => stranger.Receive(new byte[2048]));
        await BothHear();
        nearLink.Close();
        Assert.InRange((int)(await near.Tells<LegClosed>()).Figures.Foreign, 10, 40);
    }

    [Fact]
    public void A_connection_that_asks_for_nobody_is_closed()
    {
        Answer();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Connect(nearLink.Dtls!.Stream!);
        socket.Send(new byte[] { 0, 20, 0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        Assert.Equal(0, socket.Receive(new byte[100]));
        using var endless = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        endless.Connect(nearLink.Dtls.Stream!);
        endless.Send(new byte[] { 0xFF, 0xFF, 1 });
        Assert.Equal(0, endless.Receive(new byte[100]));
    }

    [Fact]
    public async Task Packets_of_a_leg_with_ICE_and_DTLS_cost_no_memory()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        var allocated = long.MaxValue;
        for (var i = 0; i < 5 && allocated > 0; i++) // now and then something else happens, as a report
        {
            var before = near.Engine.LoopAllocations;
            agentEar.Forget();
            await agentEar.HearsPackets(15);
            allocated = near.Engine.LoopAllocations - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Without_OpenSSL_or_where_it_is_off_nothing_of_it_is_offered()
    {
        using var rig = new EngineRig(new() { Dtls = false, StreamPort = 0 });
        Assert.Null(rig.Leg().Dtls);
        Assert.False(rig.Engine.SpeaksDtls);
    }
}

/// <summary>What becomes of a leg whose peer does not come, or goes.</summary>
public sealed class DtlsSilenceTests() : DtlsScene(new() { ConnectTimeout = TimeSpan.FromSeconds(1), ConsentTimeout = TimeSpan.FromSeconds(3) })
{
    [Fact]
    public async Task Who_finds_no_way_is_given_up()
    {
        Answer();
        Assert.Equal(PeerLoss.NoPath, (await near.Tells<PeerGone>()).Why);
    }

    [Fact]
    public async Task Who_is_there_but_shakes_no_hands_is_given_up()
    {
        var front = Front();
        Answer();
        await front.Check(nominates: true);
        Assert.Equal(PeerLoss.NoHandshake, (await near.Tells<PeerGone>()).Why);
    }

    [Fact]
    public async Task Who_falls_silent_is_sent_nothing_more_until_it_is_there_again()
    {
        var front = Front();
        Answer();
        Call(front);
        await front.Check(nominates: true);
        await BothHear();
        front.IsCut = true;
        Assert.Equal(PeerLoss.Silent, (await near.Tells<PeerGone>()).Why);
        var sent = near.Engine.Figures.Sent;
        callerEar.Forget();
        await callerEar.HearsPackets(25);
        var more = near.Engine.Figures.Sent - sent;
        await callerEar.HearsPackets(5); // whatever was sent until then is heard by now
        Assert.InRange(more, 20, callerEar.Heard().Length + 10); // the caller's alone; the ear forgot what was on its way
        front.IsCut = false;
        await front.Check(nominates: true);
        await near.Tells<MediaResumed>();
        await BothHear();
    }
}
