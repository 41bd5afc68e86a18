using CallCenter.Domain.Tests.Calls;
using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Conversations;

public class ConversationTests
{
    private static readonly AgentId Ben = new("ben");
    private static readonly LegId Phone = new("agent-anna-1"), BensPhone = new("agent-ben-4");
    private static readonly Asker ByAnna = new(Anna, false);

    private static TestCall Asked() => new TestCall().Talking().At(10, at => new Consult(at, ByAnna, null, new(Agent: Ben)));

    private static TestCall Reached(TestCall call) => call.At(11, at => new Offered(at, Ben, 4, TimeSpan.FromSeconds(25), "1002", Terms with { Queue = null }))
        .At(15, at => new PickedUp(at, BensPhone)).At(15, at => new OfferConfirmed(at, Ben, 4, BensPhone));

    [Fact]
    public void A_held_customer_hears_music_and_is_not_recorded()
    {
        var call = new TestCall().Talking().At(10, at => new Hold(at, ByAnna, null));
        Assert.Equal(["StopTrack", "StopTrack", "SetRoom", "PlayToLeg"], call.Effects);
        Assert.Equal(new SetRoom(RoomId.Main, []), call.Effect<SetRoom>());
        Assert.Equal("tune", call.Effect<PlayToLeg>().Then?.Id);
        Assert.Equal(NotRecordedReason.Held, call.Fact<NotRecorded>().Why);
        Assert.Equal(Activity.Hold, call.Fact<AgentActive>().Activity);
    }

    [Fact]
    public void A_retrieved_customer_goes_on_in_new_tracks_of_the_same_recording()
    {
        var call = new TestCall().Talking().At(10, at => new Hold(at, ByAnna, null)).At(20, at => new Retrieve(at, ByAnna, null));
        Assert.Equal([new StartTrack("r1", "caller-2", Caller, Channel.Left, Noon.AddSeconds(20)), new StartTrack("r1", "agent-anna-1-2", Phone, Channel.Right, Noon.AddSeconds(20))], call.Last.Effects.OfType<StartTrack>());
    }

    [Fact]
    public void A_transfer_to_a_queue_frees_the_agent_and_puts_the_customer_first()
    {
        var call = new TestCall().Talking().At(10, at => new Transfer(at, ByAnna, null, new(Queue: Sales)));
        Assert.Contains(new ReleaseAgent(Anna, 1, Noon.AddSeconds(10)), call.Last.Effects);
        Assert.Equal(1, call.Fact<Enqueued>().Priority);
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
    }

    [Fact]
    public void A_transfer_that_reaches_nobody_puts_the_customer_back_into_the_queue_first()
    {
        var call = new TestCall().Talking().At(10, at => new Transfer(at, ByAnna, null, new(Agent: Ben)));
        Assert.Equal(Ben, call.Effect<SeekAgent>().Agent);
        call.At(10.1, at => new AgentRefused(at, Ben));
        Assert.Equal((ReachEnd.NotFree, 1), (call.Fact<ReachEnded>().Why, call.Fact<Enqueued>().Priority));
    }

    [Fact]
    public void A_number_is_called_once_it_is_cleared_and_stands_in_no_fact()
    {
        var call = new TestCall().Talking().At(10, at => new Transfer(at, ByAnna, null, new(Number: "13800138000")));
        Assert.Equal(new AskToDial(new("number-1"), "dial-number-1", null, Anna, Sales), call.Effect<AskToDial>());
        Assert.DoesNotContain("138", string.Join("", call.Last.Facts));
        call.At(11, at => new DialCleared(at, new("number-1"), "trunk", "02112345678"));
        Assert.Equal(new RingNumber(new("number-1"), "dial-number-1", "trunk", "02112345678", Noon.AddSeconds(71)), call.Effect<RingNumber>());
        call.At(15, at => new PickedUp(at, new("number-1")));
        Assert.Equal([new(Caller), new(new LegId("number-1"))], call.Effect<SetRoom>().Members);
        call.HungUp(60, new("number-1"));
        Assert.Equal(EndedBy.Party, call.Fact<CallEnded>().By);
        Assert.Contains(new GiveBackChannel(new("number-1"), TimeSpan.FromSeconds(45)), call.Last.Effects);
    }

