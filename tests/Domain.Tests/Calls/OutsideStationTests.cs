namespace CallCenter.Domain.Tests.Calls;

/// <summary>An agent whose station is an outside number: it is cleared, called over a trunk, and taken by a key; and every ending that this can have.</summary>
public class OutsideStationTests
{
    private static readonly LegId Phone = new("agent-anna-1");
    private static readonly AgentId Anna = TestCall.Anna;
    private static readonly AskToDial Asked = new(Phone, "dial-agent-anna-1", "86-4008001001", Anna, TestCall.Sales, "1001");

    private static TestCall Offered() => new TestCall().Waiting().At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(15), "1001", TestCall.Terms, "8001", StationKind.Number));

    private static TestCall Ringing() => Offered().At(1.1, at => new DialCleared(at, Phone, "trunk", "01012345678", "13900139000")).At(2, at => new Alerting(at, Phone));

    private static TestCall Prompted() => Ringing().At(8, at => new PickedUp(at, Phone));

    private static TestCall Talking() => Prompted().At(11, at => new DigitPressed(at, Phone, '1')).At(11.1, at => new OfferConfirmed(at, Anna, 1, Phone));

    [Fact]
    public void The_number_is_cleared_before_it_is_called_and_no_fact_tells_it()
    {
        var call = Offered();
        Assert.Equal((StationKind.Number, "1001"), (call.Fact<OfferStarted>().StationIs, call.Fact<OfferStarted>().Station));
        Assert.Equal(Asked, call.Effect<AskToDial>());
        Assert.Empty(call.Last.Effects.OfType<RingStation>());
        call.At(1.1, at => new DialCleared(at, Phone, "trunk", "01012345678", "13900139000"));
        Assert.Equal(new OfferDialled(TestCall.Noon.AddSeconds(1.1), Anna, 1, Phone, "trunk", "01012345678"), call.Fact<OfferDialled>());
        Assert.Equal(new RingNumber(Phone, "dial-agent-anna-1", "trunk", "01012345678", TestCall.Noon.AddSeconds(16)), call.Effect<RingNumber>());
        Assert.DoesNotContain("139", string.Concat(call.Last.Facts.AsEnumerable()), StringComparison.Ordinal);
        Assert.Same(Step.Ignored, call.At(1.2, at => new DialCleared(at, Phone, "trunk", "01012345678", "13900139000")).Last);
    }

    [Fact]
    public void Whoever_picks_up_is_asked_for_a_key_and_only_the_one_takes_the_call()
    {
        var call = Prompted();
        Assert.Equal(["LegAnswered", "OfferPrompted"], call.Facts);
        var play = call.Effect<PlayToLeg>();
        Assert.Equal((Phone, "take-call", true, null), (play.Leg, play.Once[0].Id, play.Interruptible, play.Then));
        Assert.Empty(call.Last.Effects.OfType<TakeOffer>());
        Assert.Equal(TestCall.Noon.AddSeconds(18 + 3), call.Effect<HoldPlace>().Until); // the key may come until 18 s
        Assert.Same(Step.Ignored, call.At(8.1, at => new PickedUp(at, Phone)).Last);
        call.At(11, at => new DigitPressed(at, Phone, '1'));
        Assert.Equal(["OfferAnswered"], call.Facts);
        Assert.Equal(new TakeOffer(Anna, 1, Phone), call.Effect<TakeOffer>());
        Assert.Same(Step.Ignored, call.At(11.1, at => new DigitPressed(at, Phone, '5')).Last); // too late for another
        call.At(11.2, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.Equal(Phone, call.Fact<AgentJoined>().Leg);
        Assert.Equal([new RoomMember(new("caller")), new RoomMember(Phone)], call.Effect<SetRoom>().Members);
        Assert.Equal(LegRole.Agent, call.State.Leg(Phone)!.Role);
    }

    [Fact]
    public void Without_a_key_the_offer_was_not_answered_and_its_channel_is_given_back()
    {
        var call = Prompted();
        Assert.Equal(TestCall.Noon.AddSeconds(18), call.State.Offers[0].Due);
        call.At(18, at => new CallTimeUp(at));
        Assert.Equal(OfferEnd.NoAnswer, call.Fact<OfferEnded>().Why);
        Assert.Equal((new HangUpLeg(Phone), new CloseOffer(Anna, 1, OfferEnd.NoAnswer)), (call.Effect<HangUpLeg>(), call.Effect<CloseOffer>()));
        Assert.NotNull(call.Effect<TakePlace>());
        Assert.Same(Step.Ignored, call.At(18.1, at => new DigitPressed(at, Phone, '1')).Last);
        call.At(18.5, at => new HungUp(at, Phone, LegEndedBy.Us, 0, 0));
        Assert.Equal(new GiveBackChannel(Phone, TimeSpan.FromSeconds(10.5)), call.Effect<GiveBackChannel>());
    }

    [Theory]
    [InlineData('2')]
    [InlineData('*')]
    public void Another_key_is_a_refusal(char key)
    {
        var call = Prompted().At(11, at => new DigitPressed(at, Phone, key));
        Assert.Equal(OfferEnd.Rejected, call.Fact<OfferEnded>().Why);
        Assert.Equal(Phone, call.Effect<HangUpLeg>().Leg);
    }

    [Fact]
    public void Who_hangs_up_instead_of_a_key_has_refused()
    {
        var call = Prompted().HungUp(10, Phone);
        Assert.Equal(OfferEnd.Rejected, call.Fact<OfferEnded>().Why);
        Assert.Equal(TimeSpan.FromSeconds(2), call.Effect<GiveBackChannel>().Talked);
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
    }

    [Theory]
    [InlineData(LegFailure.Busy, OfferEnd.Busy)]
    [InlineData(LegFailure.Rejected, OfferEnd.Rejected)]
    [InlineData(LegFailure.NoAnswer, OfferEnd.NoAnswer)]
    [InlineData(LegFailure.Unreachable, OfferEnd.Unreachable)]
    public void A_number_that_does_not_answer_ends_the_offer_by_its_cause(LegFailure failure, OfferEnd why)
    {
        var call = Ringing().At(9, at => new NotPickedUp(at, Phone, failure, 486));
        Assert.Equal(why, call.Fact<OfferEnded>().Why);
        Assert.Equal(new GiveBackChannel(Phone, TimeSpan.Zero), call.Effect<GiveBackChannel>());
    }

    [Fact]
    public void A_number_that_may_not_be_called_ends_the_offer_with_the_reason_and_no_edge_hears_of_it()
    {
        var call = Offered().At(1.1, at => new DialRefused(at, Phone, DialRefusal.SpendLimit));
        Assert.Equal((OfferEnd.Unreachable, DialRefusal.SpendLimit), (call.Fact<OfferEnded>().Why, call.Fact<OfferEnded>().Refused));
        Assert.Equal(LegEndedBy.Us, call.Fact<LegEnded>().By);
        Assert.Equal(new CloseOffer(Anna, 1, OfferEnd.Unreachable), call.Effect<CloseOffer>());
        Assert.Empty(call.Last.Effects.OfType<EdgeCommand>());
        Assert.Same(Step.Ignored, Ringing().At(3, at => new DialRefused(at, Phone, DialRefusal.SpendLimit)).Last); // it rings already
    }

    [Fact]
    public void Without_a_word_from_the_tenant_it_is_asked_again_each_second_until_the_offers_end()
    {
        var call = Offered();
        for (var second = 2; second < 16; second++)
        {
            Assert.Equal(TestCall.Noon.AddSeconds(second), call.State.Offers[0].Due);
            Assert.Equal(Asked, call.At(second, at => new CallTimeUp(at)).Effect<AskToDial>());
        }
        call.At(16, at => new CallTimeUp(at));
        Assert.Equal(OfferEnd.Unreachable, call.Fact<OfferEnded>().Why);
        call.At(16.5, at => new DialCleared(at, Phone, "trunk", "01012345678"));
        Assert.Equal(new GiveBackChannel(Phone, TimeSpan.Zero), call.Effect<GiveBackChannel>()); // cleared too late
    }

    [Fact]
    public void After_a_crash_it_is_asked_anew_and_what_rings_rings_on()
    {
        Assert.Equal(Asked, Offered().Crashed(3).At(3, at => new CallTimeUp(at)).Effect<AskToDial>());
        var call = Ringing().Crashed(5).At(5, at => new CallTimeUp(at));
        Assert.Equal(Asked, call.Effect<AskToDial>()); // its channel is renewed
        Assert.Equal("OfferPrompted", call.At(7, at => new PickedUp(at, Phone)).Facts.Last());
        Assert.Equal(OfferEnd.NoAnswer, call.Crashed(9).At(17, at => new CallTimeUp(at)).Fact<OfferEnded>().Why);
    }

    [Fact]
    public void An_edge_that_rings_what_the_call_has_forgotten_is_heard_all_the_same()
    {
        var call = Offered().At(7, at => new PickedUp(at, Phone)); // that it was ordered to ring was lost in a crash
        Assert.Equal("OfferPrompted", call.Facts.Last());
        Assert.Equal(Phone, call.At(9, at => new DigitPressed(at, Phone, '1')).Effect<TakeOffer>().Leg);
    }

    [Fact]
    public void A_caller_who_goes_takes_the_offer_along_wherever_it_stands()
    {
        var asked = Offered().HungUp(3, TestCall.Caller);
        Assert.Equal(OfferEnd.Withdrawn, asked.Fact<OfferEnded>().Why);
        Assert.Empty(asked.Last.Effects.OfType<HangUpLeg>()); // there is nothing to hang up
        Assert.Equal(Phone, asked.Effect<GiveBackChannel>().Leg); // a clearance may be on its way
        Assert.True(asked.State.IsOver);
        foreach (var call in new[] { Ringing(), Prompted() })
        {
            call.HungUp(9, TestCall.Caller);
            Assert.Equal(OfferEnd.Withdrawn, call.Fact<OfferEnded>().Why);
            Assert.Equal(Phone, call.Effect<HangUpLeg>().Leg);
            Assert.Equal(Phone, call.HungUp(9.1, Phone, LegEndedBy.Us).Effect<GiveBackChannel>().Leg);
            Assert.True(call.State.IsOver);
        }
    }

    [Fact]
    public void A_lost_edge_gives_its_channel_back_too()
    {
        var call = Talking().At(20, at => new EdgeLost(at, new("edge-0"), 2));
        Assert.Equal(Phone, call.Effect<GiveBackChannel>().Leg);
    }

    [Fact]
    public void Its_channel_is_renewed_while_it_rings_and_while_they_talk()
    {
        Assert.Equal(Asked, Ringing().At(11.5, at => new CallTimeUp(at)).Effect<AskToDial>());
        var call = Talking();
        Assert.Equal(Asked, call.At(22, at => new CallTimeUp(at)).Effect<AskToDial>());
        Assert.Same(Step.Ignored, call.At(22.1, at => new DialCleared(at, Phone, "trunk", "01012345678", "13900139000")).Last);
    }

    [Fact]
    public void Its_hanging_up_ends_the_agents_part()
    {
        var call = Talking().HungUp(30, Phone);
        Assert.Equal((EndedBy.Agent, Anna), (call.Fact<CallEnded>().By, call.Fact<AgentLeft>().Agent));
        Assert.Equal(TimeSpan.FromSeconds(22), call.Effect<GiveBackChannel>().Talked); // from the pick-up on
    }

    [Fact]
    public void The_page_neither_answers_nor_shows_it_to_an_edge_but_rejects_it()
    {
        var by = new Asker(Anna, false);
        Assert.Same(Step.Ignored, Offered().At(2, at => new ShowOffer(at, by, null, 1)).Last);
        Assert.Same(Step.Ignored, Prompted().At(9, at => new AnswerOffer(at, by, null, 1)).Last);
        Assert.Equal(OfferEnd.Rejected, Ringing().At(3, at => new RejectOffer(at, by, null, 1)).Fact<OfferEnded>().Why);
    }

    [Fact]
    public void An_agent_who_calls_out_is_rung_and_takes_its_own_call_by_the_key_too()
    {
        var terms = new OfferTerms(null, TimeSpan.FromSeconds(20), false, 0);
        var call = new TestCall().At(0, at => new DialOut(at, new(Anna, false), null, new(Number: "13800138000"), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(20), "1001", terms, null, StationKind.Number));
        Assert.Equal(new AskToDial(Phone, "dial-agent-anna-1", null, Anna, null, "1001"), call.Effect<AskToDial>());
        call.At(1.1, at => new DialCleared(at, Phone, "trunk", "01012345678")).At(5, at => new PickedUp(at, Phone)).At(6, at => new DigitPressed(at, Phone, '1')).At(6.1, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.Equal(LegId.Called, call.Effect<AskToDial>().Leg); // now the called party
        var vain = new TestCall().At(0, at => new DialOut(at, new(Anna, false), null, new(Number: "13800138000"), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(20), "1001", terms, null, StationKind.Number)).At(1.1, at => new DialRefused(at, Phone, DialRefusal.NoTrunk));
        Assert.Equal(CallPhase.Ended, vain.State.Phase);
        Assert.True(vain.State.IsOver);
    }
}
