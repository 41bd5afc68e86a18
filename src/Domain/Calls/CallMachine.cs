namespace CallCenter.Domain.Calls;

/// <summary>
/// The machine of a call: <c>(state, event, rules) → step</c>, pure. This file says who handles what; the flow, the queue with its
/// offers, and the talk with the end have files of their own. Every event is harmless when repeated, late or out of order.
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
            case Answered e: CallerAnswered(turn, e); break;
            case DigitPressed e: Digit(turn, e); break;
            case PlayEnded e: Played(turn, e); break;
            case Offered e: Offer(turn, e); break;
            case Alerting e: Alert(turn, e); break;
            case PickedUp e: PickUp(turn, e); break;
            case NotPickedUp e: NoPickUp(turn, e); break;
            case OfferConfirmed e: Confirm(turn, e); break;
            case OfferGone e: Gone(turn, e); break;
            case PlaceIs e: TellPlace(turn, e); break;
            case PlaceWanted: SayPlace(turn); break;
            case HungUp e: LegOver(turn, e); break;
            case EdgeLost e: LoseEdge(turn, e); break;
            case StillThere e: SignOfLife(turn, e); break;
            case CallTimeUp: TimeUp(turn); break;
        }
        return turn.Done();
    }

    /// <summary>When <see cref="CallTimeUp"/> must be delivered, unless something else happens first; null = nothing is waited for.</summary>
    public static DateTimeOffset? Deadline(CallState call, CallRules rules) => call.Phase switch
    {
        CallPhase.Claiming => call.SlotAskedAt + CallLimits.SlotAnswer,
        CallPhase.InFlow => FlowDeadline(call, rules),
        CallPhase.Waiting => QueueDeadline(call, rules),
        CallPhase.Talking => RenewalDue(call),
        _ => null,
    };

    private static void TimeUp(CallTurn turn)
    {
        if (Deadline(turn.Call, turn.Rules) is not { } due || turn.Now < due) return;
        switch (turn.Call.Phase)
        {
            case CallPhase.Claiming: SlotSilent(turn); break;
            case CallPhase.InFlow: FlowTimeUp(turn); break;
            case CallPhase.Waiting: QueueTimeUp(turn); break;
            case CallPhase.Talking: RenewLeases(turn); break;
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
        if (call.Phase == CallPhase.Talking && turn.Now >= RenewalDue(call) - (CallLimits.LeaseRenewal - CallLimits.RenewalByLife)) RenewLeases(turn);
        if (call.Limited && turn.Now >= call.SlotAskedAt + CallLimits.SlotRenewal) AskForSlot(turn);
    }
}
