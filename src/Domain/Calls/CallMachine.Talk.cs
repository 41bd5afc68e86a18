namespace CallCenter.Domain.Calls;

/// <summary>Talk, and every way to the end.</summary>
public static partial class CallMachine
{
    private static void Confirm(CallTurn turn, OfferConfirmed e)
    {
        var call = turn.Call;
        if (call.Party(e.Agent, e.Epoch) is not null) return; // said twice
        if (call.Offer(e.Agent, e.Epoch) is not { Answered: true } offer || offer.Leg != e.Leg || (call.ReachOf(e.Agent) is null && call.Phase != CallPhase.Waiting))
        {
            if (call.Phase == CallPhase.Empty) return;
            turn.Do(new HangUpLeg(e.Leg)); // the agent believes to talk: nobody is there
            turn.Do(new ReleaseAgent(e.Agent, e.Epoch, turn.At));
            return;
        }
        Join(turn, e, call.ReachOf(e.Agent));
        turn.Await();
    }

    private static void Join(CallTurn turn, OfferConfirmed e, Reach? reach)
    {
        if (reach is { For: ReachFor.Flow }) Trips.HandedOn(turn);
        if (reach is { For: ReachFor.Listen }) turn.Fact(new ListenerJoined(turn.At, e.Agent, e.Epoch, e.Leg, reach.With!.Value, reach.Mode!.Value));
        else turn.Fact(new AgentJoined(turn.At, e.Agent, e.Epoch, e.Leg));
        switch (reach?.For)
        {
            case null:
                turn.Do(new LeavePlace(turn.Call.Place!.Queue));
                Intros.Begin(turn, e.Leg);
                break;
            case ReachFor.Consult: Reaching.Joined(turn, reach); break;
            case ReachFor.Caller: Outgoing.Call(turn); break;
            case ReachFor.Called: Outgoing.Reached(turn, e.Leg); break;
        }
        Orders.HoldsByNow(turn, e.Leg);
    }

    private static DateTimeOffset? RenewalDue(CallState call)
    {
        DateTimeOffset? oldest = null;
        foreach (var party in call.Parties) oldest = Earlier(oldest, party.RenewedAt);
        if (call.Customer is { } customer && call.Leg(customer) is { Lives: true, TakesChannel: true }) oldest = Earlier(oldest, call.ChannelsRenewedAt); // wherever it waits, with nobody else there
        foreach (var reach in call.Reaches) if (reach is { IsNumber: true, Rings: true }) oldest = Earlier(oldest, reach.AskedAt); // it may ring longer than its channel's lease, and nobody else be there
        foreach (var offer in call.Offers) if (offer.Outside is OutsideStage.Rings or OutsideStage.Prompts) oldest = Earlier(oldest, offer.AskedAt); // the same
        return oldest + CallLimits.LeaseRenewal;
    }

    private static void RenewLeases(CallTurn turn)
    {
        foreach (var party in turn.Call.Parties) if (party.Agent is { } agent) turn.Do(new RenewLease(agent, party.Epoch));
        Reaching.RenewChannels(turn);
        turn.Mark(new LeasesRenewed(turn.Now));
    }

    private static void LegOver(CallTurn turn, HungUp e)
    {
        var call = turn.Call;
        if (call.Leg(e.Leg) is not { Lives: true } leg) return; // unknown, or said twice
        LegEnds(turn, leg, e.By, e.SipStatus, e.Q850, e.Quality, e.Signalling);
        if (call.Phase == CallPhase.Ended) return;
        if (call.OfferAt(e.Leg) is { } offer) EndOffer(turn, offer, CauseOf(e.By));
        else if (call.ReachAt(e.Leg) is { Rings: true } reach) Reaching.CameToNothing(turn, reach, CauseOf(e.By));
        else if (e.Leg == call.Customer) CustomerGone(turn, e);
        else if (call.PartyAt(e.Leg) is { } party) PartyGone(turn, party, e.By);
        else if (call.Consult?.Line == e.Leg) Transfers.Cancel(turn, ConsultEnd.TargetLeft); // the phone's second line: it has yet to take the first one off hold
        else if (e.Leg == call.Dialler)
        {
            var (by, reason, blame) = Ending(e.By, isAgent: true);
            End(turn, by, reason, blame); // before anybody was called
        }
    }

    private static OfferEnd CauseOf(LegEndedBy by) => by switch
    {
        LegEndedBy.FarEnd => OfferEnd.Rejected,
        LegEndedBy.Us => OfferEnd.Withdrawn,
        LegEndedBy.Edge => OfferEnd.PlatformFault,
        _ => OfferEnd.Unreachable,
    };

    /// <summary>Not acceptable here: the offer of media was refused (RFC 3261 §21.4.26).</summary>
    private const int MediaStatus = 488;

