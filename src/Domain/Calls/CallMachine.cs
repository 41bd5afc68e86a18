namespace CallCenter.Domain.Calls;

/// <summary>
/// The machine of a call: <c>(state, event, rules) → step</c>, pure. This file says who handles what; the flow, the queue with its
/// offers, and the talk with the end have files of their own; what people make of a conversation is in Conversations. Every event is harmless when repeated, late or out of order.
/// </summary>
public static partial class CallMachine
{
    public static Step Next(CallState call, CallEvent happened, CallRules rules)
    {
        var turn = new CallTurn(call, happened.At, rules);
        switch (happened)
        {
            case Arrived e: Arrive(turn, e); break;
            case SlotGranted: Granted(turn); break;
            case SlotRefused: Refused(turn); break;
            case Answered e: WeAnswered(turn, e); break;
            case DigitPressed e: Digit(turn, e); break;
            case PlayEnded e: Played(turn, e); break;
            case FellQuiet e: Quiet(turn, e); break;
            case FaxHeard e: Fax(turn, e); break;
            case AnswerHeard e: Judged(turn, e); break;
            case Offered e: Offer(turn, e); break;
            case Alerting e: Alert(turn, e); break;
            case PickedUp e: PickUp(turn, e); break;
            case NotPickedUp e: NoPickUp(turn, e); break;
            case OfferConfirmed e: Confirm(turn, e); break;
            case OfferGone e: Gone(turn, e); break;
            case AgentRefused e: Reaching.AgentRefused(turn, e); break;
            case DialCleared e: Reaching.Cleared(turn, e); break;
            case DialRefused e: Reaching.NotCleared(turn, e); break;
            case PlaceIs e: TellPlace(turn, e); break;
            case PlaceWanted: SayPlace(turn); break;
            case HungUp e: LegOver(turn, e); break;
            case TrackKept e: Seal(turn, e); break;
            case SoundTurned e: Sounds(turn, e); break;
            case LegHeld or LegRetrieved or PathLost or PathBack: Orders.Hear(turn, happened); break;
            case Referred e: Orders.Refer(turn, e); break;
            case PhoneDialled e: Outgoing.PhoneDialled(turn, e); break;
            case EmergencyDialled e: Outgoing.EmergencyDialled(turn, e); break;
            case CallCommand e: Orders.Do(turn, e); break;
            case EdgeLost e: LoseEdge(turn, e); break;
            case StillThere e: SignOfLife(turn, e); break;
            case CallTimeUp: TimeUp(turn); break;
        }
        return turn.Done();
    }

    /// <summary>Why a command cannot be done now; null if it can. Asked before it is told, so that the answer is at hand at once.</summary>
    public static Refusal? Check(CallState call, CallCommand command, CallRules rules) => Checks.Check(call, command, rules);

    /// <summary>The number that an event brings along, and the personal field under which it must be stored before the event is taken in; null if it brings none.</summary>
    public static (string Field, string Number)? Personal(CallState call, CallEvent happened, CallRules rules) => Outgoing.Personal(call, happened, rules);

    /// <summary>When <see cref="CallTimeUp"/> must be delivered, unless something else happens first; null = nothing is waited for.</summary>
    public static DateTimeOffset? Deadline(CallState call, CallRules rules)
    {
        if (call.Phase is CallPhase.Empty or CallPhase.Ended) return null;
        if (call.Phase == CallPhase.Claiming) return call.SlotAskedAt + CallLimits.SlotAnswer;
        var due = call.Phase == CallPhase.InFlow ? FlowDeadline(call, rules) : AnnouncementDue(call, rules);
        return Earlier(Earlier(Earlier(due, OffersDue(call)), Intros.Due(call)), Earlier(Reaching.Due(call), RenewalDue(call)));
    }

    /// <summary>It is told, and changes nothing: what to do with a fax is the tenant's affair.</summary>
    private static void Fax(CallTurn turn, FaxHeard e)
    {
        if (turn.Call.Phase == CallPhase.Ended || turn.Call.Leg(e.Leg) is not { Lives: true } || turn.Call.Faxes.Any(f => f.Leg == e.Leg && f.Tone == e.Tone)) return;
        turn.Fact(new FaxDetected(turn.At, e.Leg, e.Tone));
    }

    /// <summary>It is told, and changes nothing: the agent talks to whoever answered.</summary>
    private static void Judged(CallTurn turn, AnswerHeard e)
    {
        if (turn.Call is not { Calling.Classifies: true, Answer: null } call || call.Phase == CallPhase.Ended || e.Leg != LegId.Called || call.Leg(e.Leg) is not { Lives: true }) return;
        turn.Fact(new AnswerClassified(turn.At, e.Leg, e.Sign.Kind, e.Sign.Confidence, e.Sign.AfterMs));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static void TimeUp(CallTurn turn)
    {
        if (Deadline(turn.Call, turn.Rules) is not { } due || turn.Now < due) return;
        if (turn.Call.Phase == CallPhase.Claiming) SlotSilent(turn);
        else
        {
            if (turn.Call.Phase == CallPhase.InFlow && turn.Now >= FlowDeadline(turn.Call, turn.Rules)) FlowTimeUp(turn);
            if (turn.Now >= OffersDue(turn.Call)) OffersTimeUp(turn);
            if (turn.Now >= Intros.Due(turn.Call)) Intros.TimeUp(turn);
            if (turn.Now >= AnnouncementDue(turn.Call, turn.Rules)) Announce(turn);
            if (turn.Now >= Reaching.Due(turn.Call)) Reaching.TimeUp(turn);
            if (turn.Now >= RenewalDue(turn.Call)) RenewLeases(turn);
        }
    }

    /// <summary>The watchdog's word: what is soft elsewhere is said anew, so that a restart anywhere heals within one beat.</summary>
    private static void SignOfLife(CallTurn turn, StillThere life)
    {
        var call = turn.Call;
        if (call.Phase == CallPhase.Empty) return; // its Arrived is on the way
        if (call.Phase == CallPhase.Ended || call.Leg(life.Leg) is not { Lives: true })
        {
            turn.Do(new HangUpLeg(life.Leg)); // no leg outlives its call
            return;
        }
        if (call.Phase == CallPhase.Waiting) KeepPlace(turn);
        if (turn.Now >= RenewalDue(call) - (CallLimits.LeaseRenewal - CallLimits.RenewalByLife)) RenewLeases(turn);
        if (call.Limited && turn.Now >= call.SlotAskedAt + CallLimits.SlotRenewal) AskForSlot(turn);
    }
}
