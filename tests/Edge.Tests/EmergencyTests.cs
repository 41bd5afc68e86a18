using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Emergency calls while nothing can be stored: no call answers, and the edge puts them through all the same.</summary>
public sealed class EmergencyTests
{
    [Fact]
    public async Task An_emergency_call_is_put_through_although_no_call_can_be_told_and_is_told_later()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, trunk) = await Outage(scene);
        await phone.Send(phone.Dial("help", "110"));
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("110", "+862112345678"), (invite.Uri.UserText, invite.From.Uri.UserText));
        await phone.Expect(m => m is SipResponse { Status: 180 }, "180");
        await trunk.Send(trunk.Response(invite, 200, body: Dialling.Sdp(30_010)));
        await trunk.ExpectRequest(SipMethod.Ack);
        var answer = (SipResponse)await phone.Expect(m => m is SipResponse { Status: >= 200 }, "200");
        Assert.Equal(200, answer.Status);
        await phone.Send(phone.Within(answer, "ACK", 1));
        Assert.Equal(200, (await phone.Ask(phone.Within(answer, "BYE", 2))).Status);
        var bye = await trunk.ExpectRequest(SipMethod.Bye);
        await trunk.Send(trunk.Response(bye, 200));

        scene.Script.Unreachable = false;
        var dialled = await scene.Script.Hears<EmergencyDialled>();
        Assert.Equal((new LegId("phone-1001-1"), "1001", "110", "demo-trunk", "+862112345678"), (dialled.Leg, dialled.Extension, dialled.Dialled, dialled.Trunk, dialled.Shown));
        Assert.Equal(LegId.Called, (await scene.Script.Hears<PickedUp>()).Leg);
        Assert.Equal(dialled.Leg, (await scene.Script.Hears<Answered>()).Leg);
        Assert.Equal((dialled.Leg, LegEndedBy.FarEnd), (await scene.Script.Hears<HungUp>()) is var over ? (over.Leg, over.By) : default);
        Assert.Equal(LegId.Called, (await scene.Script.Hears<HungUp>()).Leg);
    }

    [Fact]
    public async Task The_phone_of_a_call_hears_when_the_number_is_busy_and_may_give_up_before()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, trunk) = await Outage(scene);
        await phone.Send(phone.Dial("first", "010110"));
        var first = await trunk.ExpectRequest(SipMethod.Invite);
        await trunk.Send(trunk.Response(first, 486));
        Assert.Equal(486, ((SipResponse)await phone.Expect(m => m is SipResponse { Status: >= 200 }, "a refusal")).Status);
        await phone.Send(phone.Dial("second", "120", branch: "z9hG4bKsecond"));
        var invite = (SipRequest)await trunk.Expect(m => m is SipRequest { Method: SipMethod.Invite } again && again.CallIdText != first.CallIdText, "the second");
        await trunk.Send(trunk.Response(invite, 180));
        await phone.Send(phone.Request("CANCEL", "sip:120@acme.localhost", "\"Anna\" <sip:1001@acme.localhost>;tag=dial", "<sip:120@acme.localhost>", "second", 1, "", "", "z9hG4bKsecond"));
        await trunk.ExpectRequest(SipMethod.Cancel);
    }

    [Fact]
    public async Task Where_settings_cannot_be_read_it_leaves_by_any_trunk_and_shows_nobody()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, trunk) = await Outage(scene);
        scene.Script.ReadsSettings = false;
        await phone.Send(phone.Dial("help", "110"));
        var invite = await trunk.ExpectRequest(SipMethod.Invite);
        Assert.Equal(("110", "anonymous.invalid"), (invite.Uri.UserText, invite.From.Uri.HostText));
    }

    [Fact]
    public async Task Another_call_that_needs_what_cannot_be_read_is_told_when_to_try_again()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, _) = await Outage(scene);
        scene.Script.ReadsSettings = false;
        var refused = await phone.Ask(phone.Dial("out", "013800138000"));
        Assert.Equal((503, true), (refused.Status, refused.Has(HeaderName.RetryAfter)));
    }

    [Fact]
    public async Task Without_a_way_out_it_is_refused_for_now()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, _) = await Outage(scene);
        scene.Script.EmergencyWay = null;
        var refused = await phone.Ask(phone.Dial("help", "110"));
        Assert.Equal((503, true), (refused.Status, refused.Has(HeaderName.RetryAfter)));
    }

    static async Task<(ScriptedSipPeer Phone, ScriptedSipPeer Trunk)> Outage(EdgeScene scene)
    {
        var trunk = scene.Peer();
        scene.Script.WayOut = new(trunk.Local.ToString());
        scene.Script.EmergencyWay = new("demo-trunk", "110", "+862112345678");
        var phone = await scene.Phone();
        (scene.Script.TakesCalls, scene.Script.Unreachable) = (false, true);
        return (phone, trunk);
    }
}
