using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Hours;
using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Calls;

/// <summary>Nodes that ask for the hours, record, hand on and collect.</summary>
public class NodeTests
{
    private static readonly LegId Number = new("number-1");

    private static readonly FlowDefinition Mail = MailAfter(0);

    private static FlowDefinition MailAfter(int silence) => new("mail", [new VoicemailNode("mail", "sales", [Prompt.Of("voicemail", "")], 20, "bye", silence), new HangUpNode("bye")]);

    private static FlowDefinition To(CallTarget to) => new("hand", [new TransferNode("hand", to, "02112345678", 15, "sales"), new QueueNode("sales", Sales, 5)]);

    private static FlowDefinition Pin(bool masked, char? end = '#') => new("pin",
        [new CollectNode("pin", [Prompt.Of("pin", "")], 3, 4, end, 5, masked, "sales", "bye"), new QueueNode("sales", Sales, 5), new HangUpNode("bye")]);

    private static TestCall Beeped(int silence = 0) => new TestCall(MailAfter(silence)).Waiting().At(4, at => new PlayEnded(at, Caller, "mail.1"));

    private static CallEvent Key(DateTimeOffset at, char key) => new DigitPressed(at, Caller, key);

    [Theory]
    [InlineData("2026-03-02", "09:00", "sales")]
    [InlineData("2026-03-03", "09:00", "menu")]
    [InlineData("2026-03-02", "13:00", "mail")]
    public void Hours_lead_where_the_firm_is_open_closed_or_on_holiday(string date, string from, string node)
    {
        var flow = new FlowDefinition("hours", [new HoursNode("hours", "office", "sales", "menu", "mail"), new QueueNode("sales", Sales, 5), new HangUpNode("menu"), new HangUpNode("mail")]);
        var hours = new HoursSettings(new("acme"), "office", "Office", null, [], [new(CalendarDate.Parse(date), "fair", [new(DayTime.Parse(from), DayTime.Parse("18:00"))])], 4);
        var rules = CallRules.Of(flow, "en") with { Hours = id => id == "office" ? hours : null };
        var arrived = new Arrived(Noon, Caller, new("edge-0"), 1, null, "1", new(new("main"), 1), false, "", null);
        var step = CallMachine.Next(CallState.Empty, arrived, rules);
        Assert.Equal(4, step.Facts.OfType<HoursAsked>().Single().Version);
        Assert.Equal(node, step.Facts.OfType<NodeEntered>().Last().Node);
    }

    [Fact]
    public void A_prompt_is_played_by_the_tenants_own_sound_where_there_is_one_and_in_the_tenants_language()
    {
        var flow = new FlowDefinition("say", [new PlayNode("say", [Prompt.Of("tune", ""), Prompt.Of("goodbye", "en"), Prompt.Say("hello", "")], null, false, "bye"), new HangUpNode("bye")]);
        var rules = CallRules.Of(flow, "zh-CN") with { PromptFile = id => id == "tune" ? "f1" : null };
        var arrived = new Arrived(Noon, Caller, new("edge-0"), 1, null, "1", new(new("main"), 1), false, "", null);
        var play = CallMachine.Next(CallState.Empty, arrived, rules).Effects.OfType<PlayToLeg>().Single();
        Assert.Equal([new("tune", null, "zh-CN", "f1"), Prompt.Of("goodbye", "en"), Prompt.Say("hello", "zh-CN")], play.Once);
    }

    [Fact]
    public void A_flow_names_its_prompts_each_with_its_place()
    {
        var flow = new FlowDefinition("menu", [new MenuNode("menu", [Prompt.Say("press", ""), Prompt.Of("tune", "")], [Prompt.Of("wrong-key", "")], [new('1', "mail")], 5, 3, "mail"), .. Mail.Nodes]);
        Assert.Equal([("nodes.menu.prompts[1].id", "tune"), ("nodes.menu.wrongKey[0].id", "wrong-key"), ("nodes.mail.prompts[0].id", "voicemail")], FlowPrompts.Named(flow));
    }

    [Fact]
    public void Hours_that_are_gone_count_as_open()
    {
        var call = new TestCall(new("hours", [new HoursNode("hours", "gone", "sales", "bye", null), new QueueNode("sales", Sales, 5), new HangUpNode("bye")])).Arrived();
        Assert.Equal(OpenState.Open, call.Fact<HoursAsked>().State);
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
    }

    [Fact]
    public void A_voicemail_is_recorded_from_the_beep_to_the_hash_key()
    {
        var call = new TestCall(Mail).Waiting();
        Assert.Equal("mail", call.State.Node);
        call.At(4, at => new PlayEnded(at, Caller, "mail.1"));
        Assert.Equal(new StartTrack("vm1", "caller-1", Caller, Channel.Left, Noon.AddSeconds(4)), call.Effect<StartTrack>());
        Assert.Equal(Noon.AddSeconds(24), call.Deadline);
        call.At(9, at => Key(at, '5'));
        Assert.Same(Step.Ignored, call.Last);
        call.At(10, at => Key(at, '#'));
        Assert.Equal(new VoicemailLeft(Noon.AddSeconds(10), "sales", "vm1", 6_000), call.Fact<VoicemailLeft>());
        Assert.Equal(new StopTrack("vm1", "caller-1", Noon.AddSeconds(10)), call.Effect<StopTrack>());
        Assert.Equal(EndReason.FlowEnded, call.Fact<CallEnded>().Reason);
    }

