using CallCenter.Kit.Sip;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Numbers that are called over a trunk; the trunk is a scripted peer.</summary>
public sealed class TrunkTests
{
    static readonly LegId Called = new("out-1");
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);

    static RingNumber Ring(DateTimeOffset? until = null) => new(Called, "dial-x", "demo-trunk", "+862112345678", until ?? Later);

    [Fact]
    public async Task A_number_is_called_with_the_shown_identity_rings_and_picks_up()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("013800138000", Ring(), Ring());
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        Assert.Equal("013800138000", invite.Uri.UserText);
        Assert.Equal("+862112345678", invite.From.Uri.UserText);
        Assert.Contains("sip:+862112345678@", System.Text.Encoding.ASCII.GetString(invite.Value("P-Asserted-Identity"u8).Span), StringComparison.Ordinal);
        await trunk.Send(trunk.Response(invite, 183, body: Dialling.Sdp()));
        Assert.Equal(Called, (await scene.Script.Hears<Alerting>()).Leg);
        await trunk.Send(trunk.Response(invite, 200, body: Dialling.Sdp()));
        await trunk.ExpectRequest(SipMethod.Ack);
        Assert.Equal(Called, (await scene.Script.Hears<PickedUp>()).Leg);
        Assert.True(await trunk.StaysQuiet(m => m is SipRequest { Method: SipMethod.Invite }, TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task Who_has_no_number_to_show_calls_without_one()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("110", Ring() with { Shown = "" });
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("anonymous.invalid", true), (invite.From.Uri.HostText, invite.Value("P-Asserted-Identity"u8).IsEmpty));
    }

    [Fact]
    public async Task A_trunk_that_asks_who_we_are_gets_the_answer_after_its_100_too()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene, "firm", "hush");
        await scene.Script.OrdersFor("013800138000", Ring());
        var first = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(trunk.Response(first, 100));
        await trunk.Send(trunk.Response(first, 407, headers: "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\r\n"));
        var second = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Invite } r && r.CSeq.Number > first.CSeq.Number, "the INVITE with credentials");
        Assert.Contains("username=\"firm\"", second.Text(HeaderName.ProxyAuthorization), StringComparison.Ordinal);
        Assert.False(second.Value("P-Asserted-Identity"u8).IsEmpty);
        await trunk.Send(trunk.Response(second, 200, body: Dialling.Sdp()));
        await scene.Script.Hears<PickedUp>();
    }

    [Theory]
    [InlineData(401, "hush", DigestVerdict.Right)]
    [InlineData(407, "hush", DigestVerdict.Right)]
    [InlineData(401, "shout", DigestVerdict.Wrong)]
    [InlineData(407, "shout", DigestVerdict.Wrong)]
    public async Task A_trunk_checks_the_answer_and_who_is_refused_for_a_wrong_password_has_reached_nobody(int status, string password, DigestVerdict verdict)
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene, "firm \"one\"", password);
        var digest = new DigestServer(new(Nonces.NewKey(), TimeSpan.FromMinutes(5), TimeProvider.System));
        string Challenge(SipRequest to) => System.Text.Encoding.ASCII.GetString(digest.Challenge(SipWriter.Response(to, status, "peer"u8), "carrier", proxy: status == 407).Finish());
        await scene.Script.OrdersFor("013800138000", Ring());
        var first = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(Challenge(first));
        var second = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Invite } r && r.CSeq.Number > first.CSeq.Number, "the INVITE with credentials");
        Assert.Equal(DigestClaimState.Ready, digest.Read(second, "carrier", out var claim, proxy: status == 407));
        Assert.Equal(("firm \"one\"", DigestAlgorithm.Sha256), (claim.User, claim.Algorithm));
        Assert.Equal(verdict, digest.Verify(claim, "INVITE"u8, claim.Algorithm.Ha1(claim.User, "carrier", "hush")));
        if (verdict == DigestVerdict.Right)
        {
            await trunk.Send(trunk.Response(second, 200, body: Dialling.Sdp()));
            await scene.Script.Hears<PickedUp>();
            return;
        }
        await trunk.Send(Challenge(second));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((LegFailure.Unreachable, status), (failed.Why, failed.SipStatus));
        Assert.True(await trunk.StaysQuiet(m => m is SipRequest { Method: SipMethod.Invite } r && r.CSeq.Number > second.CSeq.Number, TimeSpan.FromMilliseconds(300))); // one try: more would lock the account
    }

    [Theory]
    [InlineData(486, "", LegFailure.Busy, 0)]
    [InlineData(480, "Reason: Q.850;cause=17\r\n", LegFailure.Busy, 17)]
    [InlineData(480, "Reason: Q.850;cause=19\r\n", LegFailure.NoAnswer, 19)]
    [InlineData(404, "Reason: Q.850;cause=1\r\n", LegFailure.Unreachable, 1)]
    [InlineData(403, "Reason: Q.850;cause=21\r\n", LegFailure.Rejected, 21)]
    [InlineData(503, "Reason: Q.850;cause=34\r\n", LegFailure.Unreachable, 34)]
    [InlineData(603, "", LegFailure.Rejected, 0)]
    [InlineData(407, "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n1\"\r\n", LegFailure.Unreachable, 0)] // it was to know us by our address, and does not
    public async Task A_refusal_is_told_with_its_causes(int status, string headers, LegFailure why, int q850)
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("013800138000", Ring());
        await trunk.Send(trunk.Response(await trunk.ExpectRequest(SipMethod.Invite), status, headers: headers));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((Called, why, status, q850), (failed.Leg, failed.Why, failed.SipStatus, failed.Q850));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere.invalid:5060")]
    [InlineData("127.0.0.1")]
    public async Task A_trunk_that_is_not_there_is_unreachable(string target)
    {
        await using var scene = await EdgeScene.Start();
        await CallerTests.Connected(scene);
        if (target.Length > 0) scene.Script.WayOut = new(target);
        await scene.Script.OrdersFor("013800138000", Ring());
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task A_letter_without_the_number_rings_nobody()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.Orders(Ring());
        Assert.Equal((LegFailure.Unreachable, 484), (await scene.Script.Hears<NotPickedUp>()) is var failed ? (failed.Why, failed.SipStatus) : default);
        Assert.True(await trunk.StaysQuiet(m => m is SipRequest, TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_number_that_rings_too_long_is_cancelled()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("013800138000", Ring(TimeProvider.System.GetUtcNow().AddSeconds(3)));
        await trunk.Send(trunk.Response(await trunk.ExpectRequest(SipMethod.Invite), 180));
        await trunk.ExpectRequest(SipMethod.Cancel);
        Assert.Equal(LegFailure.NoAnswer, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task Hanging_up_a_ringing_number_cancels_it_and_a_late_order_rings_nobody()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("013800138000", Ring());
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(trunk.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        await scene.Script.Orders(new HangUpLeg(Called));
        var cancel = await trunk.ExpectRequest(SipMethod.Cancel);
        await trunk.Send(trunk.Response(cancel, 200));
        await trunk.Send(trunk.Response(invite, 487));
        var told = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal(LegFailure.Withdrawn, told.Why);
        await scene.Script.OrdersFor("013800138000", Ring());
        Assert.Equal(told, await scene.Script.Hears<NotPickedUp>());
        Assert.True(await trunk.StaysQuiet(m => m is SipRequest { Method: SipMethod.Invite }, TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_customer_at_a_trunk_puts_nobody_on_hold_and_refers_nobody()
    {
        await using var scene = await EdgeScene.Start();
        var trunk = await Trunk(scene);
        await scene.Script.OrdersFor("013800138000", Ring());
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(trunk.Response(invite, 200, body: Dialling.Sdp()));
        await scene.Script.Hears<PickedUp>();
        Assert.Equal(200, (await trunk.Ask(trunk.Within(invite, "INVITE", 1, body: Dialling.Sdp(direction: "sendonly")))).Status);
        await trunk.Send(trunk.Within(invite, "ACK", 1));
        Assert.Equal(403, (await trunk.Ask(trunk.Within(invite, "REFER", 2, "Refer-To: <sip:1002@acme.localhost>\r\n"))).Status);
        await trunk.Ask(trunk.Within(invite, "BYE", 3));
        await scene.Script.Hears<HungUp>();
        Assert.DoesNotContain(scene.Script.All, m => m.Body is LegHeld or Referred);
    }

    /// <summary>A call with a caller, and where the trunk is.</summary>
    static async Task<ScriptedSipPeer> Trunk(EdgeScene scene, string? user = null, string? password = null)
    {
        var trunk = scene.Peer();
        scene.Script.WayOut = new(trunk.Local.ToString(), user, password is null ? null : new(password));
        await CallerTests.Connected(scene);
        return trunk;
    }
}
