using System.Text;
using CallCenter.Domain.Numbers;
using CallCenter.Kit.Ports;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Keys of SRTP in offers and answers of the edge (RFC 4568), and where they must not be found.</summary>
public sealed class SecuredTests
{
    const string KeyA = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", KeyB = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
    static readonly LegId Agent = new("agent-1");
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);

    static string Sdp(string key, string tag = "1") => With($"a=crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{key}");

    static string With(string line) => Dialling.Sdp().Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal) + line + "\r\n";

    static string BodyOf(SipMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    static string[] KeysOf(SipMessage message) => [.. BodyOf(message).Split("\r\n").Where(l => l.StartsWith("a=crypto:", StringComparison.Ordinal))];

    static async Task<(ScriptedSipPeer Phone, SipRequest Invite)> Ringing(EdgeScene scene, ScriptedSipPeer phone)
    {
        Assert.Equal(200, (await phone.Register("ring")).Status);
        scene.Script.Stations["1001"] = scene.Script.Stations["1001"] with { Srtp = SrtpUse.Required };
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", Later));
        return (phone, await phone.ExpectRequest(SipMethod.Invite));
    }

    [Fact]
    public async Task A_secured_offer_is_answered_under_its_tag_with_a_key_of_ours_and_another_key_gets_another()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        await caller.Send(caller.Invite("s1", body: Sdp(KeyA, tag: "3")));
        var arrived = await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(arrived.Leg));
        var answer = await caller.ExpectResponse();
        Assert.Contains(" RTP/SAVP 0", BodyOf(answer), StringComparison.Ordinal);
        var first = Assert.Single(KeysOf(answer));
        Assert.StartsWith("a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:", first, StringComparison.Ordinal);
        await caller.Send(caller.Within(answer, "ACK", 1));

        var same = await caller.Ask(caller.Within(answer, "INVITE", 2, body: Sdp(KeyA, tag: "3")));
        await caller.Send(caller.Within(answer, "ACK", 2));
        Assert.Equal(first, Assert.Single(KeysOf(same)));
        var other = await caller.Ask(caller.Within(answer, "INVITE", 3, body: Sdp(KeyB)));
        await caller.Send(caller.Within(answer, "ACK", 3));
        Assert.NotEqual(first[^40..], Assert.Single(KeysOf(other))[^40..]);
        var plain = await caller.Ask(caller.Within(answer, "INVITE", 4, body: Dialling.Sdp()));
        Assert.Empty(KeysOf(plain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + "|2^20|1:4")]
    [InlineData("a=crypto:1 F8_128_HMAC_SHA1_80 inline:" + KeyA)]
    [InlineData("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KeyA + " UNENCRYPTED_SRTCP")]
    public async Task An_offer_secured_with_what_we_cannot_do_is_not_acceptable(string line)
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        Assert.Equal(488, (await caller.Ask(caller.Invite("s2", body: With(line)))).Status);
    }

    [Fact]
    public async Task A_station_that_must_be_secured_is_offered_nothing_else()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, invite) = await Ringing(scene, scene.Peer());
        Assert.Contains(" RTP/SAVP 0", BodyOf(invite), StringComparison.Ordinal);
        Assert.Equal(4, KeysOf(invite).Length);
        await phone.Send(phone.Response(invite, 200, body: Sdp(KeyA)));
        await phone.ExpectRequest(SipMethod.Ack);
        Assert.Equal(Agent, (await scene.Script.Hears<PickedUp>()).Leg);
        Assert.Equal(488, (await phone.Ask(phone.Within(invite, "INVITE", 100, body: Dialling.Sdp()))).Status); // nor does it become plain later
    }

    [Fact]
    public async Task A_station_that_answers_plainly_all_the_same_has_not_picked_up()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, invite) = await Ringing(scene, scene.Peer());
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp()));
        var failed = await scene.Script.Hears<NotPickedUp>();
        Assert.Equal((LegFailure.Unreachable, 488), (failed.Why, failed.SipStatus));
    }

    [Fact]
    public async Task A_station_at_another_edge_is_offered_keys_there()
    {
        await using var scene = await EdgeScene.Start(("Edge:Count", "2"), ("Edge:Id", "edge"));
        var (phone, invite) = await Ringing(scene, scene.Peer(await scene.SipOf("edge-1")));
        Assert.Equal(4, KeysOf(invite).Length);
        await phone.Send(phone.Response(invite, 200, body: Sdp(KeyA)));
        Assert.Equal(Agent, (await scene.Script.Hears<PickedUp>()).Leg);
    }

    [Theory]
    [InlineData(SrtpUse.Off, 0)]
    [InlineData(SrtpUse.Required, 4)]
    public async Task A_trunk_is_offered_keys_if_it_is_to_be(SrtpUse use, int keys)
    {
        await using var scene = await EdgeScene.Start();
        var trunk = scene.Peer();
        await CallerTests.Connected(scene);
        scene.Script.WayOut = new(trunk.Local.ToString(), Srtp: use);
        await scene.Script.OrdersFor("013800138000", new RingNumber(new("out-1"), "dial-x", "demo-trunk", "+862112345678", Later));
        Assert.Equal(keys, KeysOf(await trunk.ExpectRequest(SipMethod.Invite)).Length);
    }

    [Fact]
    public async Task What_is_kept_for_the_next_start_holds_no_key_and_still_ends_what_rings()
    {
        var kept = new MemoryDialogs();
        await using var scene = await EdgeScene.Start(kept);
        var (phone, invite) = await Ringing(scene, scene.Peer());
        await phone.Send(phone.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        Assert.Equal(2, kept.Now.Length);
        HoldsNoKey(kept);
        await using var next = await EdgeScene.Start(kept);
        var cancel = await phone.ExpectRequest(SipMethod.Cancel);
        Assert.Equal((invite.CSeq.Number, invite.Via.ToString()), (cancel.CSeq.Number, cancel.Via.ToString()));
    }

    [Fact]
    public async Task What_is_kept_of_a_talk_holds_no_key()
    {
        var kept = new MemoryDialogs();
        await using var scene = await EdgeScene.Start(kept);
        var (phone, invite) = await Ringing(scene, scene.Peer());
        await phone.Send(phone.Response(invite, 200, body: Sdp(KeyA)));
        await scene.Script.Hears<PickedUp>();
        Assert.Equal(2, kept.Now.Length);
        HoldsNoKey(kept);
    }

    static void HoldsNoKey(MemoryDialogs kept) => Assert.All(kept.Now, k => Assert.DoesNotContain("inline:", Encoding.UTF8.GetString(k.Content.Span), StringComparison.OrdinalIgnoreCase));
}
