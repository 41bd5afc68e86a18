using System.Collections.Concurrent;
using CallCenter.Kit.Media;
using CallCenter.Kit.Ports;
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
        var asked = await phone.ExpectRequest(SipMethod.Options);
        await phone.Send(phone.Response(asked, 200));
        await phone.Send(phone.Response(await phone.ExpectRequest(SipMethod.Options, after: asked), 481));
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

    /// <summary>The phone's second line: leg "phone-1001-1" of the same call, which rings.</summary>
    static async Task<SipResponse> SecondLine(EdgeScene scene, ScriptedSipPeer phone, string? body = null)
    {
        var call = scene.Script.Call;
        await phone.Send(phone.Dial("consult@phone", "1002", body: body));
        var dialled = await scene.Script.Hears<PhoneDialled>();
        Assert.Equal((call, new EdgeId("edge-0"), new LegId("phone-1001-1"), "1001", "1002"), (scene.Script.Call, dialled.Edge, dialled.Leg, dialled.Extension, dialled.Dialled));
        await scene.Script.Orders(new RingBack(dialled.Leg));
        return (SipResponse)await phone.Expect(m => m is SipResponse { Status: 180 }, "180");
    }

    static async Task<SipResponse> Picked(EdgeScene scene, ScriptedSipPeer phone)
    {
        await scene.Script.Orders(new AnswerLeg(new("phone-1001-1")));
        var answer = (SipResponse)await phone.Expect(m => m is SipResponse { Status: 200 }, "200");
        await scene.Script.Hears<Answered>();
        return answer;
    }

    [Fact]
    public async Task A_phone_that_dials_opens_its_second_line_in_the_call_at_the_other_edge()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, _) = await Talking(scene);
        await SecondLine(scene, phone);
        var answer = await Picked(scene, phone);
        await phone.Send(phone.Within(answer, "ACK", 1));
        Assert.Contains("a=sendrecv", Text(answer.Body.Span), StringComparison.Ordinal);
        Assert.Equal(200, (await phone.Ask(phone.Within(answer, "BYE", 2))).Status);
        Assert.Equal((new LegId("phone-1001-1"), LegEndedBy.FarEnd), await scene.Script.Hears<HungUp>() is var over ? (over.Leg, over.By) : default);
    }

    [Fact]
    public async Task A_second_line_that_is_refused_is_refused_with_the_same_status_and_leaves_the_first_alone()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        await SecondLine(scene, phone);
        await scene.Script.Orders(new RejectLeg(new("phone-1001-1"), 486, 17));
        Assert.Equal(486, (await phone.ExpectResponse()).Status);
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "OPTIONS", 1))).Status);
    }

    [Fact]
    public async Task A_second_line_without_an_offer_gets_one()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, _) = await Talking(scene);
        await SecondLine(scene, phone, body: "");
        var answer = await Picked(scene, phone);
        await phone.Send(phone.Within(answer, "ACK", 1, body: Dialling.Sdp(direction: "sendonly")));
        Assert.Equal(new LegId("phone-1001-1"), (await scene.Script.Hears<LegHeld>()).Leg);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attended_refer_names_the_phones_other_leg_at_the_other_edge(bool answered)
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        var line = await SecondLine(scene, phone);
        if (answered) await phone.Send(phone.Within(await Picked(scene, phone), "ACK", 1));
        var replaces = $"consult%40phone%3Bto-tag%3D{Text(line.To.Tag)}%3Bfrom-tag%3Ddial";
        Assert.Equal(202, (await phone.Ask(phone.Within(invite, "REFER", 1, $"Refer-To: <sip:1002@acme.localhost?Replaces={replaces}>\r\n"))).Status);
        var referred = await scene.Script.Hears<Referred>();
        Assert.Equal((Agent, "", (LegId?)new LegId("phone-1001-1")), (referred.Leg, referred.Dialled, referred.Replaces));
        await Notified(phone, "active", "SIP/2.0 100 Trying");
        await Notified(phone, "terminated", "SIP/2.0 200 OK");
    }

    [Fact]
    public async Task An_attended_refer_on_the_second_line_names_the_first()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        await SecondLine(scene, phone);
        var answer = await Picked(scene, phone);
        await phone.Send(phone.Within(answer, "ACK", 1));
        var replaces = Uri.EscapeDataString($"{invite.CallIdText};to-tag={Text(invite.From.Tag)};from-tag=peer");
        Assert.Equal(202, (await phone.Ask(phone.Within(answer, "REFER", 2, $"Refer-To: <sip:1002@acme.localhost?Replaces={replaces}>\r\n"))).Status);
        var referred = await scene.Script.Hears<Referred>();
        Assert.Equal((new LegId("phone-1001-1"), (LegId?)Agent), (referred.Leg, referred.Replaces));
    }

    [Fact]
    public async Task A_dialog_that_is_not_there_cannot_be_replaced()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        const string Strange = "Refer-To: <sip:1002@acme.localhost?Replaces=x%3Bto-tag%3Dy%3Bfrom-tag%3Dz>\r\n";
        Assert.Equal(202, (await phone.Ask(phone.Within(invite, "REFER", 1, Strange))).Status);
        await Notified(phone, "active", "SIP/2.0 100 Trying");
        await Notified(phone, "terminated", "SIP/2.0 481 Call/Transaction Does Not Exist");
        Assert.Equal(404, (await phone.Ask(phone.Within(invite, "REFER", 2, Strange + "Refer-Sub: false\r\n"))).Status);
        Assert.DoesNotContain(scene.Script.All, m => m.Body is Referred);
    }

    static async Task Notified(ScriptedSipPeer phone, string state, string outcome)
    {
        var notify = await phone.ExpectRequest(SipMethod.Notify);
        await phone.Send(phone.Response(notify, 200));
        Assert.StartsWith(state, Text(notify.Value("Subscription-State"u8).Span), StringComparison.Ordinal);
        Assert.Equal(outcome, Text(notify.Body.Span).TrimEnd());
    }

    static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    [Fact]
    public async Task A_refresh_without_a_body_is_answered_as_everywhere()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        var update = await phone.Ask(phone.Within(invite, "UPDATE", 1));
        Assert.Equal((200, true), (update.Status, update.Body.IsEmpty));
        var offer = await phone.Ask(phone.Within(invite, "INVITE", 2));
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

    [Fact]
    public async Task An_edge_that_is_stopped_is_no_agent_who_hung_up()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        await Talking(scene);
        await scene.Stop("edge-1");
        var over = await scene.Script.Hears<HungUp>();
        Assert.Equal((Agent, LegEndedBy.Edge, 41), (over.Leg, over.By, over.Q850));
    }

    [Fact]
    public async Task A_phone_that_rings_at_an_edge_that_is_stopped_is_none_that_was_not_answered()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Ringing(scene);
        await phone.Send(phone.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        await scene.Stop("edge-1");
        Assert.Equal(LegFailure.Unreachable, (await scene.Script.Hears<NotPickedUp>()).Why);
    }

    [Fact]
    public async Task A_second_line_ends_with_its_edge_too()
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, _) = await Talking(scene);
        await SecondLine(scene, phone);
        await phone.Send(phone.Within(await Picked(scene, phone), "ACK", 1));
        await scene.Stop("edge-1");
        var ends = new[] { await scene.Script.Hears<HungUp>(), await scene.Script.Hears<HungUp>() };
        Assert.Equal([(Agent, LegEndedBy.Edge), (new("phone-1001-1"), LegEndedBy.Edge)], ends.Select(e => (e.Leg, e.By)).OrderBy(e => e.Leg.Value, StringComparer.Ordinal));
    }

    /// <summary>Whatever its cause says: only an edge speaks for itself.</summary>
    [Theory]
    [InlineData("", LegEndedBy.FarEnd)]
    [InlineData("Reason: Q.850;cause=16\r\n", LegEndedBy.FarEnd)]
    [InlineData("Reason: Q.850;cause=38\r\n", LegEndedBy.Network)]
    [InlineData("Reason: Q.850;cause=41\r\n", LegEndedBy.Network)]
    public async Task A_phones_own_bye_is_the_phones(string reason, LegEndedBy by)
    {
        await using var scene = await EdgeScene.Start(Named, Two);
        var (phone, invite) = await Talking(scene);
        Assert.Equal(200, (await phone.Ask(phone.Within(invite, "BYE", 1, reason))).Status);
        Assert.Equal((Agent, by), await scene.Script.Hears<HungUp>() is var over ? (over.Leg, over.By) : default);
    }

    [Fact]
    public async Task The_next_start_of_an_edge_that_died_says_whose_doing_it_was()
    {
        var books = new Books();
        await using var scene = await EdgeScene.Start(books, Named, Two);
        await Talking(scene);
        await using var next = await EdgeScene.Start(books["edge-1"], ("Edge:Id", "edge-1"));
        Assert.Equal((Agent, LegEndedBy.Edge), await scene.Script.Hears<HungUp>() is var over ? (over.Leg, over.By) : default);
    }

    /// <summary>What each of several edges keeps of its sessions.</summary>
    sealed class Books : IDialogStore
    {
        readonly ConcurrentDictionary<EdgeId, MemoryDialogs> all = new();

        public MemoryDialogs this[string edge] => all.GetOrAdd(new(edge), _ => new());

        public IDialogBook Open(EdgeId edge) => this[edge.Value].Open(edge);
    }
}
