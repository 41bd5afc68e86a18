using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Domain.Numbers;
using CallCenter.Kit.Sip;
using CallCenter.Media.Dtls;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>DTLS and ICE in offers and answers of the edge; that they come to a talk is shown by browsers.</summary>
public sealed class DtlsTests
{
    static readonly LegId Agent = new("agent-1");
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);
    static readonly string hash = string.Join(':', Enumerable.Repeat("AB", 32));

    static string Sdp(string setup, string ufrag = "GUnR") => Dialling.Sdp().Replace("RTP/AVP", "UDP/TLS/RTP/SAVPF", StringComparison.Ordinal)
        + $"a=mid:0\r\na=ice-ufrag:{ufrag}\r\na=ice-pwd:PTZRM7ncnWUi+/ROWMn9Bcnk\r\na=fingerprint:sha-256 {hash}\r\na=setup:{setup}\r\na=rtcp-mux\r\n";

    static string[] LinesOf(SipMessage message, string name) =>
        [.. Encoding.UTF8.GetString(message.Body.Span).Split("\r\n").Where(l => l.StartsWith($"a={name}", StringComparison.Ordinal))];

    static async Task<SipRequest> Ringing(EdgeScene scene, ScriptedSipPeer phone)
    {
        Assert.Equal(200, (await phone.Register("ring")).Status);
        scene.Script.Stations["1001"] = scene.Script.Stations["1001"] with { Srtp = SrtpUse.Dtls };
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", Later));
        return await phone.ExpectRequest(SipMethod.Invite);
    }

    [Fact]
    public async Task A_browsers_offer_is_answered_and_its_restart_too()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        await caller.Send(caller.Invite("d1", body: Sdp("actpass")));
        var arrived = await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(arrived.Leg));
        var answer = await caller.ExpectResponse();
        Assert.Equal("a=setup:passive", Assert.Single(LinesOf(answer, "setup")));
        Assert.Equal(2, LinesOf(answer, "candidate").Length); // UDP and TCP
        await caller.Send(caller.Within(answer, "ACK", 1));
        var same = await caller.Ask(caller.Within(answer, "INVITE", 2, body: Sdp("actpass")));
        await caller.Send(caller.Within(answer, "ACK", 2));
        Assert.Equal(LinesOf(answer, "ice-"), LinesOf(same, "ice-"));
        var restarted = await caller.Ask(caller.Within(answer, "INVITE", 3, body: Sdp("actpass", ufrag: "Other")));
        await caller.Send(caller.Within(answer, "ACK", 3));
        Assert.NotEqual(LinesOf(answer, "ice-ufrag"), LinesOf(restarted, "ice-ufrag"));
        Assert.Equal(LinesOf(answer, "fingerprint"), LinesOf(restarted, "fingerprint"));
    }

    [Fact]
    public async Task A_station_that_is_to_be_called_by_DTLS_is_offered_nothing_else()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        var invite = await Ringing(scene, phone);
        Assert.Equal("a=setup:actpass", Assert.Single(LinesOf(invite, "setup")));
        await phone.Send(phone.Response(invite, 200, body: Sdp("active")));
        await phone.ExpectRequest(SipMethod.Ack);
        Assert.Equal(Agent, (await scene.Script.Hears<PickedUp>()).Leg);
        Assert.Equal(488, (await phone.Ask(phone.Within(invite, "INVITE", 100, body: Dialling.Sdp()))).Status); // nor does it become plain later
    }

    [Fact]
    public async Task A_station_that_answers_otherwise_has_not_picked_up()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        var invite = await Ringing(scene, phone);
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp()));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((LegFailure.Unreachable, 488), (failed.Why, failed.SipStatus));
    }

    [Fact]
    public async Task A_station_at_another_edge_is_offered_it_there()
    {
        await using var scene = await EdgeScene.Start(("Edge:Count", "2"), ("Edge:Id", "edge"));
        var phone = scene.Peer(await scene.SipOf("edge-1"));
        var invite = await Ringing(scene, phone);
        await phone.Send(phone.Response(invite, 200, body: Sdp("active")));
        Assert.Equal(Agent, (await scene.Script.Hears<PickedUp>()).Leg);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_phone_shakes_hands_and_whoever_is_not_who_signalled_is_hung_up(bool isTrue)
    {
        await using var scene = await EdgeScene.Start();
        using var identity = DtlsIdentity.TryCreate(TimeProvider.System)!;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 200 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var caller = scene.Peer();
        var secured = $"a=fingerprint:{(isTrue ? identity.Fingerprint : DtlsFingerprint.Of("nobody"u8))}\r\na=setup:active\r\na=rtcp-mux\r\n";
        await caller.Send(caller.Invite("d3", body: Dialling.Sdp(((IPEndPoint)socket.LocalEndPoint!).Port).Replace("RTP/AVP", "UDP/TLS/RTP/SAVP", StringComparison.Ordinal) + secured));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(new("caller")));
        var answer = await caller.ExpectResponse();
        await caller.Send(caller.Within(answer, "ACK", 1));
        Assert.True(DtlsFingerprint.TryRead(Assert.Single(LinesOf(answer, "fingerprint"))["a=fingerprint:".Length..], out var theirs));
        using var session = new DtlsSession(identity, DtlsRole.Client, [theirs], DtlsTimers.Usual);
        Shake(session, socket, Dialling.MediaOf(answer));
        Assert.Equal(isTrue ? DtlsPhase.Ready : DtlsPhase.Failed, session.Phase);
        if (!isTrue)
        {
            await caller.ExpectRequest(SipMethod.Bye);
            return;
        }
        session.Close();
        Send(session, socket, Dialling.MediaOf(answer));
        await caller.ExpectRequest(SipMethod.Options); // gone without a word in SIP: it is asked
    }

    static void Shake(DtlsSession session, Socket socket, IPEndPoint edge)
    {
        var room = new byte[2048];
        session.Start();
        for (var tries = 0; session.Phase == DtlsPhase.Handshaking && tries < 100; tries++)
        {
            Send(session, socket, edge);
            if (socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead)) session.Feed(room.AsSpan(0, socket.Receive(room)));
            else session.Tick();
        }
        Send(session, socket, edge);
    }

    static void Send(DtlsSession session, Socket socket, IPEndPoint edge)
    {
        var room = new byte[DtlsSession.Mtu];
        while (session.TryTake(room, out var length)) socket.SendTo(room.AsSpan(0, length), edge);
    }

    [Fact]
    public async Task An_edge_that_speaks_none_of_it_refuses_it_and_calls_nobody_so()
    {
        await using var scene = await EdgeScene.Start(("Media:Dtls", "off"));
        var phone = scene.Peer();
        Assert.Equal(488, (await phone.Ask(phone.Invite("d2", body: Sdp("actpass")))).Status);
        Assert.Equal(200, (await phone.Register("ring")).Status);
        scene.Script.Stations["1001"] = scene.Script.Stations["1001"] with { Srtp = SrtpUse.Dtls };
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", Later));
        Assert.Equal((LegFailure.PlatformFault, 503), await scene.Script.Hears<NotPickedUp>() is var failed ? (failed.Why, failed.SipStatus) : default);
    }
}
