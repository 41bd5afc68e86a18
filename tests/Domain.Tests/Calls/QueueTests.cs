using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Calls;

public class QueueTests
{
    private static readonly Place Kept = new(Sales, Noon, 5);

    [Fact]
    public void An_offer_rings_the_station_and_holds_the_place()
    {
        var call = new TestCall().Waiting().Offered();
        var until = Noon.AddSeconds(16);
        Assert.Equal([new RingStation(call.AgentLeg, "1001", until), new HoldPlace(Kept, until.AddSeconds(3))], call.Last.Effects);
        Assert.Equal(7, call.Fact<OfferStarted>().QueueVersion);
    }

    [Fact]
    public void An_offer_said_twice_rings_once() => Assert.Same(Step.Ignored, new TestCall().Waiting().Offered().Offered(at: 1.2).Last);

    [Fact]
    public void A_second_agent_is_sent_back_while_one_is_being_called() =>
        Assert.Equal([new CloseOffer(new("ben"), 4, OfferEnd.Withdrawn)], new TestCall().Ringing().At(2, at => new Offered(at, new("ben"), 4, TimeSpan.FromSeconds(15), "1002", Terms)).Last.Effects);

    [Fact]
    public void An_offer_with_an_old_epoch_is_sent_back()
    {
        var call = new TestCall().Waiting().Offered(epoch: 1).At(2, at => new OfferGone(at, Anna, 1));
        Assert.Equal([new CloseOffer(Anna, 1, OfferEnd.Withdrawn)], call.Offered(at: 3, epoch: 1).Last.Effects);
    }

    [Fact]
    public void The_station_rings_is_noted_once()
    {
        var call = new TestCall().Ringing();
        Assert.Equal(["OfferAlerting"], call.Facts);
        Assert.Same(Step.Ignored, call.At(2, at => new Alerting(at, call.AgentLeg)).Last);
    }

    [Fact]
    public void A_station_that_answers_asks_the_agent_for_its_word()
    {
        var call = new TestCall().PickedUp();
        Assert.Equal(["OfferAnswered", "LegAnswered"], call.Facts);
        Assert.Equal([new TakeOffer(Anna, 1, call.AgentLeg)], call.Last.Effects);
    }

    [Fact]
    public void A_station_that_answers_too_late_is_hung_up()
    {
        var call = new TestCall().Ringing().At(16, at => new CallTimeUp(at));
        Assert.Equal([new HangUpLeg(call.AgentLeg)], call.At(16.2, at => new PickedUp(at, call.AgentLeg)).Last.Effects);
    }

    [Theory]
    [InlineData(LegFailure.Rejected, OfferEnd.Rejected)]
    [InlineData(LegFailure.Busy, OfferEnd.Busy)]
    [InlineData(LegFailure.NoAnswer, OfferEnd.NoAnswer)]
    [InlineData(LegFailure.Unreachable, OfferEnd.Unreachable)]
    [InlineData(LegFailure.PlatformFault, OfferEnd.PlatformFault)]
    public void A_station_that_does_not_answer_puts_the_caller_back_in_the_same_place(LegFailure why, OfferEnd cause)
    {
        var call = new TestCall().Ringing().At(4, at => new NotPickedUp(at, new("agent-anna-1"), why, 480));
        Assert.Equal([new CloseOffer(Anna, 1, cause), new TakePlace(Kept)], call.Last.Effects);
        Assert.Equal(cause, call.Fact<OfferEnded>().Why);
    }

    [Fact]
    public void Nobody_answers_until_the_end_of_the_ring_time()
    {
        var call = new TestCall().Ringing();
        Assert.Equal(Noon.AddSeconds(16), call.Deadline);
        call.At(16, at => new CallTimeUp(at));
        Assert.Equal([new HangUpLeg(call.AgentLeg), new CloseOffer(Anna, 1, OfferEnd.NoAnswer), new TakePlace(Kept)], call.Last.Effects);
    }

