using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Kpi;
using CallCenter.Domain.Tests.Calls;
using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Conversations;

/// <summary>What plays between an agent's joining and the talk: the whisper, then the staff number.</summary>
public sealed class IntroTests
{
    static readonly LegId Phone = new("agent-anna-1");
    static readonly Asker ByAnna = new(Anna, false);
    const string Whisper = "agent-anna-1.agent-anna-1.Whisper", Number = "caller.agent-anna-1.StaffNumber";

    static QueueSettings Both(QueueSettings queue) => queue with { Whisper = QueueWhisper.Name, AnnouncesStaffNumber = true };

    static TestCall Whispering() => new TestCall(queue: Both).Talking();

    static TestCall Announcing() => Whispering().At(7, at => new PlayEnded(at, Phone, Whisper));

    [Fact]
    public void The_agent_hears_firm_and_queue_while_the_customers_music_goes_on()
    {
        var call = Whispering();
        Assert.Equal(["AgentJoined", "IntroBegun", "AgentActive"], call.Facts);
        Assert.Equal((Activity.Intro, NotRecordedReason.NotInConversation), (call.Fact<AgentActive>().Activity, call.State.Unrecorded));
        var play = call.Effect<PlayToLeg>();
        Assert.Equal((Phone, Whisper, "Acme, 售前咨询", null), (play.Leg, play.Play, play.Once.Single().Text, play.Then));
        Assert.Empty(call.Last.Effects.OfType<SetRoom>());
        Assert.True(call.Last.Awaits);
    }

    [Fact]
    public void Then_both_hear_the_staff_number_digit_by_digit_and_then_each_other()
    {
        var call = Announcing();
        Assert.Equal(new WhisperPlayed(Noon.AddSeconds(7), Anna, Phone, Whole: true), call.Fact<WhisperPlayed>());
        var plays = call.Last.Effects.OfType<PlayToLeg>().ToList();
        Assert.Equal([Caller, Phone], plays.Select(play => play.Leg));
        Assert.All(plays, play => Assert.Equal(["staff-number-before", "number-8", "number-0", "number-0", "number-1", "staff-number-after"], play.Once.Select(prompt => prompt.Id)));
        Assert.Same(Step.Ignored, call.At(9, at => new PlayEnded(at, Phone, "agent-anna-1.agent-anna-1.StaffNumber")).Last); // the customer's ear counts
        call.At(9.1, at => new PlayEnded(at, Caller, Number));
        Assert.Equal(["StaffNumberAnnounced", "AgentActive", "RecordingStarted", "TrackStarted", "TrackStarted"], call.Facts);
        Assert.Equal(new StaffNumberAnnounced(Noon.AddSeconds(9.1), Anna, Phone, "8001", Whole: true), call.Fact<StaffNumberAnnounced>());
        Assert.Equal([new(Caller), new(Phone)], call.Effect<SetRoom>().Members);
    }

    [Fact]
    public void Talk_time_begins_after_both_and_the_parts_add_up()
    {
        List<Fact> facts = [];
        var call = new TestCall(queue: Both);
        foreach (var step in new Action[] { () => call.Waiting(), () => call.Offered(), () => call.At(5, at => new PickedUp(at, Phone)), () => call.At(6, at => new OfferConfirmed(at, Anna, 1, Phone)), () => call.At(8, at => new PlayEnded(at, Phone, Whisper)), () => call.At(11, at => new PlayEnded(at, Caller, Number)), () => call.HungUp(31, Caller) })
        {
            step();
            facts.AddRange(call.Last.Facts.AsEnumerable());
        }
        var summary = CallSummary.Of(facts.ToItems());
        var spell = Assert.Single(AgentSpell.Of(summary).AsEnumerable());
        Assert.Equal((20_000, 5_000, 0), (spell.TTalk, spell.TIntro, spell.THeld));
        Assert.Equal((20_000, 0), (summary.Times.TTalk, summary.Times.THeld));
        Assert.Equal(Noon.AddSeconds(6), summary.AnsweredAt);
        Assert.All(summary.Recordings.Single().Tracks, track => Assert.Equal((Noon.AddSeconds(11), Noon.AddSeconds(31)), (track.From, track.To)));
    }

