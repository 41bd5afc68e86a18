using CallCenter.Domain.Calls.Conversations;

namespace CallCenter.Domain.Tests.Calls;

/// <summary>What an agent's browser says by the API, and what becomes of a talk while it is not heard.</summary>
public class BrowserTests
{
    private static readonly LegId Caller = new("caller"), Desk = new("agent-anna-1");
    private static readonly AgentId Anna = TestCall.Anna;
    private static readonly Asker ByAnna = new(Anna, false);

    [Fact]
    public void A_browser_that_is_not_heard_leaves_the_customer_music_and_comes_back_into_the_talk()
    {
        var call = new TestCall().Talking().At(10, at => new PathLost(at, Desk));
        Assert.Equal(["StationLost", "AgentActive", "TrackStopped", "TrackStopped", "NotRecorded"], call.Facts);
        Assert.Equal(NotRecordedReason.StationLost, call.Fact<NotRecorded>().Why);
        Assert.Empty(call.Effect<SetRoom>().Members);
        Assert.Equal((Caller, "tune"), (call.Effect<PlayToLeg>().Leg, call.Effect<PlayToLeg>().Then!.Id));
        Assert.Same(Step.Ignored, call.At(11, at => new PathLost(at, Desk)).Last);
        call.At(12, at => new PathBack(at, Desk));
        Assert.Equal([new(Caller), new(Desk)], call.Effect<SetRoom>().Members);
        Assert.Equal(Activity.Talk, call.Fact<AgentActive>().Activity);
        Assert.Equal(2, call.Last.Facts.OfType<TrackStarted>().Count());
        Assert.Same(Step.Ignored, call.At(13, at => new PathBack(at, Desk)).Last);
    }

    [Fact]
    public void A_customer_on_hold_stays_there_whatever_the_browser_does()
    {
        var call = new TestCall().Talking().At(10, at => new Hold(at, ByAnna, null)).At(11, at => new PathLost(at, Desk)).At(12, at => new PathBack(at, Desk));
        Assert.True(call.State.Held);
        Assert.Empty(call.Last.Effects.OfType<SetRoom>());
    }

    [Fact]
    public void A_browser_that_does_not_come_back_ends_the_talk_as_a_lost_line_does()
    {
        var call = new TestCall().Talking().At(10, at => new PathLost(at, Desk)).At(40, at => new HungUp(at, Desk, LegEndedBy.Network, 0, 0));
        Assert.Equal(new CallEnded(TestCall.Noon.AddSeconds(40), EndedBy.Agent, EndReason.NetworkFailed, Blame.Tenant), call.Fact<CallEnded>());
    }

    [Fact]
    public void Where_the_firm_wants_it_a_customer_whose_agent_is_lost_waits_again_first()
    {
        var call = new TestCall().Talking().By(rules => rules with { WhenAgentIsLost = AgentLoss.Requeue }).At(10, at => new PathLost(at, Desk)).At(15, at => new HungUp(at, Desk, LegEndedBy.Network, 0, 0));
        Assert.Equal(new Enqueued(TestCall.Noon.AddSeconds(15), TestCall.Sales, 1), call.Fact<Enqueued>());
        Assert.Equal("agent-lost", call.Effect<PlayToLeg>().Once[0].Id);
        Assert.Equal(CallPhase.Waiting, call.State.Phase);
    }

    [Fact]
    public void An_agent_who_hangs_up_is_not_lost()
    {
        var call = new TestCall().Talking().By(rules => rules with { WhenAgentIsLost = AgentLoss.Requeue }).HungUp(15, Desk);
        Assert.Equal((EndedBy.Agent, EndReason.HangUp), (call.Fact<CallEnded>().By, call.Fact<CallEnded>().Reason));
    }

    [Fact]
    public void An_offer_is_shown_and_answered_by_order()
    {
        var call = new TestCall().Waiting().Offered().At(2, at => new ShowOffer(at, ByAnna, null, 1));
        Assert.Equal(new AlertLeg(Desk), call.Effect<AlertLeg>());
        call.At(2.1, at => new Alerting(at, Desk)).At(2.2, at => new ShowOffer(at, ByAnna, null, 1));
        Assert.Same(Step.Ignored, call.Last);
        call.At(3, at => new AnswerOffer(at, ByAnna, null, 1));
        Assert.Empty(call.Facts);
        Assert.Equal(new AnswerLeg(Desk), call.Effect<AnswerLeg>());
        call.At(3.1, at => new PickedUp(at, Desk)).At(3.2, at => new AnswerOffer(at, ByAnna, null, 1));
        Assert.Same(Step.Ignored, call.Last); // a second click
        Assert.Null(CallMachine.Check(call.State, new AnswerOffer(TestCall.Noon, ByAnna, null, 1), TestCall.Rules));
    }

    [Fact]
    public void A_rejected_offer_goes_back_to_the_queue_and_the_phone_stops()
    {
        var call = new TestCall().Waiting().Offered().At(2, at => new RejectOffer(at, ByAnna, null, 1));
        Assert.Equal(OfferEnd.Rejected, call.Fact<OfferEnded>().Why);
        Assert.Equal(Desk, call.Effect<HangUpLeg>().Leg);
        Assert.Equal(new CloseOffer(Anna, 1, OfferEnd.Rejected), call.Effect<CloseOffer>());
        Assert.NotNull(call.Effect<TakePlace>());
    }

    [Theory]
    [InlineData("anna", 2)]
    [InlineData("ben", 1)]
    public void Of_another_offer_than_the_own_open_one_nobody_can_say_anything(string agent, long epoch)
    {
        var call = new TestCall().Waiting().Offered();
        foreach (var order in new OfferCommand[] { new ShowOffer(TestCall.Noon, new(new(agent), false), null, epoch), new AnswerOffer(TestCall.Noon, new(new(agent), false), null, epoch), new RejectOffer(TestCall.Noon, new(new(agent), false), null, epoch) })
        {
            Assert.Equal(RefusalCode.Conflict, CallMachine.Check(call.State, order, TestCall.Rules)?.Code);
            Assert.Same(Step.Ignored, CallMachine.Next(call.State, order, TestCall.Rules));
        }
    }

    [Fact]
    public void Whoever_calls_out_by_a_browser_is_not_asked_to_pick_up()
    {
        var call = new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Number: "13800138000"), null))
            .At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(20), "1001", new(null, TimeSpan.FromSeconds(20), false, 0)));
        Assert.True(call.Effect<RingStation>().Expected);
        Assert.False(new TestCall().Waiting().Offered().Effect<RingStation>().Expected);
    }
}