    [Theory]
    [InlineData(4.9, false)]
    [InlineData(5, true)]
    public void A_hang_up_ends_a_voicemail_and_what_is_too_short_is_none(double at, bool isLeft)
    {
        var call = Beeped().HungUp(at, Caller);
        Assert.Equal(isLeft, call.Last.Facts.OfType<VoicemailLeft>().Any());
        Assert.NotEqual(isLeft, call.Last.Facts.OfType<VoicemailDropped>().Any());
        Assert.Equal(!isLeft, Assert.Single(call.Last.Effects.OfType<StopTrack>()).Discard);
        Assert.IsType<CallEnded>(call.Last.Facts[^1]);
    }

    [Theory]
    [InlineData(12, 6.5, true)]
    [InlineData(9, 4.2, false)] // after the beep nothing was said but "er"
    public void Silence_ends_a_voicemail_and_without_a_word_before_it_nothing_is_kept(double at, double lastHeard, bool isLeft)
    {
        var call = Beeped(silence: 5);
        Assert.Equal(5, call.Effect<StartTrack>().QuietSeconds);
        call.At(at, when => new FellQuiet(when, Caller, Noon.AddSeconds(lastHeard)));
        Assert.Equal(isLeft, call.Last.Facts.OfType<VoicemailLeft>().Any());
        Assert.Equal(!isLeft, call.Effect<StopTrack>().Discard);
        Assert.Equal(EndReason.FlowEnded, call.Fact<CallEnded>().Reason);
    }

    [Fact]
    public void The_silence_of_somebody_else_or_before_the_message_ends_nothing()
    {
        Assert.Same(Step.Ignored, Beeped(silence: 5).At(10, at => new FellQuiet(at, new("agent-1"), Noon)).Last);
        Assert.Same(Step.Ignored, Beeped(silence: 5).At(10, _ => new FellQuiet(Noon.AddSeconds(3), Caller, Noon)).Last); // told late
    }

    [Fact]
    public void A_fax_machine_is_remembered_once_for_each_of_its_tones_and_changes_nothing()
    {
        var call = Beeped().At(5, at => new FaxHeard(at, Caller, FaxTone.Calling));
        Assert.Equal(new FaxDetected(Noon.AddSeconds(5), Caller, FaxTone.Calling), call.Fact<FaxDetected>());
        Assert.Empty(call.Effects);
        Assert.Same(Step.Ignored, call.At(6, at => new FaxHeard(at, Caller, FaxTone.Calling)).Last);
        Assert.Same(Step.Ignored, call.At(7, at => new FaxHeard(at, new("agent-1"), FaxTone.Calling)).Last); // a leg that it has not
        Assert.Equal(FaxTone.Answering, call.At(8, at => new FaxHeard(at, Caller, FaxTone.Answering)).Fact<FaxDetected>().Tone);
    }

    [Fact]
    public void A_voicemail_has_its_longest_time_through_a_crash_too()
    {
        var call = Beeped().Crashed(6).At(24, at => new CallTimeUp(at));
        Assert.Equal(20_000, call.Fact<VoicemailLeft>().Length);
    }

    [Fact]
    public void A_flow_hands_a_caller_to_a_number_as_anybody_dials_one()
    {
        var call = new TestCall(To(new(Number: "13800138000"))).Arrived();
        Assert.Equal(new AskToDial(Number, "dial-number-1", "02112345678", null), call.Effect<AskToDial>());
        Assert.Equal(CallRules.Ringback, call.Effect<PlayToLeg>().Then?.Id);
        call.At(0.5, at => new DialCleared(at, Number, "trunk", "02112345678"));
        Assert.Equal(Noon.AddSeconds(15.5), call.Effect<RingNumber>().Until);
        call.At(5, at => new PickedUp(at, Number));
        Assert.Equal(CallPhase.Talking, call.State.Phase);
        Assert.Equal([Caller, Number], call.Effect<SetRoom>().Members.Select(m => m.Leg));
        call.HungUp(9, Number);
        Assert.Equal((EndedBy.Party, EndReason.HangUp), (call.Fact<CallEnded>().By, call.Fact<CallEnded>().Reason));
    }

    [Fact]
    public void The_number_of_a_flow_is_told_to_the_shell_and_stands_in_no_fact()
    {
        var rules = CallRules.Of(To(new(Number: "13800138000")), "en");
        var step = CallMachine.Next(CallState.Empty, new Arrived(Noon, Caller, new("edge-0"), 1, null, "1", new(new("main"), 1), false, "", null), rules);
        Assert.Equal("13800138000", CallMachine.NumberOfFlow(CallState.Empty, step, rules));
        Assert.DoesNotContain(step.Facts, f => f.ToString().Contains("13800138000"));
    }