    [Fact]
    public void Each_of_the_two_is_there_without_the_other_and_an_agent_without_a_number_is_put_through()
    {
        Assert.Equal([new(Caller), new(Phone)], new TestCall(queue: queue => queue with { Whisper = QueueWhisper.Prompt, WhisperPrompt = "vip" }).Talking().At(7, at => new PlayEnded(at, Phone, Whisper)).Effect<SetRoom>().Members);
        Assert.Equal(IntroStep.StaffNumber, new TestCall(queue: queue => queue with { AnnouncesStaffNumber = true }).Talking().Fact<IntroBegun>().Step);
        var nameless = new TestCall(queue: queue => queue with { AnnouncesStaffNumber = true }).Waiting().Offered(staffNumber: null).At(5, at => new PickedUp(at, Phone)).At(6, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.Equal([new(Caller), new(Phone)], nameless.Effect<SetRoom>().Members);
        Assert.Equal("vip", new TestCall(queue: queue => queue with { Whisper = QueueWhisper.Prompt, WhisperPrompt = "vip" }).Talking().Effect<PlayToLeg>().Once.Single().Id);
    }

    [Fact]
    public void What_is_never_told_to_have_ended_is_ended_by_the_clock()
    {
        var call = Whispering();
        Assert.Equal(Noon.AddSeconds(15.1), call.Deadline); // the lease first
        call.At(15.1, at => new CallTimeUp(at)).At(25.1, at => new CallTimeUp(at));
        Assert.Equal((false, IntroStep.StaffNumber), (call.Fact<WhisperPlayed>().Whole, call.Fact<IntroBegun>().Step));
        Assert.False(call.At(45.1, at => new CallTimeUp(at)).Fact<StaffNumberAnnounced>().Whole);
        Assert.Equal([new(Caller), new(Phone)], call.Effect<SetRoom>().Members);
    }

    [Theory]
    [InlineData(LegEndedBy.FarEnd)]
    [InlineData(LegEndedBy.Network)]
    [InlineData(LegEndedBy.Edge)]
    public void A_customer_whose_agent_goes_before_they_talked_waits_again_first(LegEndedBy by)
    {
        foreach (var call in new[] { Whispering(), Announcing(), new TestCall(queue: queue => Both(queue) with { EndsWhenAgentLost = true }).Talking() })
        {
            call.HungUp(8, Phone, by);
            Assert.Equal((Sales, 1), (call.Fact<Enqueued>().Queue, call.Fact<Enqueued>().Priority));
            Assert.Empty(call.Effect<PlayToLeg>().Once); // they never met: nothing to be sorry for
            Assert.Contains("ReleaseAgent", call.Effects);
            Assert.DoesNotContain("CallEnded", call.Facts);
        }
        Assert.Contains("Enqueued", Whispering().At(8, at => new OfferGone(at, Anna, 1)).Facts);
        Assert.Contains("Enqueued", Whispering().At(8, at => new LeaveCall(at, ByAnna, null)).Facts);
    }

    [Fact]
    public void A_customer_who_hangs_up_ends_the_call_and_frees_the_agent()
    {
        var call = Whispering().HungUp(8, Caller);
        Assert.Equal(["LegEnded", "AgentLeft", "CallEnded"], call.Facts);
        Assert.Equal(["HangUpLeg", "ReleaseAgent"], call.Effects);
    }

    [Fact]
    public void A_hold_or_a_browser_that_is_not_heard_cuts_it_short_and_the_talk_begins_afterwards()
    {
        var held = Announcing().At(8, at => new Hold(at, ByAnna, null));
        Assert.Equal((false, Activity.Hold), (held.Fact<StaffNumberAnnounced>().Whole, held.Fact<AgentActive>().Activity));
        Assert.Equal("tune", held.Last.Effects.OfType<PlayToLeg>().Single(play => play.Leg == Caller).Then?.Id);
        Assert.Equal([new(Caller), new(Phone)], held.At(9, at => new Retrieve(at, ByAnna, null)).Effect<SetRoom>().Members);
        var away = Whispering().At(8, at => new PathLost(at, Phone));
        Assert.False(away.Fact<WhisperPlayed>().Whole);
        Assert.Equal([new(Caller), new(Phone)], away.At(9, at => new PathBack(at, Phone)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void After_a_crash_it_ends_as_it_would_have()
    {
        var call = Whispering().Crashed(8).At(9, at => new PlayEnded(at, Phone, Whisper));
        Assert.True(call.Fact<WhisperPlayed>().Whole);
        Assert.True(call.At(10, at => new PlayEnded(at, Caller, Number)).Fact<StaffNumberAnnounced>().Whole);
    }
}
