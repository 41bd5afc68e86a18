using System.Globalization;

namespace CallCenter.Domain.Calls;

/// <summary>Talk, and every way to the end.</summary>
public static partial class CallMachine
{
    private static void Confirm(CallTurn turn, OfferConfirmed e)
    {
        var call = turn.Call;
        if (call.Talker(e.Agent, e.Epoch) is not null) return; // said twice
        if (call.Phase != CallPhase.Waiting || call.Offer(e.Agent, e.Epoch) is not { Answered: true } offer || offer.Leg != e.Leg)
        {
            if (call.Phase == CallPhase.Empty) return;
            turn.Do(new HangUpLeg(e.Leg)); // the agent believes to talk: nobody is there
            turn.Do(new ReleaseAgent(e.Agent, e.Epoch, turn.At));
            return;
        }
        turn.Fact(new AgentJoined(turn.At, e.Agent, e.Epoch, e.Leg));
        turn.Do(new BridgeLegs(RoomId.Main, [call.Caller, e.Leg]));
        Record(turn, offer);
        turn.Do(new LeavePlace(call.Place!.Queue));
        turn.Await();
    }

    private static void Record(CallTurn turn, Offer offer)
    {
        if (!offer.Recording)
        {
            turn.Fact(new NotRecorded(turn.At, NotRecordedReason.QueueSetting));
            return;
        }
        var name = string.Create(CultureInfo.InvariantCulture, $"r{turn.Call.Recordings + 1}");
        turn.Fact(new RecordingStarted(turn.At, name, turn.Call.Caller, offer.Leg));
        turn.Do(new StartRecording(name, turn.Call.Caller, offer.Leg, turn.At));
    }

    private static DateTimeOffset RenewalDue(CallState call)
    {
        var oldest = DateTimeOffset.MaxValue - CallLimits.LeaseRenewal;
        foreach (var talker in call.Talkers) if (talker.RenewedAt < oldest) oldest = talker.RenewedAt;
        return oldest + CallLimits.LeaseRenewal;
    }

    private static void RenewLeases(CallTurn turn)
    {
        foreach (var talker in turn.Call.Talkers) turn.Do(new RenewLease(talker.Agent, talker.Epoch));
        turn.Mark(new LeasesRenewed(turn.Now));
    }

    /// <summary>The agent's lease ran out in mid-talk: the agent may be elsewhere soon, so the caller goes back to the queue, first.</summary>
    private static void LoseTalker(CallTurn turn, Talker talker)
    {
        turn.Do(new HangUpLeg(talker.Leg));
        StopRecording(turn);
        turn.Fact(new AgentLeft(turn.At, talker.Agent, talker.Leg));
        if (!turn.Call.Talkers.IsEmpty) return;
        turn.Fact(new NotRecorded(turn.At, NotRecordedReason.NotInConversation));
        Enqueue(turn, turn.Call.Place!.Queue, priority: 1);
    }

    private static void StopRecording(CallTurn turn)
    {
        if (turn.Call.Recording is not { } recording) return;
        turn.Do(new StopRecording(recording, turn.At));
        turn.Fact(new RecordingStopped(turn.At, recording));
    }

    private static void LegOver(CallTurn turn, HungUp e)
    {
        var call = turn.Call;
        if (call.Leg(e.Leg) is not { Lives: true }) return; // unknown, or said twice
        turn.Fact(new LegEnded(turn.At, e.Leg, e.By, e.SipStatus, e.Q850));
        if (call.Phase == CallPhase.Ended) return;
        if (e.Leg == call.Caller) CallerGone(turn, e);
        else if (call.TalkerAt(e.Leg) is not null) AgentGone(turn, e.By);
        else if (call.OfferAt(e.Leg) is { } offer) EndOffer(turn, offer, CauseOf(e.By));
    }

    private static OfferEnd CauseOf(LegEndedBy by) => by switch
    {
        LegEndedBy.FarEnd => OfferEnd.Rejected,
        LegEndedBy.Us => OfferEnd.Withdrawn,
        _ => OfferEnd.Unreachable,
    };

    /// <summary>Not acceptable here: the offer of media was refused (RFC 3261 §21.4.26).</summary>
    private const int MediaStatus = 488;

    private static void CallerGone(CallTurn turn, HungUp e)
    {
        switch (e.By)
        {
            case LegEndedBy.FarEnd: End(turn, EndedBy.Caller, EndReason.HangUp, Blame.Nobody); break;
            case LegEndedBy.Network: End(turn, EndedBy.Trunk, EndReason.NetworkFailed, Blame.Carrier); break;
            case LegEndedBy.Edge: End(turn, EndedBy.Platform, EndReason.EdgeLost, Blame.Platform); break;
            default:
                if (e.SipStatus == MediaStatus) End(turn, EndedBy.Platform, EndReason.MediaRefused, Blame.Carrier);
                else End(turn, EndedBy.Platform, EndReason.HangUp, Blame.Platform);
                break;
        }
    }

    private static void AgentGone(CallTurn turn, LegEndedBy by)
    {
        switch (by)
        {
            case LegEndedBy.FarEnd: End(turn, EndedBy.Agent, EndReason.HangUp, Blame.Nobody); break;
            case LegEndedBy.Network: End(turn, EndedBy.Agent, EndReason.NetworkFailed, Blame.Tenant); break; // the agent's line is the tenant's
            case LegEndedBy.Edge: End(turn, EndedBy.Platform, EndReason.EdgeLost, Blame.Platform); break;
            default: End(turn, EndedBy.Platform, EndReason.HangUp, Blame.Platform); break;
        }
    }

    private static void LoseEdge(CallTurn turn, EdgeLost e)
    {
        var call = turn.Call;
        if (call.Phase == CallPhase.Empty || e.Edge != call.Edge || e.NewEpoch <= call.EdgeEpoch) return;
        foreach (var leg in call.Legs)
            if (leg.Lives) turn.Fact(new LegEnded(turn.At, leg.Id, LegEndedBy.Edge, 0, 0));
        if (call.Phase != CallPhase.Ended) End(turn, EndedBy.Platform, EndReason.EdgeLost, Blame.Platform);
    }

    /// <summary>The end. Phones stop first; then recordings; then agents, routing and tenant hear of it.</summary>
    private static void End(CallTurn turn, EndedBy by, EndReason reason, Blame blame)
    {
        var call = turn.Call;
        foreach (var leg in call.Legs) if (leg.Lives) turn.Do(new HangUpLeg(leg.Id));
        StopRecording(turn);
        foreach (var offer in call.Offers)
        {
            turn.Fact(new OfferEnded(turn.At, offer.Agent, offer.Epoch, OfferEnd.Withdrawn));
            turn.Do(new CloseOffer(offer.Agent, offer.Epoch, OfferEnd.Withdrawn));
        }
        foreach (var talker in call.Talkers)
        {
            turn.Fact(new AgentLeft(turn.At, talker.Agent, talker.Leg));
            turn.Do(new ReleaseAgent(talker.Agent, talker.Epoch, turn.At));
        }
        if (call is { Phase: CallPhase.Waiting, Place: { } place })
        {
            turn.Fact(new QueueLeft(turn.At, place.Queue, by is EndedBy.Caller or EndedBy.Trunk ? QueueLeaving.CallerLeft : QueueLeaving.PlatformFailed));
            turn.Do(new LeavePlace(place.Queue));
        }
        turn.Fact(new CallEnded(turn.At, by, reason, blame));
        if (call.Limited) turn.Do(new GiveBackCallSlot());
    }
}
