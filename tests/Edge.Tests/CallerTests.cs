using System.Net;
using System.Net.Sockets;
using CallCenter.Domain.Flows;
using CallCenter.Kit.Sip;
using CallCenter.Kit.Time;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

public sealed class CallerTests
{
    [Fact]
    public async Task An_invite_for_a_number_becomes_a_call_and_is_answered_when_the_call_says_so()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        await caller.Send(caller.Invite("a1"));
        Assert.Equal(100, (await caller.ExpectResponse(100)).Status);
        var arrived = await scene.Script.Hears<Arrived>();
        Assert.Equal(("02112345678", "demo-trunk", "86-4008001001"), (arrived.CallerNumber, arrived.Trunk, arrived.Number));

        await scene.Script.Orders(new AnswerLeg(arrived.Leg));
        var answer = await caller.ExpectResponse();
        Assert.Equal(200, answer.Status);
        Assert.Contains("m=audio", System.Text.Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
        await scene.Script.Hears<Answered>();
        await caller.Send(caller.Within(answer, "ACK", 1));

        Assert.Equal(200, (await caller.Ask(caller.Within(answer, "BYE", 2))).Status);
        Assert.Equal(LegEndedBy.FarEnd, (await scene.Script.Hears<HungUp>()).By);
    }

    [Fact]
    public async Task A_bye_with_a_network_cause_is_the_networks()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, answer) = await Connected(scene);
        await caller.Ask(caller.Within(answer, "BYE", 2, "Reason: Q.850;cause=38;text=\"network out of order\"\r\n"));
        var hungUp = await scene.Script.Hears<HungUp>();
        Assert.Equal((LegEndedBy.Network, 38), (hungUp.By, hungUp.Q850));
    }

    [Fact]
    public async Task Hanging_up_sends_a_bye_once()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, _) = await Connected(scene);
        await scene.Script.Orders(new HangUpLeg(new("caller")), new HangUpLeg(new("caller")));
        var bye = await caller.ExpectRequest(SipMethod.Bye);
        await caller.Send(caller.Response(bye, 200));
        Assert.Equal(LegEndedBy.Us, (await scene.Script.Hears<HungUp>()).By);
        Assert.True(await caller.HearsNothingNew(m => m is SipRequest, TimeSpan.FromMilliseconds(600)));
    }

    [Fact]
    public async Task A_cancel_before_the_answer_ends_the_call()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        var branch = caller.NewBranch();
        await caller.Send(caller.Request("INVITE", Dialling.Number, Dialling.Caller, $"<{Dialling.Number}>", "c1", 1, "", Dialling.Sdp(), branch));
        await scene.Script.Hears<Arrived>();
        await caller.Send(caller.Request("CANCEL", Dialling.Number, Dialling.Caller, $"<{Dialling.Number}>", "c1", 1, "", "", branch));
        await caller.Expect(m => m is SipResponse { Status: 487 }, "487");
        Assert.Equal(LegEndedBy.FarEnd, (await scene.Script.Hears<HungUp>()).By);
    }

    [Theory]
    [InlineData("sip:4009999999@127.0.0.1", 404)]
    [InlineData("sip:nobody@127.0.0.1", 404)]
    public async Task An_unknown_number_is_not_found(string uri, int status)
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        Assert.Equal(status, (await caller.Ask(caller.Invite("u1", uri))).Status);
    }

    [Fact]
    public async Task A_source_that_no_trunk_accepts_is_forbidden()
    {
        await using var scene = await EdgeScene.Start();
        scene.Script.Trunk = "";
        var caller = scene.Peer();
        Assert.Equal(403, (await caller.Ask(caller.Invite("f1"))).Status);
    }

    [Fact]
    public async Task An_offer_without_a_codec_of_ours_is_not_acceptable()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        Assert.Equal(488, (await caller.Ask(caller.Invite("n1", body: Dialling.Sdp(formats: "18")))).Status);
    }

    [Fact]
    public async Task A_draining_edge_says_when_to_try_again()
    {
        await using var scene = await EdgeScene.Start();
        scene.Edges.Drain();
        var caller = scene.Peer();
        var answer = await caller.Ask(caller.Invite("d1"));
        Assert.Equal(503, answer.Status);
        Assert.True(answer.Has(HeaderName.RetryAfter));
    }

    [Theory]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 405)]
    [InlineData("FROBNICATE", 501)]
    public async Task Other_methods_get_the_status_the_standard_names(string method, int status)
    {
        await using var scene = await EdgeScene.Start();
        var peer = scene.Peer();
        Assert.Equal(status, (await peer.Ask(peer.Request(method, Dialling.Number, Dialling.Caller, $"<{Dialling.Number}>", "m1", 1))).Status);
    }

    [Fact]
    public async Task What_was_not_acknowledged_is_told_again()
    {
        await using var scene = await EdgeScene.Start();
        scene.Script.Acknowledges = false;
        var caller = scene.Peer();
        await caller.Send(caller.Invite("r1"));
        var first = await scene.Script.Hears<Arrived>();
        scene.Script.Acknowledges = true;
        Assert.Equal(first, await scene.Script.Hears<Arrived>());
    }

    [Fact]
    public async Task A_call_that_cannot_be_reached_is_told_when_it_can()
    {
        await using var scene = await EdgeScene.Start();
        scene.Script.Unreachable = true;
        var caller = scene.Peer();
        await caller.Send(caller.Invite("x1"));
        await caller.ExpectResponse(100);
        scene.Script.Unreachable = false;
        await scene.Script.Hears<Arrived>();
    }

    [Fact]
    public async Task What_an_activation_took_in_and_lost_is_told_again_of_a_call_of_an_earlier_start_too()
    {
        await using var scene = await EdgeScene.Start();
        await Connected(scene);
        scene.Script.Acknowledges = false;
        var older = scene.Script.Call with { Call = CallId.New(DateTimeOffset.UnixEpoch) };
        await scene.Script.Edge!.Do(new(older, 1, scene.Script.Sender.Epoch - 1, [new HangUpLeg(new("caller"))]));
        var gone = await scene.Script.Hears<HungUp>();
        Assert.Equal(gone, await scene.Script.Hears<HungUp>());
    }

    [Fact]
    public async Task A_play_that_is_ordered_again_after_the_next_one_is_not_played_again()
    {
        await using var scene = await EdgeScene.Start();
        await Connected(scene);
        PlayToLeg Play(string name) => new(new("caller"), name, [Prompt.Of("nothing", "en-US")], null, false);
        foreach (var name in new[] { "p1", "p2" })
        {
            await scene.Script.Orders(Play(name));
            Assert.Equal(name, (await scene.Script.Hears<PlayEnded>()).Play);
        }
        await scene.Script.Orders(Play("p1"), Play("p3"));
        Assert.Equal("p3", (await scene.Script.Hears<PlayEnded>()).Play);
    }

    [Fact]
    public async Task An_answer_in_the_ack_of_a_later_invite_moves_the_media()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, first) = await Connected(scene);
        using var ear = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await caller.Send(caller.Within(first, "INVITE", 2));
        var answer = (SipResponse)await caller.Expect(m => m is SipResponse { Status: 200 } r && r.CSeq.Number == 2, "the 200 with an offer");
        Assert.False(answer.Body.IsEmpty);
        await caller.Send(caller.Within(answer, "ACK", 2, body: Dialling.Sdp(((IPEndPoint)ear.Client.LocalEndPoint!).Port)));
        using var limit = new CancellationTokenSource(Patience.Usual);
        Assert.True((await ear.ReceiveAsync(limit.Token)).Buffer.Length > 12);
    }

    [Fact]
    public async Task An_update_without_an_offer_is_answered_without_one()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, first) = await Connected(scene);
        var answer = await caller.Ask(caller.Within(first, "UPDATE", 2));
        Assert.Equal((200, true), (answer.Status, answer.Body.IsEmpty));
    }

    [Fact]
    public async Task A_call_that_is_cut_off_by_a_stop_hears_a_bye_and_is_told()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, _) = await Connected(scene);
        await scene.Stop();
        await caller.Send(caller.Response(await caller.ExpectRequest(SipMethod.Bye), 200));
        Assert.Equal(LegEndedBy.Us, (await scene.Script.Hears<HungUp>()).By);
    }

    internal static async Task<(ScriptedSipPeer Caller, SipResponse Answer)> Connected(EdgeScene scene)
    {
        var caller = scene.Peer();
        await caller.Send(caller.Invite("call-" + caller.Local.Port));
        var arrived = await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(arrived.Leg));
        var answer = await caller.ExpectResponse();
        await caller.Send(caller.Within(answer, "ACK", 1));
        return (caller, answer);
    }
}
