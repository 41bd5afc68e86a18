using System.Globalization;

namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Reaching somebody in person: an agent by its lease, a number by its clearance, a station at once.</summary>
internal static class Reaching
{
    public static void Start(CallTurn turn, ReachFor purpose, CallTarget to, LegId? by = null, bool referred = false, AgentId? with = null, ListenMode? mode = null, string? shown = null, LegId? line = null)
    {
        var no = turn.Call.ReachCount + 1;
        LegId? leg = to.Agent is null ? NextLeg(turn.Call, purpose, to) : purpose == ReachFor.Caller ? turn.Call.Dialler : null;
        turn.Fact(new ReachStarted(turn.At, no, purpose, leg, to.Agent, to.Extension, by, referred, with, mode, shown, line));
        if (to.Extension is not null) RingStation(turn, turn.Call.Reach(no)!, to.Extension);
        else Ask(turn, turn.Call.Reach(no)!);
    }

    /// <summary>The leg under which the next number or station is called: also names the personal field of the number.</summary>
    public static LegId NextLeg(CallState call, ReachFor purpose, CallTarget to)
    {
        if (purpose == ReachFor.Called) return LegId.Called;
        return new(string.Create(CultureInfo.InvariantCulture, $"{(to.Extension is null ? "number" : "station")}-{call.ReachCount + 1}"));
    }

    private static void RingStation(CallTurn turn, Reach reach, string extension)
    {
        var until = turn.Now + Ringing(turn, reach, CallLimits.StationRings);
        turn.Fact(new ReachRinging(turn.At, reach.No, reach.Leg!.Value, until, null, null));
        turn.Do(new RingStation(reach.Leg!.Value, extension, until));
    }

    /// <summary>Asks for the agent's lease, or whether the number may be called.</summary>
    private static void Ask(CallTurn turn, Reach reach)
    {
        turn.Mark(new ReachAsked(turn.Now, reach.No));
        if (reach.Agent is { } agent) turn.Do(new SeekAgent(agent, new(null, Ringing(turn, reach, CallLimits.StationRings), false, 0)));
        else turn.Do(new AskToDial(reach.Leg!.Value, Outgoing.Field(reach.Leg!.Value), reach.Shown, Asker(turn.Call, reach), turn.Call.Place?.Queue));
    }

    /// <summary>How long it may ring; a flow says so.</summary>
    private static TimeSpan Ringing(CallTurn turn, Reach reach, TimeSpan otherwise) =>
        reach.For == ReachFor.Flow && turn.Flow.Node(turn.Call.Node) is TransferNode node ? TimeSpan.FromSeconds(node.TimeoutSeconds) : otherwise;

    /// <summary>For which agent a number is called; for none if a flow does.</summary>
    private static AgentId? Asker(CallState call, Reach reach)
    {
        if (reach.For == ReachFor.Flow) return null;
        if (reach.By is { } by) return call.PartyAt(by)?.Agent;
        foreach (var party in call.Parties) if (party.Agent is { } agent && !party.Listens) return agent;
        return null;
    }

    public static void Cleared(CallTurn turn, DialCleared e)
    {
        if (turn.Call.OfferAt(e.Leg) is { } offer) OutsideStations.Cleared(turn, offer, e);
        else if (turn.Call.ReachAt(e.Leg) is { Rings: false, IsNumber: true } reach)
        {
            var until = turn.Now + Ringing(turn, reach, CallLimits.NumberRings);
            turn.Fact(new ReachRinging(turn.At, reach.No, e.Leg, until, e.Trunk, e.Shown));
            turn.Do(new RingNumber(e.Leg, Outgoing.Field(e.Leg), e.Trunk, e.Shown, until, reach.For == ReachFor.Called && turn.Call.Calling is { Classifies: true }));
        }
        else if (turn.Call.Phase != CallPhase.Empty && turn.Call.Leg(e.Leg) is not { Lives: true }) turn.Do(new GiveBackChannel(e.Leg, TimeSpan.Zero)); // cleared too late
    }

    public static void NotCleared(CallTurn turn, DialRefused e)
    {
        if (turn.Call.OfferAt(e.Leg) is { } offer) OutsideStations.Refused(turn, offer, e);
        else if (turn.Call.ReachAt(e.Leg) is { Rings: false, IsNumber: true } reach) GiveUp(turn, reach, ReachEnd.NotAllowed, e.Why);
    }

    public static void AgentRefused(CallTurn turn, AgentRefused e)
    {
        if (turn.Call.ReachOf(e.Agent) is { Rings: false } reach) GiveUp(turn, reach, ReachEnd.NotFree, null);
    }

    /// <summary>The far end of a number or a station picked up.</summary>
    public static void PickedUp(CallTurn turn, Reach reach, LegId leg)
    {
        turn.Fact(new LegAnswered(turn.At, leg));
        turn.Await();
        if (reach.For == ReachFor.Called)
        {
            Outgoing.Reached(turn, leg);
            return;
        }
        if (reach.For == ReachFor.Flow) Trips.HandedOn(turn);
        turn.Fact(new PartyJoined(turn.At, leg));
        Joined(turn, reach);
    }

    /// <summary>The consulted party is there. Who was called by REFER talks to the customer at once: the agent's phone is told and goes.</summary>
    public static void Joined(CallTurn turn, Reach reach)
    {
        if (reach.For != ReachFor.Consult || turn.Call.Consult is not { } consult || turn.Call.PartyAt(consult.By) is not { } by) return;
        if (consult.Line is { } line && turn.Call.Leg(line) is { Phase: LegPhase.Arriving }) turn.Do(new AnswerLeg(line));
        if (!reach.Referred) return;
        turn.Do(new TellReferral(by.Leg, Orders.Done));
        Transfers.Complete(turn, by, TransferKind.Blind);
    }

