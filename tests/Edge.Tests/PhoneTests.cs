using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>What an agent's phone says by SIP: hold, retrieve, refer.</summary>
public sealed class PhoneTests
{
    static readonly LegId Agent = new("agent-1");

    [Theory]
    [InlineData("sendonly", "127.0.0.1", "recvonly")]
    [InlineData("inactive", "127.0.0.1", "inactive")]
    [InlineData("sendrecv", "0.0.0.0", "recvonly")] // the old way (RFC 3264 §8.4)
    public async Task Hold_and_retrieve_are_told_once_each(string direction, string address, string answered)
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        Assert.Contains($"a={answered}", await Offer(phone, invite, 1, Dialling.Sdp(address: address, direction: direction)), StringComparison.Ordinal);
        Assert.Equal(Agent, (await scene.Script.Hears<LegHeld>()).Leg);
        await Offer(phone, invite, 2, Dialling.Sdp(address: address, direction: direction));
        Assert.Contains("a=sendrecv", await Offer(phone, invite, 3, Dialling.Sdp()), StringComparison.Ordinal);
        Assert.Equal(Agent, (await scene.Script.Hears<LegRetrieved>()).Leg);
        await Offer(phone, invite, 4, Dialling.Sdp(port: 30_002));
        Assert.Equal(2, scene.Script.All.Count(m => m.Body is LegHeld or LegRetrieved));
    }

    [Fact]
    public async Task A_phone_that_picks_up_on_hold_is_held_from_then_on()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        await phone.Send(phone.Response(await phone.ExpectRequest(SipMethod.Invite), 200, body: Dialling.Sdp(direction: "sendonly")));
        await scene.Script.Hears<PickedUp>();
        await scene.Script.Hears<LegHeld>();
    }

    [Fact]
    public async Task A_hold_by_update_is_a_hold_and_one_that_is_refused_is_none()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        Assert.Equal(488, (await phone.Ask(phone.Within(invite, "UPDATE", 1, body: Dialling.Sdp(formats: "18", direction: "sendonly")))).Status);
        Assert.DoesNotContain(scene.Script.All, m => m.Body is LegHeld);
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "UPDATE", 2, body: Dialling.Sdp(direction: "sendonly")))).Status);
        await scene.Script.Hears<LegHeld>();
    }

    [Fact]
    public async Task A_blind_refer_is_told_and_its_outcome_is_notified_once()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        var accepted = await phone.Ask(phone.Within(invite, "REFER", 1, "Refer-To: <sip:1002@acme.localhost>\r\n"));
        Assert.Equal(202, accepted.Status);
        Assert.True(accepted.Has(HeaderName.Contact));
        await Notified(phone, "refer", "active", "SIP/2.0 100 Trying");
        var referred = await scene.Script.Hears<Referred>();
        Assert.Equal((Agent, "1002", (LegId?)null), (referred.Leg, referred.Dialled, referred.Replaces));
        Assert.Equal(491, (await phone.Ask(phone.Within(invite, "REFER", 2, "Refer-To: <sip:1003@acme.localhost>\r\n"))).Status);

        await scene.Script.Orders(new TellReferral(Agent, 200), new TellReferral(Agent, 200), new TellReferral(Agent, 486));
        await Notified(phone, "refer", "terminated", "SIP/2.0 200 OK");
        Assert.True(await phone.HearsNothingNew(m => m is SipRequest, TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_second_refer_in_a_dialog_has_a_number_of_its_own()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        await phone.Ask(phone.Within(invite, "REFER", 1, "Refer-To: <sip:1002@acme.localhost>\r\n"));
        await Notified(phone, "refer", "active", "SIP/2.0 100 Trying");
        await scene.Script.Hears<Referred>();
        await scene.Script.Orders(new TellReferral(Agent, 486));
        await Notified(phone, "refer", "terminated", "SIP/2.0 486 Busy Here");
        Assert.Equal(202, (await phone.Ask(phone.Within(invite, "REFER", 7, "Refer-To: <sip:1003@acme.localhost>\r\n"))).Status);
        await Notified(phone, "refer;id=7", "active", "SIP/2.0 100 Trying");
    }

    [Fact]
    public async Task An_attended_refer_names_the_phones_other_leg()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        var (_, ringing) = await SecondLine(scene, phone);
        var replaces = $"consult%40phone%3Bto-tag%3D{Text(ringing.To.Tag)}%3Bfrom-tag%3Ddial";
        Assert.Equal(202, (await phone.Ask(phone.Within(invite, "REFER", 1, $"Refer-To: <sip:1002@acme.localhost?Replaces={replaces}>\r\n"))).Status);
        var referred = await scene.Script.Hears<Referred>();
        Assert.Equal((Agent, "", (LegId?)new LegId("phone-1001-1")), (referred.Leg, referred.Dialled, referred.Replaces));
    }

    [Theory]
    [InlineData("other%40phone%3Bto-tag%3DX%3Bfrom-tag%3Ddial")]
    [InlineData("consult%40phone%3Bto-tag%3Dother%3Bfrom-tag%3Ddial")]
    public async Task A_dialog_that_is_not_there_cannot_be_replaced(string replaces)
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        await SecondLine(scene, phone);
        Assert.Equal(202, (await phone.Ask(phone.Within(invite, "REFER", 1, $"Refer-To: <sip:1002@acme.localhost?Replaces={replaces}>\r\n"))).Status);
        await Notified(phone, "refer", "active", "SIP/2.0 100 Trying");
        await Notified(phone, "refer", "terminated", "SIP/2.0 481 Call/Transaction Does Not Exist");
        Assert.Equal(404, (await phone.Ask(phone.Within(invite, "REFER", 2, $"Refer-To: <sip:1002@acme.localhost?Replaces={replaces}>\r\nRefer-Sub: false\r\n"))).Status);
        Assert.DoesNotContain(scene.Script.All, m => m.Body is Referred);
    }

    [Fact]
    public async Task A_phone_that_wants_no_word_gets_none()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        var accepted = await phone.Ask(phone.Within(invite, "REFER", 1, "Require: norefersub\r\nRefer-To: <sip:1002@acme.localhost>\r\nRefer-Sub: false\r\n"));
        Assert.Equal((202, "false"), (accepted.Status, Text(accepted.Value("Refer-Sub"u8).Span)));
        await scene.Script.Hears<Referred>();
        await scene.Script.Orders(new TellReferral(Agent, 200));
        Assert.True(await phone.StaysQuiet(m => m is SipRequest, TimeSpan.FromMilliseconds(300)));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("Refer-To: <sip:1@a>\r\nRefer-To: <sip:2@a>\r\n", 400)]
    [InlineData("Refer-To: \"<sip:1@a>\r\n", 400)]
    [InlineData("Refer-To: <mailto:anna@example.com>\r\n", 416)]
    [InlineData("Refer-To: <sip:1@a?Replaces=%00%3B%3B>\r\n", 400)]
    public async Task A_refer_that_means_nothing_is_refused(string headers, int status)
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        Assert.Equal(status, (await phone.Ask(phone.Within(invite, "REFER", 1, headers))).Status);
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "OPTIONS", 2))).Status);
        Assert.DoesNotContain(scene.Script.All, m => m.Body is Referred);
    }

    [Fact]
    public async Task A_refer_outside_of_a_dialog_or_from_a_caller_is_forbidden()
    {
        await using var scene = await EdgeScene.Start();
        var (caller, answer) = await CallerTests.Connected(scene);
        Assert.Equal(403, (await caller.Ask(caller.Within(answer, "REFER", 2, "Refer-To: <sip:1002@acme.localhost>\r\n"))).Status);
        Assert.Equal(403, (await caller.Ask(caller.Request("REFER", "sip:1002@acme.localhost", Dialling.Caller, "<sip:1002@acme.localhost>", "stray", 1, "Refer-To: <sip:1003@acme.localhost>\r\n"))).Status);
        await scene.Script.Orders(new TellReferral(new("caller"), 200));
        Assert.Equal(200, (await caller.Ask(caller.Within(answer, "BYE", 3))).Status);
    }

    /// <summary>1001's second line dials 1002: leg "phone-1001-1", ringing.</summary>
    static async Task<(PhoneDialled Dialled, SipResponse Ringing)> SecondLine(EdgeScene scene, ScriptedSipPeer phone)
    {
        await phone.Send(phone.Dial("consult@phone", "1002"));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        await scene.Script.Orders(new RingBack(dialled.Leg));
        return (dialled, (SipResponse)await phone.Expect(m => m is SipResponse { Status: 180 }, "180"));
    }

    static async Task<string> Offer(ScriptedSipPeer phone, SipRequest invite, uint number, string offer)
    {
        var answer = await phone.Ask(phone.Within(invite, "INVITE", number, body: offer));
        Assert.Equal(200, answer.Status);
        await phone.Send(phone.Within(invite, "ACK", number));
        return Text(answer.Body.Span);
    }

    static async Task Notified(ScriptedSipPeer phone, string subject, string state, string outcome)
    {
        var notify = await phone.ExpectRequest(SipMethod.Notify);
        await phone.Send(phone.Response(notify, 200));
        Assert.Equal(subject, notify.Text(HeaderName.Event));
        Assert.StartsWith(state, Text(notify.Value("Subscription-State"u8).Span), StringComparison.Ordinal);
        Assert.True(notify.ContentIs("message/sipfrag"u8));
        Assert.Equal(outcome, Text(notify.Body.Span).TrimEnd());
    }

    static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