    [Fact]
    public void Whom_nobody_takes_goes_on_in_the_flow()
    {
        var refused = new TestCall(To(new(Number: "110110"))).Arrived().At(0.5, at => new DialRefused(at, Number, DialRefusal.PrefixBlocked));
        Assert.Equal(("sales", CallPhase.Waiting), (refused.State.Node, refused.State.Phase));
        var silent = new TestCall(To(new(Number: "110110"))).Arrived().At(0.5, at => new DialCleared(at, Number, "trunk", "1")).At(17.5, at => new CallTimeUp(at));
        Assert.Equal(ReachEnd.NoAnswer, silent.Fact<ReachEnded>().Why);
        Assert.Contains(new HangUpLeg(Number), silent.Last.Effects);
        Assert.Equal(CallPhase.Waiting, silent.State.Phase);
        var busy = new TestCall(To(new(Agent: Anna))).Arrived().At(0.5, at => new AgentRefused(at, Anna));
        Assert.Equal(CallPhase.Waiting, busy.State.Phase);
    }

    [Fact]
    public void A_flow_hands_a_caller_to_an_agent_in_person()
    {
        var call = new TestCall(To(new(Agent: Anna))).Arrived();
        Assert.Equal(TimeSpan.FromSeconds(15), call.Effect<SeekAgent>().Terms.RingTime);
        call.At(0.5, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(15), "1001", new(null, TimeSpan.FromSeconds(15), false, 0)))
            .At(3, at => new PickedUp(at, call.AgentLeg)).At(3.1, at => new OfferConfirmed(at, Anna, 1, call.AgentLeg));
        Assert.Equal(CallPhase.Talking, call.State.Phase);
        Assert.True(call.Last.Awaits);
        Assert.Equal(EndReason.HangUp, call.HungUp(9, Caller).Fact<CallEnded>().Reason);
    }

    [Fact]
    public void A_caller_who_hangs_up_calls_off_whom_the_flow_reaches_for()
    {
        var call = new TestCall(To(new(Number: "13800138000"))).Arrived().At(0.5, at => new DialCleared(at, Number, "trunk", "1")).HungUp(4, Caller);
        Assert.Contains(new HangUpLeg(Number), call.Last.Effects);
        Assert.Equal(CallPhase.Ended, call.State.Phase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Digits_are_collected_up_to_the_end_key_and_stand_in_no_fact_and_no_text(bool masked)
    {
        var call = new TestCall(Pin(masked)).Arrived().At(1, at => Key(at, '7')).At(2, at => Key(at, '8')).At(3, at => Key(at, '9'));
        Assert.DoesNotContain("789", call.State.ToString());
        Assert.Empty(call.Last.Facts);
        call.At(4, at => Key(at, '#'));
        Assert.Equal(new DigitsCollected(Noon.AddSeconds(4), "pin", 3, masked), call.Fact<DigitsCollected>());
        Assert.Equal(masked ? [] : ["789"], call.Last.Marks.AsEnumerable().OfType<DigitsKept>().Select(k => k.Digits.Value));
        Assert.Equal((CallPhase.Waiting, default), (call.State.Phase, call.State.Digits));
    }

    [Fact]
    public void The_last_digit_that_fits_ends_the_row() =>
        Assert.Equal(4, new TestCall(Pin(true, null)).Arrived().At(1, at => Key(at, '1')).At(1, at => Key(at, '2')).At(1, at => Key(at, '3')).At(1, at => Key(at, '#')).Fact<DigitsCollected>().Count);

    [Fact]
    public void Too_few_digits_lead_to_the_other_branch()
    {
        var call = new TestCall(Pin(true)).Arrived().At(1, at => Key(at, '7'));
        Assert.Equal(Noon.AddSeconds(6), call.Deadline);
        Assert.Equal(EndReason.FlowEnded, call.At(6, at => new CallTimeUp(at)).Fact<CallEnded>().Reason);
    }

    [Fact]
    public void A_digit_cuts_the_play_before_short_and_counts()
    {
        var flow = new FlowDefinition("hello", [new PlayNode("hello", [Prompt.Of("greeting", "")], null, true, "pin"), .. Pin(true).Nodes.AsEnumerable()]);
        var call = new TestCall(flow).Arrived().At(1, at => Key(at, '1')).At(1, at => Key(at, '2')).At(1, at => Key(at, '3')).At(1, at => Key(at, '4'));
        Assert.Equal(4, call.Fact<DigitsCollected>().Count);
    }

    [Fact]
    public void What_was_typed_is_forgotten_in_a_crash()
    {
        var call = new TestCall(Pin(true)).Arrived().At(1, at => Key(at, '7'));
        var folded = CallState.Empty;
        foreach (var fact in call.Last.Facts) folded = folded.With(fact);
        Assert.Equal(default, folded.Digits);
    }
}