    [Fact]
    public void The_agents_word_is_awaited_five_seconds_longer()
    {
        var call = new TestCall().PickedUp();
        Assert.Equal(Noon.AddSeconds(21), call.Deadline);
        Assert.Equal(OfferEnd.Expired, call.At(21, at => new CallTimeUp(at)).Fact<OfferEnded>().Why);
        Assert.Equal(["HangUpLeg", "CloseOffer", "TakePlace"], call.Effects);
    }

    [Fact]
    public void An_agent_whose_lease_ran_out_is_hung_up()
    {
        var call = new TestCall().PickedUp().At(6, at => new OfferGone(at, Anna, 1));
        Assert.Equal(OfferEnd.Expired, call.Fact<OfferEnded>().Why);
        Assert.Contains("HangUpLeg", call.Effects);
    }

    [Fact]
    public void A_sign_of_life_says_the_place_anew()
    {
        Assert.Equal([new TakePlace(Kept)], new TestCall().Waiting().At(2, at => new StillThere(at, Caller)).Last.Effects);
        Assert.Equal(["HoldPlace"], new TestCall().Ringing().At(2, at => new StillThere(at, Caller)).Effects);
    }

    [Fact]
    public void The_place_is_asked_for_and_told()
    {
        var call = new TestCall(announceEvery: 30).Waiting();
        Assert.Equal(Noon.AddSeconds(30), call.Deadline);
        Assert.Equal([new AskPlace(Sales)], call.At(30, at => new CallTimeUp(at)).Last.Effects);
        call.At(30.1, at => new PlaceIs(at, 3));
        Assert.Equal(["place-before", "number-3", "place-after"], call.Effect<PlayToLeg>().Once.Select(p => p.Id));
        Assert.Equal("tune", call.Effect<PlayToLeg>().Then?.Id);
        Assert.Equal(3, call.Fact<PlaceTold>().Position);
        Assert.Equal(Noon.AddSeconds(60.1), call.Deadline);
    }

    [Fact]
    public void A_place_beyond_twenty_is_many() => Assert.Equal(["place-many"], new TestCall(announceEvery: 30).Waiting().At(30, at => new PlaceIs(at, 21)).Effect<PlayToLeg>().Once.Select(p => p.Id));

    [Fact]
    public void A_queue_that_tells_no_place_waits_for_nothing() => Assert.Null(new TestCall().Waiting().Deadline);

    [Fact]
    public void A_long_agent_id_still_makes_a_leg_id()
    {
        var call = new TestCall().Waiting().At(1, at => new Offered(at, new(new string('a', 64)), long.MaxValue, TimeSpan.FromSeconds(15), "1001", Terms));
        Assert.True(LegId.TryParse(call.Fact<OfferStarted>().Leg.Value, null, out _));
    }

    [Fact]
    public void A_clock_that_went_back_does_not_lengthen_an_offer()
    {
        var call = new TestCall().Ringing().Crashed(-3600);
        Assert.Equal(Noon.AddSeconds(-3600 + 15), call.Deadline);
    }

    [Fact]
    public void Routing_that_was_started_anew_hears_of_the_place() =>
        Assert.Equal([new TakePlace(Kept)], new TestCall().Waiting().At(3, at => new PlaceWanted(at)).Last.Effects);

    [Fact]
    public void Routing_that_was_started_anew_hears_that_an_offer_is_open() =>
        Assert.Equal(["HoldPlace"], new TestCall().Ringing().At(3, at => new PlaceWanted(at)).Effects);

    [Fact]
    public void Routing_that_was_started_anew_hears_who_does_not_wait()
    {
        Assert.Equal(["LeavePlace"], new TestCall().PlaceWanted().Effects);
        Assert.Equal(["LeavePlace"], new TestCall(TestCall.Menu).InMenu().PlaceWanted().Effects);
        Assert.Equal(["LeavePlace"], new TestCall().Talking().PlaceWanted().Effects);
        Assert.Equal(["LeavePlace"], new TestCall().Waiting().HungUp(5, Caller).PlaceWanted().Effects);
    }
}