    /// <summary>Calls off whom it tries to reach, and tells the phone that has referred; what becomes of the conversation is the caller's business.</summary>
    public static void Drop(CallTurn turn, Reach reach, ReachEnd why, DialRefusal? refused = null)
    {
        turn.Fact(new ReachEnded(turn.At, reach.No, why, refused));
        if (reach is { Referred: true, By: { } phone }) turn.Do(new TellReferral(phone, Status(why)));
        if (reach.Agent is { } agent)
        {
            foreach (var offer in turn.Call.Offers) if (offer.Agent == agent) CallMachine.CloseOffer(turn, offer, OfferEnd.Withdrawn);
            return;
        }
        if (turn.Call.Leg(reach.Leg!.Value) is { Lives: true }) turn.Do(new HangUpLeg(reach.Leg.Value));
        else if (reach.IsNumber && why != ReachEnd.NotAllowed && !reach.Rings) turn.Do(new GiveBackChannel(reach.Leg.Value, TimeSpan.Zero)); // a clearance may be on its way
    }

    /// <summary>
    /// Whoever was rung is not there. A leg that we let go of while the call still wants it, an agent's lease that is not known any
    /// more: that was decided before a crash and is forgotten, so it is the platform's doing.
    /// </summary>
    public static void CameToNothing(CallTurn turn, Reach reach, OfferEnd why) =>
        GiveUp(turn, reach, EndOf(why), null, why is OfferEnd.Withdrawn or OfferEnd.Expired or OfferEnd.PlatformFault ? Blame.Platform : null);

    /// <summary>Nobody is reached: whoever waits for it is told.</summary>
    /// <param name="blame">Whose doing it is, where <paramref name="why"/> does not say.</param>
    public static void GiveUp(CallTurn turn, Reach reach, ReachEnd why, DialRefusal? refused, Blame? blame = null)
    {
        Drop(turn, reach, why, refused);
        switch (reach.For)
        {
            case ReachFor.Consult: Transfers.Failed(turn); break;
            case ReachFor.Transfer: Leaving.GoOn(turn, EndedBy.Platform, Reason(why), blame ?? BlameFor(why), mayWait: true); break;
            case ReachFor.Caller or ReachFor.Called: Outgoing.Failed(turn, reach, why, blame ?? BlameFor(why)); break;
            case ReachFor.Flow: CallMachine.NotTransferred(turn); break;
        }
    }

    public static EndReason Reason(ReachEnd why) => why switch
    {
        ReachEnd.Busy or ReachEnd.NotFree => EndReason.Busy,
        ReachEnd.Rejected => EndReason.Rejected,
        ReachEnd.NoAnswer => EndReason.NoAnswer,
        ReachEnd.Unreachable => EndReason.Unreachable,
        ReachEnd.NotAllowed => EndReason.NotAllowed,
        _ => EndReason.HangUp,
    };

    private static Blame BlameFor(ReachEnd why) => why switch
    {
        ReachEnd.NotAllowed or ReachEnd.NotFree => Blame.Tenant,
        ReachEnd.Unreachable => Blame.Unknown,
        _ => Blame.Nobody,
    };

    public static int Status(ReachEnd why) => why switch
    {
        ReachEnd.Busy or ReachEnd.NotFree => 486,
        ReachEnd.Rejected => 603,
        ReachEnd.NoAnswer => 480,
        ReachEnd.NotAllowed => 403,
        ReachEnd.Withdrawn => 487,
        _ => 404,
    };

    private static ReachEnd EndOf(OfferEnd why) => why switch
    {
        OfferEnd.Rejected => ReachEnd.Rejected,
        OfferEnd.Busy => ReachEnd.Busy,
        OfferEnd.NoAnswer => ReachEnd.NoAnswer,
        OfferEnd.Withdrawn => ReachEnd.Withdrawn,
        _ => ReachEnd.Unreachable,
    };

    public static DateTimeOffset? Due(CallState call)
    {
        DateTimeOffset? due = null;
        foreach (var reach in call.Reaches) if (reach.Due is { } at && (due is null || at < due)) due = at;
        return due;
    }

    public static void TimeUp(CallTurn turn)
    {
        foreach (var due in turn.Call.Reaches)
        {
            if (turn.Call.Reach(due.No) is not { } reach || reach.Due is not { } at || turn.Now < at) continue; // another's end may have ended this one
            if (turn.Now < reach.Until) Ask(turn, reach);
            else if (reach.Rings) GiveUp(turn, reach, ReachEnd.NoAnswer, null);
            else GiveUp(turn, reach, ReachEnd.Unreachable, null, Blame.Platform); // the agent's grain, or the tenant's, says nothing
        }
    }

    /// <summary>Channels of numbers are leased, as agents are.</summary>
    public static void RenewChannels(CallTurn turn)
    {
        foreach (var leg in turn.Call.Legs)
            if (leg is { Lives: true, TakesChannel: true }) turn.Do(leg.Station is null ? new AskToDial(leg.Id, Outgoing.Field(leg.Id), turn.Call.Calling?.Shown, null, turn.Call.Place?.Queue) : OutsideStations.Clearance(turn.Call, leg));
    }
}
