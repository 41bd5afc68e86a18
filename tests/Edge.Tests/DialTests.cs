using CallCenter.Kit.Sip;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Phones that dial.</summary>
public sealed class DialTests
{
    static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);

    [Fact]
    public async Task A_registered_phone_that_dials_begins_a_call_of_its_tenant()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        await phone.Send(phone.Dial("out", "013800138000"));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        Assert.Equal((new LegId("phone-1001-1"), "1001", "013800138000"), (dialled.Leg, dialled.Extension, dialled.Dialled));
        Assert.Equal(scene.Script.Tenant, scene.Script.Call.Tenant);

        await scene.Script.Orders(new RingBack(dialled.Leg), new RingBack(dialled.Leg));
        await phone.Expect(m => m is SipResponse { Status: 180 }, "180");
        await scene.Script.Orders(new AnswerLeg(dialled.Leg));
        var answer = (SipResponse)await phone.Expect(m => m is SipResponse { Status: >= 180 }, "200, and no second 180");
        Assert.Equal(200, answer.Status);
        await phone.Send(phone.Within(answer, "ACK", 1));
        await scene.Script.Hears<Answered>();
        Assert.Equal(200, (await phone.Ask(phone.Within(answer, "BYE", 2))).Status);
        Assert.Equal((dialled.Leg, LegEndedBy.FarEnd), (await scene.Script.Hears<HungUp>()) is var over ? (over.Leg, over.By) : default);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_a_phone_is_told_when_to_dial_again_and_one_in_a_call_goes_on()
    {
        await using var scene = await EdgeScene.Start();
        var (_, talking, _) = await scene.Talking();
        scene.Script.TakesCalls = false;
        await talking.Send(talking.Dial("consult", "1002"));
        Assert.Equal(new LegId("phone-1001-1"), (await scene.Script.Hears<PhoneDialled>()).Leg);
        var other = await scene.Phone("1002");
        var refused = await other.Ask(other.Dial("out", "013800138000", extension: "1002"));
        Assert.Equal((503, true), (refused.Status, refused.Has(HeaderName.RetryAfter)));
    }

    [Fact]
    public async Task A_phone_that_is_refused_hears_the_status_and_the_cause()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        await phone.Send(phone.Dial("out", "013800138000"));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        await scene.Script.Orders(new RejectLeg(dialled.Leg, 403, 21), new RejectLeg(dialled.Leg, 486, 17));
        var refused = await phone.ExpectResponse();
        Assert.Equal((403, "Q.850;cause=21"), (refused.Status, refused.Text(HeaderName.Reason)));
        await scene.Script.Hears<HungUp>();
    }

    [Fact]
    public async Task A_phone_that_gives_up_while_it_rings_is_told()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        var branch = phone.NewBranch();
        await phone.Send(phone.Dial("out", "1002", branch: branch));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        await phone.Send(phone.Dial("out", "1002", body: " ", branch: branch).Replace("INVITE", "CANCEL", StringComparison.Ordinal));
        await phone.Expect(m => m is SipResponse { Status: 487 }, "487");
        Assert.Equal(dialled.Leg, (await scene.Script.Hears<HungUp>()).Leg);
    }

    [Fact]
    public async Task A_phone_in_a_call_that_dials_opens_its_second_line_in_that_call()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, _) = await scene.Talking();
        var call = scene.Script.Call;
        await phone.Send(phone.Dial("consult", "4008001001")); // an access number too
        var first = await scene.Script.Hears<PhoneDialled>();
        await phone.Send(phone.Dial("consult-2", "1002"));
        var second = await scene.Script.Hears<PhoneDialled>();
        Assert.Equal((call, new LegId("phone-1001-1"), new LegId("phone-1001-2")), (scene.Script.Call, first.Leg, second.Leg));
    }

    [Fact]
    public async Task A_phone_that_only_rings_is_in_no_call_yet()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        await CallerTests.Connected(scene);
        var ringing = scene.Script.Call;
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", Later));
        await phone.ExpectRequest(SipMethod.Invite);
        await phone.Send(phone.Dial("out", "1002"));
        await scene.Script.Hears<PhoneDialled>();
        Assert.NotEqual(ringing, scene.Script.Call);
    }

    [Fact]
    public async Task After_its_call_a_phone_begins_another()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, invite) = await scene.Talking();
        var before = scene.Script.Call;
        await phone.Ask(phone.Within(invite, "BYE", 1));
        await scene.Script.Hears<HungUp>();
        await phone.Send(phone.Dial("out", "1002"));
        await scene.Script.Hears<PhoneDialled>();
        Assert.NotEqual(before, scene.Script.Call);
    }

    [Fact]
    public async Task An_access_number_of_the_tenant_is_a_call_like_any_other()
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        await phone.Send(phone.Dial("own", "4008001001"));
        var arrived = await scene.Script.Hears<Arrived>();
        Assert.Equal((new LegId("caller"), "1001", (string?)null), (arrived.Leg, arrived.CallerNumber, arrived.Trunk));
    }

    [Fact]
    public async Task A_phone_that_is_registered_elsewhere_proves_who_it_is()
    {
        await using var scene = await EdgeScene.Start();
        var phone = scene.Peer();
        var challenge = await phone.Ask(phone.Dial("out", "1002"));
        Assert.Equal(401, challenge.Status);
        Assert.True(DigestClient.TryAnswer(challenge, "INVITE"u8, "sip:1002@acme.localhost", new("1001", "secret"), "c0ffee", 1, out _, out var value));
        await phone.Send(phone.Request("INVITE", "sip:1002@acme.localhost", "<sip:1001@acme.localhost>;tag=dial", "<sip:1002@acme.localhost>", "out", 2, $"Authorization: {value}\r\n", Dialling.Sdp()));
        await scene.Script.Hears<PhoneDialled>();
    }

    [Theory]
    [InlineData("sip:acme.localhost", 404)]
    [InlineData("sip:1111111111111111111111111111111111111111111111111111111111111111111@acme.localhost", 404)]
    public async Task What_nobody_can_dial_is_not_found(string uri, int status)
    {
        await using var scene = await EdgeScene.Start();
        var phone = await scene.Phone();
        Assert.Equal(status, (await phone.Ask(phone.Request("INVITE", uri, "<sip:1001@acme.localhost>;tag=dial", $"<{uri}>", "out", 1, "", Dialling.Sdp()))).Status);
        Assert.Empty(scene.Script.All);
        Assert.Equal(0, scene.Edges.LiveCalls);
    }

    [Fact]
    public async Task A_draining_edge_lets_a_phone_consult_and_begin_nothing()
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, _) = await scene.Talking();
        var other = await scene.Phone("1002");
        scene.Edges.Drain();
        await phone.Send(phone.Dial("consult", "1002"));
        await scene.Script.Hears<PhoneDialled>();
        Assert.Equal(503, (await other.Ask(other.Dial("out", "1001", "1002"))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_emergency_call_is_one_of_its_own_although_the_phone_talks_or_the_edge_drains(bool drains)
    {
        await using var scene = await EdgeScene.Start();
        var (_, phone, _) = await scene.Talking();
        if (drains) scene.Edges.Drain();
        var talking = scene.Script.Call;
        await phone.Send(phone.Dial("help", "110"));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        Assert.Equal((new LegId("phone-1001-1"), "1001", "110"), (dialled.Leg, dialled.Extension, dialled.Dialled));
        Assert.NotEqual(talking, scene.Script.Call);
        Assert.Equal(2, scene.Edges.LiveCalls);
    }

    [Fact]
    public async Task A_call_may_begin_with_a_phone_that_is_rung_and_is_watched_from_then_on()
    {
        await using var scene = await EdgeScene.Start();
        await CallerTests.Connected(scene); // so that the edge is known
        var phone = await scene.Phone();
        var fresh = scene.Script.Call with { Call = CallId.New(DateTimeOffset.UnixEpoch) };
        EdgeOrders Order(EdgeCommand command) => new(fresh, 1, scene.Script.Sender.Epoch, [command], [new("callerNumber", "075512345678")]);
        var edge = scene.Script.Edge!;
        await edge.Do(Order(new RingStation(new("agent-1"), "1001", Later)));
        var first = await phone.ExpectRequest(SipMethod.Invite);
        Assert.Equal("075512345678", first.From.Uri.UserText);
        await phone.Send(phone.Response(first, 486));
        await scene.Script.Hears<NotPickedUp>();
        await edge.Do(Order(new RingStation(new("agent-2"), "1001", Later))); // nobody was there yet who could have left
        var second = (SipRequest)await phone.Expect(m => m is SipRequest { Method: SipMethod.Invite } r && r.CallIdText != first.CallIdText, "the second INVITE");
        await phone.Send(phone.Response(second, 200, body: Dialling.Sdp()));
        await scene.Script.Hears<PickedUp>();
        await scene.Script.Asserted(fresh, new("agent-2"));
    }
}
