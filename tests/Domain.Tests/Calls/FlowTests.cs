using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Calls;

public class FlowTests
{
    [Fact]
    public void A_call_without_a_limit_is_answered_and_greeted_in_one_step()
    {
        var call = new TestCall(Menu).Arrived();
        Assert.Equal(["CallArrived", "NodeEntered", "NodeEntered"], call.Facts);
        Assert.Equal([new AnswerLeg(Caller), new PlayToLeg(Caller, "hello.2", [Prompt.Of("greeting", "zh-CN")], null, true)], call.Last.Effects);
        Assert.True(call.Last.Awaits);
    }

    [Fact]
    public void The_fact_of_arrival_names_the_home_area_and_not_the_number()
    {
        var fact = new TestCall().Arrived().Fact<CallArrived>();
        Assert.Equal("北京", fact.HomeArea);
        Assert.Equal(HomeArea.Version, fact.AreaData);
        Assert.DoesNotContain("12345678", fact.ToString());
    }

    [Fact]
    public void A_queue_answers_first_if_nothing_else_did()
    {
        var call = new TestCall().Arrived();
        Assert.Equal(["AnswerLeg", "TakePlace", "PlayToLeg"], call.Effects);
        Assert.True(call.Last.Awaits);
        Assert.Equal(Prompt.Of("tune", "zh-CN"), call.Effect<PlayToLeg>().Then);
    }

    [Fact]
    public void Arriving_twice_is_arriving_once() => Assert.Same(Step.Ignored, new TestCall().Arrived().Arrived().Last);

    [Fact]
    public void The_instant_of_our_200_is_a_fact_once()
    {
        var call = new TestCall(Menu).Arrived().At(0.2, at => new Answered(at, Caller));
        Assert.Equal(Noon.AddSeconds(0.2), call.Fact<LegAnswered>().At);
        Assert.Equal(NotRecordedReason.NotInConversation, call.Fact<NotRecorded>().Why);
        Assert.Same(Step.Ignored, call.At(0.3, at => new Answered(at, Caller)).Last);
    }

    [Fact]
    public void A_notice_heard_to_the_end_is_noted_as_whole()
    {
        var call = new TestCall(Menu).Arrived().At(1, at => new PlayEnded(at, Caller, "hello.2"));
        call.At(2, call.Played);
        Assert.Equal(new NoticePlayed(Noon.AddSeconds(2), "v1", true), call.Fact<NoticePlayed>());
        Assert.Equal("menu", call.State.Node);
    }

    [Fact]
    public void A_digit_skips_greeting_and_notice_and_counts_in_the_menu()
    {
        var call = new TestCall(Menu).Arrived().At(0.5, at => new DigitPressed(at, Caller, '1'));
        Assert.False(call.Fact<NoticePlayed>().Whole);
        Assert.Equal("1", call.Fact<MenuChosen>().Key);
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
        Assert.DoesNotContain(call.Last.Effects, e => e is PlayToLeg { Once.IsEmpty: false });
    }

    [Fact]
    public void The_end_of_an_older_play_means_nothing() => Assert.Same(Step.Ignored, new TestCall(Menu).Arrived().At(1, at => new PlayEnded(at, Caller, "hello.1")).Last);

    [Fact]
    public void A_wrong_key_is_told_and_the_menu_said_again()
    {
        var call = new TestCall(Menu).InMenu().At(4, at => new DigitPressed(at, Caller, '7'));
        Assert.Equal(MenuMiss.WrongKey, call.Fact<MenuMissed>().Why);
        Assert.Equal(["wrong-key", "menu"], call.Effect<PlayToLeg>().Once.Select(p => p.Id));
    }

    [Fact]
    public void The_second_wrong_key_leads_to_otherwise()
    {
        var call = new TestCall(Menu).InMenu().At(4, at => new DigitPressed(at, Caller, '7')).At(5, at => new DigitPressed(at, Caller, '#'));
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
        Assert.Equal(4, call.Fact<Enqueued>().Priority);
    }

    [Fact]
    public void Silence_counts_from_the_end_of_the_prompt()
    {
        var call = new TestCall(Menu).InMenu();
        Assert.Equal(Noon.AddSeconds(8), call.Deadline);
        Assert.Same(Step.Ignored, call.At(7.9, at => new CallTimeUp(at)).Last);
        Assert.Equal(MenuMiss.Nothing, call.At(8, at => new CallTimeUp(at)).Fact<MenuMissed>().Why);
        Assert.Equal(["menu"], call.Effect<PlayToLeg>().Once.Select(p => p.Id));
    }

    [Fact]
    public void A_play_whose_end_is_never_told_is_taken_as_heard_when_the_longest_prompt_would_be_over()
    {
        var call = new TestCall(Menu).Arrived();
        Assert.Equal(Noon.AddMinutes(11), call.Deadline);
        Assert.Equal("notice", call.At(660, at => new CallTimeUp(at)).State.Node);
    }

    [Fact]
    public void A_flow_that_hangs_up_ends_the_call_with_nobody_to_blame()
    {
        var call = new TestCall(Menu).InMenu().At(4, at => new DigitPressed(at, Caller, '9'));
        Assert.Equal(new CallEnded(Noon.AddSeconds(4), EndedBy.Platform, EndReason.FlowEnded, Blame.Nobody), call.Fact<CallEnded>());
        Assert.Equal([new HangUpLeg(Caller)], call.Last.Effects);
        Assert.False(call.State.IsOver);
        Assert.True(call.HungUp(4.1, Caller, LegEndedBy.Us).State.IsOver);
    }

    [Fact]
    public void A_flow_that_cannot_be_read_ends_the_call_and_the_tenant_is_to_blame()
    {
        var call = new TestCall(new FlowDefinition("gone", [])).Arrived();
        Assert.Equal(Blame.Tenant, call.Fact<CallEnded>().Blame);
        Assert.Equal(["HangUpLeg"], call.Effects);
    }

    [Fact]
    public void A_flow_that_goes_round_without_a_wait_ends_the_call()
    {
        var call = new TestCall(new FlowDefinition("a", [new AnswerNode("a", "b"), new AnswerNode("b", "a")])).Arrived();
        Assert.Equal(EndReason.FlowBroken, call.Fact<CallEnded>().Reason);
    }

    [Fact]
    public void Plays_keep_their_names_through_a_crash()
    {
        var call = new TestCall(Menu).InMenu();
        var folded = CallState.Empty;
        foreach (var fact in AllFacts(new TestCall(Menu))) folded = folded.With(fact);
        Assert.Equal(call.State.Play, folded.Play);
    }

    private static IEnumerable<Fact> AllFacts(TestCall call)
    {
        var facts = new List<Fact>(call.Arrived().Last.Facts);
        foreach (var second in (int[])[1, 2, 3]) facts.AddRange(call.At(second, call.Played).Last.Facts);
        return facts;
    }
}
