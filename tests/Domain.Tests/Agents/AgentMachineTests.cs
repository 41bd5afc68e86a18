namespace CallCenter.Domain.Tests.Agents;

public class AgentMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Acme = new("acme");
    private static readonly Contact First = new(Acme, new("c1")), Second = new(Acme, new("c2"));
    private static readonly OfferTerms Terms = new(new("sales"), TimeSpan.FromSeconds(15), true, 7);
    private static readonly LegId Leg = new("agent-anna-1");
    private static readonly AgentSettings Settings = new(Acme, new("anna"), "Anna", "anna", "1001", true, 0, 3, RetryDelays.Default, [new(Acme, new("sales"))], 1);

    private AgentState state = AgentState.Empty;
    private AgentSettings? settings = Settings;
    private Step last = Step.Ignored;

    private AgentMachineTests At(double seconds, Func<DateTimeOffset, AgentEvent> happens)
    {
        last = AgentMachine.Next(state, happens(Noon.AddSeconds(seconds)), settings);
        state = state.After(last);
        return this;
    }

    private AgentStatus Told => Assert.Single(last.Effects.OfType<TellStatus>()).Status;
    private T Fact<T>() where T : Fact => Assert.Single(last.Facts.OfType<T>());

    private AgentMachineTests Free() => At(0, at => new StationUp(at, "1001"));
    private AgentMachineTests Offered(double at = 1, Contact? contact = null) => At(at, t => new Reserve(t, contact ?? First, Terms));
    private AgentMachineTests Talking() => Free().Offered().At(5, at => new Take(at, First, 1, Leg));

    [Fact]
    public void A_registered_phone_signs_in_and_makes_available()
    {
        Free();
        Assert.Equal([new AgentSignedIn(Noon, "1001"), new PresenceChosen(Noon, Presence.Available, null)], last.Facts);
        Assert.True(Told is { SignedIn: true, Free: true, Until: null });
    }

    [Fact]
    public void Without_auto_sign_in_a_phone_changes_nothing()
    {
        settings = Settings with { AutoSignIn = false };
        Assert.Same(Step.Ignored, Free().last);
    }

    [Fact]
    public void Registering_again_only_repeats_the_word()
    {
        Free().At(60, at => new StationUp(at, "1001"));
        Assert.Empty(last.Facts);
        Assert.True(Told.Free);
    }

    [Fact]
    public void Unregistering_signs_out_but_another_phone_does_not()
    {
        Assert.Same(Step.Ignored, Free().At(1, at => new StationDown(at, "1002")).last);
        Assert.False(At(2, at => new StationDown(at, "1001")).Told.SignedIn);
    }

    [Fact]
    public void Who_signs_in_by_hand_and_is_given_another_extension_is_rung_there_once_it_does_not_ring_or_talk()
    {
        settings = Settings with { AutoSignIn = false };
        At(0, at => new ChoosePresence(at, Presence.Available, null)).Offered();
        Assert.Equal("1001", Assert.Single(last.Effects.OfType<OfferToCall>()).Station);
        settings = settings with { Extension = "1002" };
        Assert.Empty(At(2, at => new ProfileChanged(at)).last.Facts);
        At(3, at => new Close(at, First, 1, OfferEnd.Withdrawn)).Offered(at: 4, contact: Second);
        Assert.Equal("1002", Assert.Single(last.Effects.OfType<OfferToCall>()).Station);
        At(5, at => new Close(at, Second, 2, OfferEnd.Withdrawn));
        settings = settings with { Extension = "1003" };
        At(6, at => new ProfileChanged(at));
        Assert.Equal("1003", Fact<AgentSignedIn>().Station);
        Assert.True(Told.Free);
    }

    [Fact]
    public void Who_is_no_agent_any_more_is_signed_out_and_its_offer_goes_back()
    {
        Free().Offered();
        settings = null;
        At(3, at => new ProfileChanged(at));
        Assert.Equal((OfferEnd.Withdrawn, Presence.SignedOut), (Fact<OfferClosed>().Why, state.Presence));
        Assert.Contains(new TellOfferGone(First, 1), last.Effects);
        Assert.False(Told.SignedIn);
    }

    [Fact]
    public void Who_is_no_agent_any_more_ends_the_talk_first()
    {
        Talking();
        settings = null;
        At(6, at => new ProfileChanged(at));
        Assert.Equal((AgentWork.Talking, Presence.SignedOut), (state.Work, state.Presence));
    }

    [Fact]
    public void A_reserved_agent_holds_a_lease_a_little_longer_than_the_phone_rings()
    {
        Free().Offered();
        Assert.Equal(new OfferMade(Noon.AddSeconds(1), First, 1, Noon.AddSeconds(19), Terms), Fact<OfferMade>());
        Assert.Equal(new OfferToCall(First, 1, TimeSpan.FromSeconds(15), "1001", Terms), last.Effects[0]);
        Assert.True(Told is { Free: false } && Told.Until == Noon.AddSeconds(19));
        Assert.Equal(Noon.AddSeconds(19), state.Deadline);
    }

    [Fact]
    public void An_agent_with_a_lease_refuses_another()
    {
        Free().Offered().Offered(at: 2, Second);
        Assert.Equal(new RefuseReserve(Second), last.Effects[0]);
        Assert.False(Told.Free);
    }

    [Fact]
    public void Being_reserved_twice_for_one_contact_is_no_refusal()
    {
        Free().Offered().Offered(at: 2);
        Assert.DoesNotContain(last.Effects, e => e is RefuseReserve);
    }

    [Fact]
    public void Every_offer_has_a_higher_epoch()
    {
        Free().Offered().At(2, at => new Close(at, First, 1, OfferEnd.Withdrawn)).Offered(at: 3, Second);
        Assert.Equal(2, Fact<OfferMade>().Epoch);
    }

    [Fact]
    public void Taking_the_offer_waits_for_the_commit()
    {
        Talking();
        Assert.True(last.Awaits);
        Assert.Contains(new TellOfferTaken(First, 1, Leg), last.Effects);
        Assert.Equal(Noon.AddSeconds(35), state.Deadline);
    }

    [Fact]
    public void Taking_twice_gives_the_same_word()
    {
        Talking().At(6, at => new Take(at, First, 1, Leg));
        Assert.Empty(last.Facts);
        Assert.Equal([new TellOfferTaken(First, 1, Leg)], last.Effects);
    }

    [Theory]
    [InlineData(0, "c1")]
    [InlineData(2, "c1")]
    [InlineData(1, "c2")]
    public void Another_epoch_or_another_call_takes_nothing(long epoch, string call)
    {
        var contact = new Contact(Acme, new(call));
        Free().Offered().At(5, at => new Take(at, contact, epoch, Leg));
        Assert.Equal([new TellOfferGone(contact, epoch)], last.Effects);
        Assert.Equal(AgentWork.Offered, state.Work);
    }

    [Fact]
    public void An_answer_after_the_end_of_the_lease_takes_nothing()
    {
        Free().Offered().At(19, at => new Take(at, First, 1, Leg));
        Assert.Equal(OfferEnd.Expired, Fact<OfferClosed>().Why);
        Assert.Contains(new TellOfferGone(First, 1), last.Effects);
    }

    [Fact]
    public void A_lease_that_runs_out_frees_the_agent_and_tells_the_call()
    {
        Assert.Same(Step.Ignored, Free().Offered().At(18.9, at => new AgentTimeUp(at)).last);
        At(19, at => new AgentTimeUp(at));
        Assert.Equal(OfferEnd.Expired, Fact<OfferClosed>().Why);
        Assert.Contains(new TellOfferGone(First, 1), last.Effects);
        Assert.True(Told.Free);
    }

    [Theory]
    [InlineData(OfferEnd.Rejected, 10)]
    [InlineData(OfferEnd.Busy, 10)]
    [InlineData(OfferEnd.NoAnswer, 5)]
    [InlineData(OfferEnd.Unreachable, 10)]
    [InlineData(OfferEnd.Withdrawn, 0)]
    public void Each_cause_has_its_own_delay(OfferEnd why, int seconds)
    {
        Free().Offered().At(4, at => new Close(at, First, 1, why));
        Assert.Equal(Noon.AddSeconds(4 + seconds), Fact<OfferClosed>().RetryFrom);
        Assert.True(Told.Free && Told.From == Noon.AddSeconds(4 + seconds));
    }

    [Fact]
    public void Nothing_is_taken_before_the_delay_is_over()
    {
        Free().Offered().At(4, at => new Close(at, First, 1, OfferEnd.Rejected)).Offered(at: 13.9, Second);
        Assert.Contains(new RefuseReserve(Second), last.Effects);
        Offered(at: 14, Second);
        Assert.Equal(2, Fact<OfferMade>().Epoch);
    }

    [Fact]
    public void Three_unanswered_offers_in_a_row_and_the_agent_gets_no_more()
    {
        Free();
        for (var i = 0; i < 3; i++) Offered(at: 100 * i).At(100 * i + 15, at => new Close(at, First, state.Epoch, OfferEnd.NoAnswer));
        Assert.Equal(3, Fact<AgentNotResponding>().Misses);
        Assert.False(Told.Free);
        Assert.Equal(Presence.Available, state.Presence);
        Assert.True(At(400, at => new ChoosePresence(at, Presence.Available, null)).Told.Free);
    }

    [Fact]
    public void Unreachable_is_not_unanswered_and_a_refusal_ends_the_row()
    {
        Free();
        foreach (var why in (OfferEnd[])[OfferEnd.NoAnswer, OfferEnd.NoAnswer, OfferEnd.Unreachable]) Offered(at: 100 * state.Epoch).At(100 * state.Epoch - 80, at => new Close(at, First, state.Epoch, why));
        Assert.Equal(2, state.Misses);
        Offered(at: 500).At(501, at => new Close(at, First, state.Epoch, OfferEnd.Rejected));
        Assert.Equal(0, state.Misses);
    }

    [Fact]
    public void A_released_agent_without_after_call_work_is_idle_from_then_on()
    {
        Talking().At(60, at => new Release(at, First, 1));
        Assert.Null(Fact<AgentReleased>().AfterCallUntil);
        Assert.True(Told.Free && Told.IdleSince == Noon.AddSeconds(60));
    }

    [Fact]
    public void After_call_work_ends_by_itself()
    {
        settings = Settings with { AfterCallSeconds = 20 };
        Talking().At(60, at => new Release(at, First, 1));
        Assert.Equal(AgentWork.AfterCall, state.Work);
        Assert.False(Told.Free);
        Assert.True(At(80, at => new AgentTimeUp(at)).Told.Free);
        Fact<AfterCallEnded>();
    }

    [Fact]
    public void After_call_work_ends_when_it_is_done_and_that_of_another_call_does_not()
    {
        settings = Settings with { AfterCallSeconds = 20 };
        Assert.Same(Step.Ignored, Talking().At(59, at => new AfterCallDone(at, First.Call)).last);
        At(60, at => new Release(at, First, 1));
        Assert.Same(Step.Ignored, At(61, at => new AfterCallDone(at, Second.Call)).last);
        Assert.True(At(62, at => new AfterCallDone(at, First.Call)).Told.Free);
        Fact<AfterCallEnded>();
        Assert.Same(Step.Ignored, At(63, at => new AfterCallDone(at, First.Call)).last);
    }

    [Fact]
    public void A_late_release_of_an_older_talk_changes_nothing() =>
        Assert.Same(Step.Ignored, Talking().At(60, at => new Release(at, First, 1)).Offered(at: 61, Second).At(62, at => new Release(at, First, 1)).last);

    [Fact]
    public void Renewals_lengthen_the_lease_without_a_fact()
    {
        Talking().At(20, at => new Renew(at, First, 1));
        Assert.Empty(last.Facts);
        Assert.Equal(Noon.AddSeconds(50), state.Deadline);
    }

    [Fact]
    public void A_renewal_for_a_talk_that_is_over_tells_the_call_so() =>
        Assert.Equal([new TellOfferGone(First, 1)], Talking().At(60, at => new Release(at, First, 1)).At(61, at => new Renew(at, First, 1)).last.Effects);

    [Fact]
    public void A_talk_that_is_not_heard_of_lapses_and_the_agent_rests_a_moment()
    {
        Talking().At(35, at => new AgentTimeUp(at));
        Assert.True(Fact<AgentReleased>() is { Lapsed: true } f && f.AfterCallUntil == Noon.AddSeconds(40));
        Assert.Contains(new TellOfferGone(First, 1), last.Effects);
    }

    [Fact]
    public void A_choice_during_a_talk_applies_for_afterwards()
    {
        Talking().At(10, at => new ChoosePresence(at, Presence.Break, "lunch"));
        Assert.Equal(AgentWork.Talking, state.Work);
        Assert.False(At(60, at => new Release(at, First, 1)).Told.Free);
        Assert.Equal(Presence.Break, state.Presence);
    }

    [Fact]
    public void Signing_out_during_a_talk_leaves_no_after_call_work()
    {
        settings = Settings with { AfterCallSeconds = 20 };
        Talking().At(10, at => new StationDown(at, "1001")).At(60, at => new Release(at, First, 1));
        Assert.Equal(AgentWork.Idle, state.Work);
        Assert.False(Told.SignedIn);
    }

    [Fact]
    public void A_break_demands_a_reason()
    {
        Assert.Same(Step.Ignored, Free().At(1, at => new ChoosePresence(at, Presence.Break, " ")).last);
        Assert.Equal(RefusalCode.Invalid, AgentMachine.Check(Presence.NotReady, null, Settings)?.Code);
        Assert.Null(AgentMachine.Check(Presence.Available, null, Settings));
        Assert.Equal(RefusalCode.NotFound, AgentMachine.Check(Presence.Available, null, null)?.Code);
    }

    [Fact]
    public void Every_word_to_routing_has_a_higher_number()
    {
        var first = Free().Told.Sequence;
        var second = At(0, at => new Asked(at)).Told.Sequence;
        Assert.True(second > first);
        state = state.With(new StatusTold(Noon, 0)); // forgotten in a crash
        Assert.True(At(1, at => new ProfileChanged(at)).Told.Sequence > second);
    }

    [Fact]
    public void After_a_crash_a_talk_has_a_whole_lease_again_and_no_more()
    {
        Talking();
        Assert.Equal(Noon.AddSeconds(3630), state.Woken(Noon.AddSeconds(3600)).Deadline);
        Assert.Equal(Noon.AddSeconds(-3570), state.Woken(Noon.AddSeconds(-3600)).Deadline);
    }

    [Fact]
    public void A_clock_that_went_back_does_not_lengthen_an_offers_lease()
    {
        Free().Offered();
        Assert.Equal(Noon.AddSeconds(19), state.Woken(Noon.AddSeconds(10)).Deadline);
        Assert.Equal(Noon.AddSeconds(-3600 + 18), state.Woken(Noon.AddSeconds(-3600)).Deadline);
    }

    [Fact]
    public void An_agent_that_is_no_more_is_offered_nothing()
    {
        Free();
        settings = null!;
        Assert.False(At(1, at => new ProfileChanged(at)).Told.SignedIn);
        Assert.Contains(new RefuseReserve(First), Offered(at: 2).last.Effects);
    }

    [Fact]
    public void What_rings_at_a_browser_that_falls_silent_goes_back_to_its_place_at_once()
    {
        Free().Offered().At(2, at => new StationSilent(at, "1001"));
        Assert.Equal(OfferEnd.Unreachable, Fact<OfferClosed>().Why);
        Assert.Equal([new TellOfferGone(First, 1)], last.Effects.OfType<TellOfferGone>());
        Assert.True(Told is { SignedIn: true, Free: false });
        Assert.Equal([new TellOfferGone(First, 1)], At(3, at => new Take(at, First, 1, Leg)).last.Effects);
    }

    [Fact]
    public void A_browser_that_is_not_heard_gets_no_offer_until_it_is_back()
    {
        Free().At(1, at => new StationSilent(at, "1001"));
        Assert.Equal([new StationFellSilent(Noon.AddSeconds(1))], last.Facts);
        Assert.True(Told is { SignedIn: true, Free: false });
        Assert.Same(Step.Ignored, At(2, at => new StationSilent(at, "1001")).last);
        Assert.Single(Offered(3).last.Effects.OfType<RefuseReserve>());
        Assert.Single(At(4, at => new ReserveDirect(at, First, Terms)).last.Effects.OfType<TellAgentRefused>());
        Assert.Equal([new StationReturned(Noon.AddSeconds(5))], At(5, at => new StationUp(at, "1001")).last.Facts);
        Assert.True(Told.Free);
    }

    [Fact]
    public void A_browser_that_is_given_up_signs_out_and_the_next_one_begins_anew()
    {
        Free().At(1, at => new StationSilent(at, "1001")).At(31, at => new StationDown(at, "1001"));
        Assert.False(Told.SignedIn);
        Assert.True(At(40, at => new StationUp(at, "1001")).Told.Free);
    }

    [Fact]
    public void Another_stations_silence_means_nothing() => Assert.Same(Step.Ignored, Free().At(1, at => new StationSilent(at, "1002")).last);

    [Fact]
    public void An_outside_number_signs_nobody_in_and_its_offers_last_until_a_key_can_be_pressed()
    {
        At(0, at => new StationUp(at, "1001", StationKind.Number));
        Assert.Equal([new StationTurned(Noon, "1001", StationKind.Number)], last.Facts);
        Assert.Equal(Presence.SignedOut, state.Presence);
        At(1, at => new ChoosePresence(at, Presence.Available, null)).Offered(2);
        Assert.Equal((StationKind.Number, Noon.AddSeconds(2 + 15 + 10 + 3)), (Fact<OfferMade>().StationIs, Fact<OfferMade>().Until));
        Assert.Equal(StationKind.Number, Assert.Single(last.Effects.OfType<OfferToCall>()).StationIs);
        At(60, at => new StationUp(at, "1001"));
        Assert.Equal(new StationTurned(Noon.AddSeconds(60), "1001", StationKind.Phone), Fact<StationTurned>());
    }

    [Fact]
    public void An_agent_who_is_signed_in_by_a_phone_stays_so_with_an_outside_number()
    {
        Free().At(1, at => new StationUp(at, "1001", StationKind.Number));
        Assert.True(Told.Free);
        Assert.Equal(["StationTurned"], last.Facts.Select(fact => fact.GetType().Name));
    }
}