    [Fact]
    public void A_clearance_is_asked_for_again_until_it_comes()
    {
        var call = new TestCall().Talking().At(10, at => new Consult(at, ByAnna, null, new(Number: "13800138000")));
        Assert.Equal(Noon.AddSeconds(11), call.Deadline);
        Assert.Equal(["AskToDial"], call.At(11, at => new CallTimeUp(at)).Effects);
        Assert.Equal(ReachEnd.Unreachable, call.At(20, at => new CallTimeUp(at)).Fact<ReachEnded>().Why);
    }

    [Fact]
    public void The_consulted_agent_hears_the_agent_alone()
    {
        var call = Reached(Asked());
        Assert.Equal(new SetRoom(RoomId.Consult, [new(Phone), new(BensPhone)]), call.Effect<SetRoom>());
        Assert.Equal(NotRecordedReason.Consult, call.State.Unrecorded);
    }

    [Fact]
    public void A_completed_transfer_shows_both_agents_with_their_own_times()
    {
        var facts = new List<Fact>();
        var call = new TestCall();
        foreach (var step in (Func<TestCall, TestCall>[])[c => c.Arrived(), c => c.At(0.1, at => new Answered(at, Caller)), c => c.Offered(), c => c.At(5, at => new PickedUp(at, Phone)), c => c.At(5, at => new OfferConfirmed(at, Anna, 1, Phone)),
            c => c.At(10, at => new Consult(at, ByAnna, null, new(Agent: Ben))), c => c.At(11, at => new Offered(at, Ben, 4, TimeSpan.FromSeconds(25), "1002", Terms with { Queue = null })), c => c.At(15, at => new PickedUp(at, BensPhone)),
            c => c.At(15, at => new OfferConfirmed(at, Ben, 4, BensPhone)), c => c.At(20, at => new CompleteTransfer(at, ByAnna, null)), c => c.HungUp(50, Caller)])
            facts.AddRange(step(call).Last.Facts);
        var record = Domain.Kpi.CallSummary.Of(facts.ToItems());
        Assert.Equal(new Domain.Kpi.CallTimes(0, 4900, 5000 + 30000, 0, 10000 + 5000), record.Times);
        Assert.Equal([Anna, Ben], record.Agents);
        Assert.Equal(1, record.Transfers);
        Assert.Equal(["caller-1", "agent-anna-1-1", "caller-2", "agent-ben-4-1"], Assert.Single(record.Recordings.AsEnumerable()).Tracks.AsEnumerable().Select(t => t.Track));
    }

