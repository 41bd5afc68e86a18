using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Calls;

public class TalkTests
{
    [Fact]
    public void The_agents_word_bridges_and_records_from_the_same_instant()
    {
        var call = new TestCall().Talking();
        var at = Noon.AddSeconds(5.1);
        Assert.Equal([new SetRoom(RoomId.Main, [new(Caller), new(call.AgentLeg)]), new StartTrack("r1", "caller-1", Caller, Channel.Left, at), new StartTrack("r1", "agent-anna-1-1", call.AgentLeg, Channel.Right, at), new LeavePlace(Sales)], call.Last.Effects);
        Assert.Equal(
            [new AgentJoined(at, Anna, 1, call.AgentLeg), new RecordingStarted(at, "r1", Caller, call.AgentLeg), new TrackStarted(at, "r1", "caller-1", Caller, Channel.Left), new TrackStarted(at, "r1", "agent-anna-1-1", call.AgentLeg, Channel.Right)],
            call.Last.Facts);
        Assert.True(call.Last.Awaits);
    }

    [Fact]
    public void Without_recording_the_reason_is_stated()
    {
        var call = new TestCall().Waiting().At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(15), "1001", Terms with { Recording = false }));
        call.At(2, at => new PickedUp(at, call.AgentLeg)).At(3, at => new OfferConfirmed(at, Anna, 1, call.AgentLeg));
        Assert.Equal(NotRecordedReason.QueueSetting, call.Fact<NotRecorded>().Why);
        Assert.DoesNotContain("StartTrack", call.Effects);
    }

    [Fact]
    public void A_word_said_twice_joins_once() => Assert.Same(Step.Ignored, new TestCall().Talking().At(6, at => new OfferConfirmed(at, Anna, 1, new("agent-anna-1"))).Last);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_word_with_another_epoch_joins_nobody(long epoch)
    {
        var call = new TestCall().PickedUp();
        call.At(6, at => new OfferConfirmed(at, Anna, epoch, call.AgentLeg));
        Assert.Equal(["HangUpLeg", "ReleaseAgent"], call.Effects);
        Assert.Empty(call.Facts);
    }

    [Fact]
    public void A_word_after_the_offer_is_gone_frees_the_agent()
    {
        var call = new TestCall().PickedUp().At(21, at => new CallTimeUp(at));
        Assert.Equal([new HangUpLeg(call.AgentLeg), new ReleaseAgent(Anna, 1, Noon.AddSeconds(22))], call.At(22, at => new OfferConfirmed(at, Anna, 1, call.AgentLeg)).Last.Effects);
    }

    [Fact]
    public void Leases_are_renewed_every_ten_seconds_and_by_signs_of_life()
    {
        var call = new TestCall().Talking();
        Assert.Equal(Noon.AddSeconds(15.1), call.Deadline);
        Assert.Equal([new RenewLease(Anna, 1)], call.At(15.1, at => new CallTimeUp(at)).Last.Effects);
        Assert.Same(Step.Ignored, call.At(17, at => new StillThere(at, Caller)).Last);
        Assert.Equal([new RenewLease(Anna, 1)], call.At(21, at => new StillThere(at, Caller)).Last.Effects);
    }

    [Fact]
    public void After_a_crash_the_lease_is_renewed_at_once() => Assert.Equal(["RenewLease"], new TestCall().Talking().Crashed(8).At(8, at => new CallTimeUp(at)).Effects);

    [Fact]
    public void A_caller_who_hangs_up_stops_the_agents_phone_first()
    {
        var call = new TestCall().Talking().HungUp(60, Caller);
        Assert.Equal([new HangUpLeg(call.AgentLeg), new StopTrack("r1", "caller-1", Noon.AddSeconds(60)), new StopTrack("r1", "agent-anna-1-1", Noon.AddSeconds(60)), new ReleaseAgent(Anna, 1, Noon.AddSeconds(60))], call.Last.Effects);
        Assert.Equal(["LegEnded", "AgentLeft", "TrackStopped", "TrackStopped", "RecordingStopped", "CallEnded"], call.Facts);
    }

    [Theory]
    [InlineData(LegEndedBy.FarEnd, EndedBy.Caller, EndReason.HangUp, Blame.Nobody)]
    [InlineData(LegEndedBy.Network, EndedBy.Trunk, EndReason.NetworkFailed, Blame.Carrier)]
    [InlineData(LegEndedBy.Edge, EndedBy.Platform, EndReason.EdgeLost, Blame.Platform)]
    public void The_callers_leg_tells_who_ended_it(LegEndedBy leg, EndedBy by, EndReason reason, Blame blame) =>
        Assert.Equal(new CallEnded(Noon.AddSeconds(60), by, reason, blame), new TestCall().Talking().HungUp(60, Caller, leg).Fact<CallEnded>());

    [Theory]
    [InlineData(LegEndedBy.FarEnd, EndedBy.Agent, EndReason.HangUp, Blame.Nobody)]
    [InlineData(LegEndedBy.Network, EndedBy.Agent, EndReason.NetworkFailed, Blame.Tenant)]
    public void The_agents_leg_tells_who_ended_it(LegEndedBy leg, EndedBy by, EndReason reason, Blame blame)
    {
        var call = new TestCall().Talking();
        Assert.Equal(new CallEnded(Noon.AddSeconds(60), by, reason, blame), call.HungUp(60, call.AgentLeg, leg).Fact<CallEnded>());
        Assert.Equal(new HangUpLeg(Caller), call.Last.Effects[0]);
    }

    [Fact]
    public void A_caller_whose_agents_edge_is_lost_hears_so_and_waits_again_first()
    {
        var call = new TestCall().Talking();
        call.HungUp(60, call.AgentLeg, LegEndedBy.Edge);
        Assert.Equal((Sales, 1), (call.Fact<Enqueued>().Queue, call.Fact<Enqueued>().Priority));
        Assert.Equal("agent-lost", call.Last.Effects.OfType<PlayToLeg>().Single().Once[0].Id);
        Assert.Contains("ReleaseAgent", call.Effects);
    }

    [Fact]
    public void Refused_media_is_told_apart() => Assert.Equal(EndReason.MediaRefused, new TestCall().Arrived().HungUp(0.1, Caller, LegEndedBy.Us, 488).Fact<CallEnded>().Reason);

    [Fact]
    public void A_caller_who_hangs_up_while_it_rings_withdraws_the_offer()
    {
        var call = new TestCall().Ringing().HungUp(3, Caller);
        Assert.Equal([new HangUpLeg(call.AgentLeg), new CloseOffer(Anna, 1, OfferEnd.Withdrawn), new LeavePlace(Sales)], call.Last.Effects);
        Assert.Equal(QueueLeaving.CallerLeft, call.Fact<QueueLeft>().Why);
    }

    [Fact]
    public void A_call_is_over_when_every_leg_has_ended_and_every_track_is_kept()
    {
        var call = new TestCall().Talking().HungUp(60, Caller).HungUp(60.1, new("agent-anna-1"), LegEndedBy.Us).At(60.2, at => new TrackKept(at, "r1", "caller-1", 11, 0, "ab"));
        Assert.Equal(new TrackSealed(Noon.AddSeconds(60.2), "r1", "caller-1", 11, 0, "ab"), call.Fact<TrackSealed>());
        Assert.Same(Step.Ignored, call.At(60.3, at => new TrackKept(at, "r1", "caller-1", 11, 0, "cd")).Last);
        Assert.False(call.State.IsOver);
        Assert.True(call.At(60.4, at => new TrackKept(at, "r1", "agent-anna-1-1", 11, 0, "ef")).State.IsOver);
        Assert.Same(Step.Ignored, call.HungUp(60.5, call.AgentLeg, LegEndedBy.Us).Last);
    }

    [Fact]
    public void What_the_edge_measured_stands_in_the_facts_of_leg_and_track()
    {
        var quality = new LegQuality(4.1, 3.2, 1.5, 12, 40, null, new(10, [4.1], [1.5], [12], [40]));
        var call = new TestCall().Talking().At(60, at => new HungUp(at, Caller, LegEndedBy.FarEnd, 0, 16, quality));
        Assert.Equal(quality, call.Fact<LegEnded>().Quality);
        var speech = new TrackSpeech(10_000, 4_000, 300, 200);
        Assert.Equal(speech, call.At(60.2, at => new TrackKept(at, "r1", "caller-1", 11, 0, "ab", speech)).Fact<TrackSealed>().Speech);
    }

    [Fact]
    public void A_leg_that_begins_to_sound_badly_is_a_fact_and_nothing_more()
    {
        var call = new TestCall().Talking();
        var before = call.State;
        call.At(30, at => new SoundTurned(at, Caller, true, 2.4, 15, 40, 180));
        Assert.Equal((new QualityTurned(Noon.AddSeconds(30), Caller, true, 2.4, 15, 40, 180), 0, false), (call.Fact<QualityTurned>(), call.Last.Effects.Count, call.Last.Awaits));
        Assert.Equal((before.Phase, before.Parties), (call.State.Phase, call.State.Parties));
        Assert.Same(Step.Ignored, call.At(31, at => new SoundTurned(at, new("nobody"), true, 2.4, 15, 40, null)).Last);
        Assert.Same(Step.Ignored, call.HungUp(60, Caller).At(61, at => new SoundTurned(at, Caller, false, 4, 0, 1, null)).Last);
    }

    [Fact]
    public void A_call_whose_edge_is_gone_waits_for_no_seal()
    {
        var call = new TestCall().Talking().HungUp(60, Caller).HungUp(60.1, new("agent-anna-1"), LegEndedBy.Us).At(70, at => new EdgeLost(at, new("edge-0"), 2));
        Assert.Equal(["SealsGivenUp"], call.Facts);
        Assert.True(call.State.IsOver);
    }

    [Fact]
    public void A_seal_that_comes_after_it_was_given_up_counts_once()
    {
        var call = new TestCall().Talking().HungUp(60, Caller).HungUp(60.1, new("agent-anna-1"), LegEndedBy.Us).At(70, at => new EdgeLost(at, new("edge-0"), 2));
        Assert.Equal("ab", call.At(71, at => new TrackKept(at, "r1", "caller-1", 11, 0, "ab")).Fact<TrackSealed>().Seal);
        Assert.True(call.State.IsOver);
        Assert.Same(Step.Ignored, call.At(72, at => new TrackKept(at, "r1", "caller-1", 11, 0, "cd")).Last);
        Assert.Same(Step.Ignored, call.At(73, at => new TrackKept(at, "r1", "nobody-1", 11, 0, "ef")).Last);
    }

    [Fact]
    public void A_lost_edge_ends_every_leg_and_frees_the_agent()
    {
        var call = new TestCall().Talking().At(60, at => new EdgeLost(at, new("edge-0"), 2));
        Assert.Equal(new CallEnded(Noon.AddSeconds(60), EndedBy.Platform, EndReason.EdgeLost, Blame.Platform), call.Fact<CallEnded>());
        Assert.Equal(["StopTrack", "StopTrack", "ReleaseAgent"], call.Effects);
        Assert.True(call.State.IsOver);
    }

    [Fact]
    public void An_old_word_about_an_edge_ends_nothing() => Assert.Same(Step.Ignored, new TestCall().Talking().At(60, at => new EdgeLost(at, new("edge-0"), 1)).Last);

    [Fact]
    public void A_caller_whose_agents_lease_lapsed_waits_again_and_first()
    {
        var call = new TestCall().Talking().At(60, at => new OfferGone(at, Anna, 1));
        Assert.Equal(1, call.Fact<Enqueued>().Priority);
        Assert.Equal(["HangUpLeg", "StopTrack", "StopTrack", "SetRoom", "TakePlace", "PlayToLeg"], call.Effects);
    }

    [Fact]
    public void No_leg_outlives_its_call() => Assert.Equal([new HangUpLeg(new("agent-anna-1"))], new TestCall().Talking().HungUp(60, Caller).At(62, at => new StillThere(at, new("agent-anna-1"))).Last.Effects);

    [Fact]
    public void Facts_never_go_backwards() => Assert.Equal(Noon.AddSeconds(5.1), new TestCall().Talking().HungUp(4, Caller).Fact<CallEnded>().At);
}