    private static void CustomerGone(CallTurn turn, HungUp e)
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

    private static void PartyGone(CallTurn turn, Party party, LegEndedBy how)
    {
        var (by, reason, blame) = Ending(how, party.Agent is not null);
        var requeues = how == LegEndedBy.Network && party.Agent is not null && turn.Rules.WhenAgentIsLost == AgentLoss.Requeue;
        Leaving.Goes(turn, party, by, reason, blame, mayWait: requeues || how == LegEndedBy.Edge);
    }

    /// <summary>What the call's end would be called if this leg's end brings it about.</summary>
    private static (EndedBy By, EndReason Reason, Blame Blame) Ending(LegEndedBy how, bool isAgent) => how switch
    {
        LegEndedBy.FarEnd => (isAgent ? EndedBy.Agent : EndedBy.Party, EndReason.HangUp, Blame.Nobody),
        LegEndedBy.Network when isAgent => (EndedBy.Agent, EndReason.NetworkFailed, Blame.Tenant), // the agent's line is the tenant's
        LegEndedBy.Network => (EndedBy.Party, EndReason.NetworkFailed, Blame.Carrier),
        LegEndedBy.Edge => (EndedBy.Platform, EndReason.EdgeLost, Blame.Platform),
        _ => (EndedBy.Platform, EndReason.HangUp, Blame.Platform), // we did, and do not know it any more
    };

    private static void LoseEdge(CallTurn turn, EdgeLost e)
    {
        var call = turn.Call;
        if (call.Phase == CallPhase.Empty || e.Edge != call.Edge || e.NewEpoch <= call.EdgeEpoch) return;
        foreach (var leg in call.Legs)
            if (leg.Lives) LegEnds(turn, leg, LegEndedBy.Edge, 0, 0);
        if (call.Phase != CallPhase.Ended) End(turn, EndedBy.Platform, EndReason.EdgeLost, Blame.Platform);
        if (!turn.Call.Unsealed.IsEmpty) turn.Fact(new SealsGivenUp(turn.At));
    }

    private static void Sounds(CallTurn turn, SoundTurned e)
    {
        if (turn.Call.Phase != CallPhase.Ended && turn.Call.Leg(e.Leg) is { Lives: true }) turn.Fact(new QualityTurned(turn.At, e.Leg, e.Poor, e.Mos, e.Loss, e.Jitter, e.RoundTrip));
    }

    private static void Seal(CallTurn turn, TrackKept e)
    {
        var track = new TrackKey(e.Recording, e.Track);
        if (turn.Call.Unsealed.Contains(track) || turn.Call.GivenUp.Contains(track)) turn.Fact(new TrackSealed(turn.At, e.Recording, e.Track, e.Segments, e.Lost, e.Seal, e.Speech));
    }

    /// <summary>The end. Phones stop first; then recordings; then agents, routing and tenant hear of it.</summary>
    internal static void End(CallTurn turn, EndedBy by, EndReason reason, Blame blame)
    {
        var call = turn.Call;
        foreach (var leg in call.Legs) if (leg.Lives) LetGo(turn, leg, call.OfferAt(leg.Id));
        foreach (var reach in call.Reaches)
        {
            turn.Fact(new ReachEnded(turn.At, reach.No, ReachEnd.Withdrawn, null));
            if (reach is { IsNumber: true, Rings: false, Leg: { } leg }) turn.Do(new GiveBackChannel(leg, TimeSpan.Zero)); // a clearance may be on its way
        }
        foreach (var offer in call.Offers)
        {
            turn.Fact(new OfferEnded(turn.At, offer.Agent, offer.Epoch, OfferEnd.Withdrawn));
            turn.Do(new CloseOffer(offer.Agent, offer.Epoch, OfferEnd.Withdrawn));
        }
        foreach (var party in call.Parties)
        {
            turn.Fact(party.Agent is { } agent ? new AgentLeft(turn.At, agent, party.Leg) : new PartyLeft(turn.At, party.Leg));
            if (party.Agent is { } free) turn.Do(new ReleaseAgent(free, party.Epoch, turn.At));
        }
        if (call is { Phase: CallPhase.Waiting, Place: { } place })
        {
            turn.Fact(new QueueLeft(turn.At, place.Queue, by is EndedBy.Caller or EndedBy.Trunk ? QueueLeaving.CallerLeft : QueueLeaving.PlatformFailed));
            turn.Do(new LeavePlace(place.Queue));
        }
        EndVoicemail(turn);
        Settlement.Settle(turn, turn.Before, ends: true);
        turn.Fact(new CallEnded(turn.At, by, reason, blame));
        if (call.Limited) turn.Do(new GiveBackCallSlot());
    }
}
