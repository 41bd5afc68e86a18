using CallCenter.Kit.Media;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>A phone that is registered at another edge than the one that holds the call.</summary>
public sealed class LinkTests
{
    static readonly (string, string) Two = ("Edge:Count", "2"), Named = ("Edge:Id", "edge");
    static readonly LegId Agent = new("agent-1");

    static async Task<(ScriptedSipPeer Phone, SipRequest Invite)> Ringing(EdgeScene scene)
    {
        var phone = scene.Peer(await scene.SipOf("edge-1"));
        Assert.Equal(200, (await phone.Register("far")).Status);
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        return (phone, await phone.ExpectRequest(SipMethod.Invite));
    }

    static async Task<(ScriptedSipPeer Phone, SipRequest Invite)> Talking(EdgeScene scene)
    {
        var (phone, invite) = await Ringing(scene);
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp()));
        await phone.ExpectRequest(SipMethod.Ack);
        await scene.Script.Hears<PickedUp>();
        return (phone, invite);
    }

    [Theory]
    [InlineData(486, LegFailure.Busy)]
    [InlineData(404, LegFailure.Unreachable)]
    public async Task A_refusal_is_told_with_its_cause(int status, LegFailure why)
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Ringing(scene);
        await phone.Send(phone.Response(invite, status));
        Assert.Equal(why, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task A_phone_that_cannot_so_much_as_be_sent_to_is_unreachable_and_leaves_nothing_behind()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var phone = scene.Peer(await scene.SipOf("edge-1"));
        await phone.Register("far");
        var known = scene.Script.Stations["1001"];
        scene.Script.Stations["1001"] = known with { Bindings = known.Bindings.Change(_ => true, b => b with { Contact = "sip:1001@240.0.0.1:5060", Source = "240.0.0.1:5060" }) }; // from loopback there is no way to it
        var (caller, answer) = await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(Agent, "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
        await caller.Ask(caller.Within(answer, "BYE", 2));
        await scene.Script.Hears<HungUp>();
        Assert.Equal(0, scene.Edges.LiveCalls);
    }

    [Fact]
    public async Task A_phone_that_is_gone_without_a_word_is_missed_by_its_own_edge_and_ended_by_the_network()
    {
        await using var scene = await EdgeScene.Start(Named, Two, ("Media:LostAfter", "00:00:00.300"));
        var (phone, _) = await Talking(scene);
        await phone.Send(phone.Response(await phone.ExpectRequest(SipMethod.Options), 200));
        await phone.Send(phone.Response(await phone.ExpectRequest(SipMethod.Options), 481));
        Assert.Equal((Agent, LegEndedBy.Network), await scene.Script.Hears<HungUp>() is var over ? (over.Leg, over.By) : default);
    }

    [Fact]
    public async Task A_phone_that_holds_in_the_moment_of_its_answer_is_heard_to_hold()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Ringing(scene);
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp(direction: "sendonly")));
        await scene.Script.Hears<PickedUp>();
        Assert.Equal(Agent, (await scene.Script.Hears<LegHeld>()).Leg);
        await phone.Send(phone.Within(invite, "INVITE", 1, body: Dialling.Sdp()));
        Assert.Equal(Agent, (await scene.Script.Hears<LegRetrieved>()).Leg);
    }

    [Fact]
    public async Task A_refresh_without_a_body_is_answered_as_everywhere()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        var update = await phone.Ask(phone.Within(invite, "UPDATE", 1));
        Assert.Equal((200, true), (update.Status, update.Body.IsEmpty));
        await phone.Send(phone.Within(invite, "INVITE", 2));
        var offer = await phone.ExpectResponse();
        Assert.Equal((200, false), (offer.Status, offer.Body.IsEmpty));
        await phone.Send(phone.Within(invite, "ACK", 2, body: Dialling.Sdp(direction: "sendonly")));
        Assert.Equal(Agent, (await scene.Script.Hears<LegHeld>()).Leg);
    }

    [Fact]
    public async Task Its_keys_reach_the_call_as_tones_and_by_info_too()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Ringing(scene);
        using var ear = new RtpEar();
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp(ear.Local.Port, "0").Replace("a=rtpmap:101 telephone-event/8000\r\n", "", StringComparison.Ordinal)));
        await phone.ExpectRequest(SipMethod.Ack);
        await scene.Script.Hears<PickedUp>();
        ear.Connect(Dialling.MediaOf(invite));
        await ear.HearsPackets(5);
        ear.Say([.. Tone.Key('6', TimeSpan.FromMilliseconds(100)), .. new short[30 * Tone.Rate]]);
        Assert.Equal((Agent, '6'), (await scene.Script.Hears<DigitPressed>()) is var one ? (one.Leg, one.Digit) : default);
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "INFO", 2, "Content-Type: application/dtmf-relay\r\n", "Signal=6\r\n"))).Status); // the same press
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "INFO", 3, "Content-Type: application/dtmf-relay\r\n", "Signal=9\r\n"))).Status);
        Assert.Equal('9', (await scene.Script.Hears<DigitPressed>()).Digit);
    }
}