    [Fact]
    public void A_consulted_party_that_hangs_up_leaves_the_customer_on_hold()
    {
        var call = Reached(Asked()).HungUp(20, BensPhone);
        Assert.True(call.State.Held);
        Assert.Equal(ConsultEnd.TargetLeft, call.Fact<ConsultEnded>().Why);
        Assert.Equal([new(Caller), new(Phone)], call.At(21, at => new Retrieve(at, ByAnna, null)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void A_conference_goes_on_without_the_agent_who_leaves()
    {
        var call = Reached(Asked()).At(20, at => new Conference(at, ByAnna, null));
        Assert.Equal(3, call.Last.Effects.OfType<SetRoom>().Single(r => r.Room == RoomId.Main).Members.Count);
        call.At(30, at => new LeaveCall(at, ByAnna, null));
        Assert.Equal((CallPhase.Talking, 2), (call.State.Phase, call.Effect<SetRoom>().Members.Count));
    }

    [Fact]
    public void A_pause_ends_with_the_part_of_whoever_wanted_it_and_the_next_agent_is_recorded()
    {
        var call = new TestCall().Talking().At(10, at => new PauseRecording(at, ByAnna, null));
        Assert.Equal(NotRecordedReason.Paused, call.Fact<NotRecorded>().Why);
        Reached(call.At(10, at => new Transfer(at, ByAnna, null, new(Agent: Ben))));
        Assert.Equal(2, call.Last.Effects.OfType<StartTrack>().Count());
        Assert.False(call.State.Paused);
    }

    [Fact]
    public void A_pause_ends_when_the_agent_is_taken_over_and_the_facts_say_with_whom()
    {
        var call = Reached(new TestCall().Talking().At(10, at => new Listen(at, new(Ben, true), null, Anna, ListenMode.Monitor, true))).At(20, at => new PauseRecording(at, ByAnna, null));
        call.At(30, at => new TakeOver(at, new(Ben, true), null));
        Assert.Equal(new RecordingResumed(Noon.AddSeconds(30), null, Phone), call.Fact<RecordingResumed>());
        Assert.Equal(2, call.Last.Effects.OfType<StartTrack>().Count());
    }

    [Fact]
    public void Of_two_pauses_one_outlasts_the_agent_who_wanted_the_other()
    {
        var call = Reached(Asked()).At(20, at => new Conference(at, ByAnna, null)).At(21, at => new PauseRecording(at, ByAnna, null)).At(22, at => new PauseRecording(at, new(Ben, false), null));
        Assert.Empty(call.At(23, at => new PauseRecording(at, new(Ben, false), null)).Facts); // said twice
        call.At(30, at => new LeaveCall(at, ByAnna, null));
        Assert.True(call.State.Paused);
        Assert.Empty(call.Last.Effects.OfType<StartTrack>());
        call.At(40, at => new ResumeRecording(at, new(Ben, false), null));
        Assert.Equal(2, call.Last.Effects.OfType<StartTrack>().Count());
    }

    [Fact]
    public void A_phone_that_holds_in_a_conference_is_out_and_the_others_go_on()
    {
        var call = Reached(Asked()).At(20, at => new Conference(at, ByAnna, null)).At(30, at => new LegHeld(at, Phone));
        Assert.Equal(new SetRoom(RoomId.Main, [new(Caller), new(BensPhone)]), call.Effect<SetRoom>());
        Assert.Equal((false, Activity.Hold), (call.State.Held, call.Fact<AgentActive>().Activity));
        Assert.Equal(["agent-anna-1-2"], call.Last.Effects.OfType<StopTrack>().Select(t => t.Track));
        Assert.Equal([new(Caller), new(Phone), new(BensPhone)], call.At(40, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void When_all_phones_of_a_conference_hold_the_customer_hears_music_and_each_comes_back_by_itself()
    {
        var call = Reached(Asked()).At(20, at => new Conference(at, ByAnna, null)).At(30, at => new LegHeld(at, Phone)).At(31, at => new LegHeld(at, BensPhone));
        Assert.Equal((new SetRoom(RoomId.Main, []), "tune"), (call.Effect<SetRoom>(), call.Effect<PlayToLeg>().Then?.Id));
        Assert.Equal(NotRecordedReason.Held, call.Fact<NotRecorded>().Why);
        Assert.Equal([new(Caller), new(Phone)], call.At(40, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
        Assert.Equal([new(Caller), new(Phone), new(BensPhone)], call.At(41, at => new Retrieve(at, new(Ben, false), null)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void Who_held_in_a_conference_and_is_left_alone_in_it_takes_the_customer_back()
    {
        var call = Reached(Asked()).At(20, at => new Conference(at, ByAnna, null)).At(30, at => new LegHeld(at, Phone)).At(31, at => new Hold(at, new(Ben, false), null)).HungUp(35, BensPhone);
        Assert.Equal(CallPhase.Talking, call.State.Phase);
        Assert.Equal([new(Caller), new(Phone)], call.At(40, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
    }

    /// <summary>Of a call inside the tenant the called agent is the customer.</summary>
    [Fact]
    public void The_called_agent_who_holds_in_a_conference_is_out_of_it_too()
    {
        var (called, carl) = (new LegId("agent-ben-4"), new AgentId("carl"));
        var call = new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Agent: Ben), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }))
            .At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone)).At(3, at => new Offered(at, Ben, 4, TimeSpan.FromSeconds(25), "1002", Terms with { Queue = null }))
            .At(4, at => new PickedUp(at, called)).At(4, at => new OfferConfirmed(at, Ben, 4, called));
        Assert.Same(Step.Ignored, call.At(5, at => new LegHeld(at, called)).Last); // with two it is between them
        call.At(6, at => new Consult(at, ByAnna, null, new(Agent: carl))).At(7, at => new Offered(at, carl, 9, TimeSpan.FromSeconds(25), "1003", Terms with { Queue = null }))
            .At(8, at => new PickedUp(at, new("agent-carl-9"))).At(8, at => new OfferConfirmed(at, carl, 9, new("agent-carl-9"))).At(9, at => new Conference(at, ByAnna, null));
        Assert.Equal([new(Phone), new(new LegId("agent-carl-9"))], call.At(10, at => new LegHeld(at, called)).Effect<SetRoom>().Members);
        Assert.Equal(3, call.At(11, at => new LegRetrieved(at, called)).Effect<SetRoom>().Members.Count);
    }

    [Fact]
    public void With_two_parties_a_phone_that_holds_holds_the_customer()
    {
        var call = new TestCall().Talking().At(10, at => new LegHeld(at, Phone));
        Assert.Equal((Anna, "tune"), (call.Fact<CustomerHeld>().By, call.Effect<PlayToLeg>().Then?.Id));
        Assert.Equal([new(Caller), new(Phone)], call.At(20, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void While_one_is_consulted_nobody_else_can_be()
    {
        var call = new TestCall().Talking().At(10, at => new Consult(at, ByAnna, null, new(Number: "13800138000")));
        Assert.Equal(RefusalCode.Conflict, CallMachine.Check(call.State, new Consult(Noon, ByAnna, null, new(Number: "13900139000")), TestCall.Rules)?.Code);
        Assert.Equal(RefusalCode.Conflict, CallMachine.Check(call.State, new Consult(Noon, ByAnna, null, new(Extension: "2001")), TestCall.Rules)?.Code);
        Assert.Equal(RefusalCode.Conflict, CallMachine.Check(Asked().State, new Consult(Noon, ByAnna, null, new(Number: "13900139000")), TestCall.Rules)?.Code);
        Assert.Null(CallMachine.Check(Asked().State, new Consult(Noon, ByAnna, null, new(Agent: Ben)), TestCall.Rules)); // said twice
    }

    [Theory]
    [InlineData(ListenMode.Monitor, Voice.Nobody)]
    [InlineData(ListenMode.Whisper, Voice.One)]
    [InlineData(ListenMode.Barge, Voice.Everyone)]
    public void A_listener_is_heard_as_its_mode_says(ListenMode mode, Voice voice)
    {
        var call = Reached(new TestCall().Talking().At(10, at => new Listen(at, new(Ben, true), null, Anna, mode, true)));
        Assert.Equal(voice, call.Effect<SetRoom>().Members[2].Voice);
        Assert.Equal(voice == Voice.One ? Phone : (LegId?)null, call.Effect<SetRoom>().Members[2].To);
    }

    [Fact]
    public void A_trainee_may_not_speak() =>
        Assert.Equal(RefusalCode.Forbidden, CallMachine.Check(new TestCall().Talking().State, new Listen(Noon, new(Ben, false), null, Anna, ListenMode.Whisper, false), TestCall.Rules)?.Code);

    [Fact]
    public void A_trainee_takes_nothing_over()
    {
        var call = Reached(new TestCall().Talking().At(10, at => new Listen(at, new(Ben, false), null, Anna, ListenMode.Monitor, false)));
        Assert.Equal(RefusalCode.Forbidden, CallMachine.Check(call.State, new TakeOver(Noon, new(Ben, false), null, MaySpeak: false), TestCall.Rules)?.Code);
        Assert.Same(Step.Ignored, call.At(20, at => new TakeOver(at, new(Ben, false), null, MaySpeak: false)).Last);
    }

    [Fact]
    public void A_listener_who_takes_over_is_the_agent()
    {
        var call = Reached(new TestCall().Talking().At(10, at => new Listen(at, new(Ben, true), null, Anna, ListenMode.Monitor, true))).At(20, at => new TakeOver(at, new(Ben, true), null));
        Assert.Equal(Activity.Talk, call.Fact<AgentActive>().Activity);
        Assert.Contains(new ReleaseAgent(Anna, 1, Noon.AddSeconds(20)), call.Last.Effects);
        Assert.Equal([new(Caller), new(BensPhone)], call.Effect<SetRoom>().Members);
    }

    [Fact]
    public void The_customer_comes_back_from_a_flow_to_the_agent()
    {
        var call = new TestCall().Talking().At(10, at => new SendToFlow(at, ByAnna, null, new(new("pin"), 1)));
        Assert.Equal(NotRecordedReason.InFlow, call.Fact<NotRecorded>().Why);
        call.At(20, call.Played);
        Assert.Equal("done", call.Fact<FlowReturned>().Outcome);
        Assert.Equal(2, call.Effect<SetRoom>().Members.Count);
    }

    [Fact]
    public void Who_loses_the_agent_in_a_flow_waits_first_in_the_queue()
    {
        var call = new TestCall().Talking().At(10, at => new SendToFlow(at, ByAnna, null, new(new("pin"), 1))).At(15, at => new OfferGone(at, Anna, 1));
        Assert.Equal(1, call.At(20, call.Played).Fact<Enqueued>().Priority);
    }

    [Fact]
    public void An_outbound_call_rings_the_agent_then_asks_for_the_number_and_counts_from_its_answer()
    {
        var call = new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Number: "13800138000"), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }))
            .At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.Equal("dial-called", call.Effect<AskToDial>().Field);
        Assert.Equal((Activity.Dial, "ringback"), (call.Fact<AgentActive>().Activity, call.Effect<PlayToLeg>().Then!.Id));
        call.At(3, at => new DialCleared(at, new("called"), "trunk", "021")).At(9, at => new PickedUp(at, new("called")));
        Assert.Equal(Activity.Talk, call.Fact<AgentActive>().Activity);
        Assert.Equal([new(new LegId("called")), new(Phone)], call.Effect<SetRoom>().Members);
    }

    [Fact]
    public void A_refer_keeps_the_phone_until_the_target_answers()
    {
        var call = new TestCall().Talking().At(10, at => new Referred(at, Phone, "13800138000", null)).At(11, at => new DialRefused(at, new("number-1"), DialRefusal.PrefixBlocked));
        Assert.Equal(new TellReferral(Phone, 403), call.Effect<TellReferral>());
        Assert.Equal(2, call.Effect<SetRoom>().Members.Count);
    }

    /// <summary>A channel's lease is shorter than a number may ring: unrenewed, its minutes would be booked wrong.</summary>
    [Fact]
    public void The_channel_of_a_number_that_rings_for_a_waiting_customer_is_renewed()
    {
        var call = new TestCall().Talking().At(10, at => new Transfer(at, ByAnna, null, new(Number: "13800138000"))).At(11, at => new DialCleared(at, new("number-1"), "trunk", "02112345678"));
        Assert.Equal(Noon.AddSeconds(20), call.Deadline);
        Assert.Equal(new LegId("number-1"), call.At(20, at => new CallTimeUp(at)).Effect<AskToDial>().Leg);
        Assert.Equal(Noon.AddSeconds(30), call.Deadline);
        Assert.Empty(call.At(20.1, at => new DialCleared(at, new("number-1"), "trunk", "02112345678")).Effects);
        Assert.Equal(new LegId("number-1"), call.At(26, at => new StillThere(at, Caller)).Effect<AskToDial>().Leg);
    }

    [Fact]
    public void The_channel_of_a_called_customer_who_waits_in_a_queue_is_renewed()
    {
        var called = new LegId("called");
        var call = Dialling().At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null })).At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone))
            .At(3, at => new DialCleared(at, called, "trunk", "021")).At(9, at => new PickedUp(at, called)).At(12, at => new Transfer(at, ByAnna, null, new(Queue: Sales)));
        Assert.Equal((CallPhase.Waiting, 0), (call.State.Phase, call.State.Parties.Count));
        foreach (var second in new[] { 19.1, 29.2, 39.3 }) Assert.Equal(called, call.At(second, at => new CallTimeUp(at)).Effect<AskToDial>().Leg);
        Assert.Equal(called, call.At(45, at => new StillThere(at, called)).Effect<AskToDial>().Leg);
        Assert.Equal(called, call.Crashed(46).At(46, at => new CallTimeUp(at)).Effect<AskToDial>().Leg);
    }

    [Fact]
    public void A_phone_that_has_referred_hears_that_it_was_called_off()
    {
        var call = new TestCall().Talking().At(10, at => new Referred(at, Phone, "13800138000", null)).At(12, at => new CancelConsult(at, ByAnna, null));
        Assert.Equal(new TellReferral(Phone, 487), call.Effect<TellReferral>());
        Assert.Equal(2, call.Effect<SetRoom>().Members.Count);
    }

    [Fact]
    public void A_called_party_that_was_not_there_after_all_ends_the_call()
    {
        var called = new LegId("called");
        var call = new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Number: "13800138000"), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }))
            .At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone)).At(3, at => new DialCleared(at, called, "trunk", "021")).At(9, at => new PickedUp(at, called));
        call.At(10, at => new NotPickedUp(at, called, LegFailure.Unreachable, 0));
        Assert.Equal((EndedBy.Trunk, Blame.Carrier), (call.Fact<CallEnded>().By, call.Fact<CallEnded>().Blame));
        Assert.Contains(new ReleaseAgent(Anna, 1, Noon.AddSeconds(10)), call.Last.Effects);
    }

    private static TestCall Dialling() => new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Number: "13800138000"), null));

    private static TestCall PhoneRings() => Dialling().At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }));

    private static TestCall NumberRings() => PhoneRings().At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone)).At(3, at => new DialCleared(at, new("called"), "trunk", "021"));

    /// <summary>An order that left and was forgotten in a crash: the edge tells what it did, and the call does not know why.</summary>
    [Theory]
    [InlineData(LegEndedBy.Us)]
    [InlineData(LegEndedBy.Edge)]
    public void A_leg_of_a_dialling_call_that_nobody_let_go_of_was_lost_by_the_platform(LegEndedBy by)
    {
        foreach (var call in (TestCall[])[PhoneRings().HungUp(5, Phone, by), NumberRings().HungUp(5, Phone, by), NumberRings().HungUp(5, new("called"), by)])
            Assert.Equal((EndedBy.Platform, Blame.Platform), (call.Fact<CallEnded>().By, call.Fact<CallEnded>().Blame));
        foreach (var call in (TestCall[])[PhoneRings(), NumberRings()])
        {
            call.At(5, at => new NotPickedUp(at, call.State.Legs[^1].Id, by == LegEndedBy.Us ? LegFailure.Withdrawn : LegFailure.PlatformFault, 0));
            Assert.Equal((EndedBy.Platform, Blame.Platform), (call.Fact<CallEnded>().By, call.Fact<CallEnded>().Blame));
        }
    }

    [Fact]
    public void A_phone_that_dialled_and_was_lost_before_anybody_was_called_is_not_the_agents_doing()
    {
        var phone = new LegId("phone-1001-1");
        var rules = TestCall.Rules with { Dialled = text => text == "1001" ? new(Agent: Anna) : new(Number: text) };
        var call = CallState.Empty.After(CallMachine.Next(CallState.Empty, new PhoneDialled(Noon, phone, new("edge-0"), 1, "1001", "13800138000"), rules));
        var over = CallMachine.Next(call, new HungUp(Noon, phone, LegEndedBy.Edge, 0, 0), rules);
        Assert.Equal(Blame.Platform, Assert.Single(over.Facts.OfType<CallEnded>()).Blame);
    }

    [Fact]
    public void A_grain_that_says_nothing_is_the_platforms_silence()
    {
        var call = Dialling().At(10, at => new CallTimeUp(at));
        Assert.Equal((EndReason.Unreachable, Blame.Platform), (call.Fact<CallEnded>().Reason, call.Fact<CallEnded>().Blame));
    }

    [Fact]
    public void What_people_did_to_a_dialling_call_is_nobodys_fault()
    {
        Assert.Equal(Blame.Nobody, PhoneRings().At(5, at => new NotPickedUp(at, Phone, LegFailure.Rejected, 603)).Fact<CallEnded>().Blame);
        Assert.Equal(Blame.Nobody, NumberRings().At(5, at => new NotPickedUp(at, new("called"), LegFailure.Busy, 486)).Fact<CallEnded>().Blame);
        Assert.Equal((EndedBy.Agent, Blame.Nobody), NumberRings().HungUp(5, Phone).Fact<CallEnded>() is var over ? (over.By, over.Blame) : default);
    }

    [Fact]
    public void An_offer_of_a_queue_that_the_call_has_left_comes_too_late()
    {
        var call = new TestCall().Talking().At(10, at => new Transfer(at, ByAnna, null, new(Queue: Sales))).At(11, at => new Offered(at, Ben, 4, TimeSpan.FromSeconds(15), "1002", Terms with { Queue = new("care") }));
        Assert.Equal(new CloseOffer(Ben, 4, OfferEnd.Withdrawn), call.Effect<CloseOffer>());
        Assert.Equal(Ben, call.At(12, at => new Offered(at, Ben, 5, TimeSpan.FromSeconds(15), "1002", Terms)).Fact<OfferStarted>().Agent);
    }

    [Fact]
    public void An_agent_cannot_keep_a_supervisor_from_listening()
    {
        var call = new TestCall().Talking().At(10, at => new Listen(at, new(Ben, true), null, Anna, ListenMode.Monitor, true)).At(11, at => new Offered(at, Ben, 4, TimeSpan.FromSeconds(25), "1002", Terms with { Queue = null }));
        Assert.Equal(RefusalCode.Forbidden, CallMachine.Check(call.State, new DropLeg(Noon, ByAnna, null, BensPhone), TestCall.Rules)?.Code);
        Assert.Null(CallMachine.Check(call.State, new DropLeg(Noon, new(Anna, true), null, BensPhone), TestCall.Rules));
    }
}
