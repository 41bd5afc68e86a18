namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Calls that an agent or a station makes: its own phone first, then the called party.</summary>
internal static class Outgoing
{
    /// <summary>The personal field that holds the number called under a leg.</summary>
    public static string Field(LegId leg) => $"dial-{leg}";

    public static void Begin(CallTurn turn, DialOut c)
    {
        if (turn.Call.Phase != CallPhase.Empty || turn.Rules.Anchor is not { } anchor) return;
        var agent = (c.For ?? c.By.Agent)!.Value;
        var to = Checks.Whom(c.To, turn.Rules)!;
        turn.Fact(new CallDialled(turn.At, anchor.Edge, anchor.Epoch, agent, null, null, to.Agent, to.Extension, c.Shown, turn.Rules.RecordsOutbound, Classifies(to, c.ClassifiesAnswer ?? turn.Rules.ClassifiesAnswers)));
        Reaching.Start(turn, ReachFor.Caller, new(Agent: agent));
    }

    /// <summary>Numbers are judged: at the tenant's own phones it is known who answers.</summary>
    private static bool Classifies(CallTarget to, bool wanted) => wanted && to.Agent is null && to.Extension is null;

    public static void PhoneDialled(CallTurn turn, PhoneDialled e)
    {
        if (turn.Call.Leg(e.Leg) is not null) return; // said twice
        if (turn.Call.Phase == CallPhase.Empty) BeginAt(turn, e);
        else SecondLine(turn, e);
    }

    private static void BeginAt(CallTurn turn, PhoneDialled e)
    {
        var (own, to) = (turn.Rules.Dialled(e.Extension).Agent, turn.Rules.Dialled(e.Dialled));
        var emergency = to.Number is { } number && DialledNumber.IsEmergency(number, out _);
        turn.Fact(new CallDialled(turn.At, e.Edge, e.EdgeEpoch, own, e.Extension, e.Leg, to.Agent, to.Extension, null, turn.Rules.RecordsOutbound, Classifies(to, turn.Rules.ClassifiesAnswers), emergency));
        if (to.Queue is not null || (to.Agent is not null && to.Agent == own) || to.Extension == e.Extension)
        {
            turn.Do(new RejectLeg(e.Leg, 404, 1)); // nobody who can be called like that
            CallMachine.End(turn, EndedBy.Platform, EndReason.NotAllowed, Blame.Tenant);
        }
        else if (own is { } agent) Reaching.Start(turn, ReachFor.Caller, new(Agent: agent));
        else
        {
            turn.Fact(new PartyJoined(turn.At, e.Leg));
            Call(turn);
        }
    }

    /// <summary>
    /// The edge has the called party rung already. The phone takes part as one without an agent: no lease could be had, and none
    /// is needed. Nothing is recorded, since nothing can be stored.
    /// </summary>
    public static void EmergencyDialled(CallTurn turn, EmergencyDialled e)
    {
        if (turn.Call.Phase != CallPhase.Empty) return; // said twice
        turn.Fact(new CallDialled(turn.At, e.Edge, e.EdgeEpoch, null, e.Extension, e.Leg, null, null, null, false));
        turn.Fact(new PartyJoined(turn.At, e.Leg));
        var no = turn.Call.ReachCount + 1;
        turn.Fact(new ReachStarted(turn.At, no, ReachFor.Called, LegId.Called, null, null, null, false, null, null, null, null));
        turn.Fact(new ReachRinging(turn.At, no, LegId.Called, e.Until, e.Trunk, e.Shown));
    }

    /// <summary>The phone of an agent in conversation calls somebody else: a consultation.</summary>
    private static void SecondLine(CallTurn turn, PhoneDialled e)
    {
        var to = turn.Rules.Dialled(e.Dialled);
        var party = turn.Rules.Dialled(e.Extension).Agent is { } agent ? turn.Call.PartyOf(agent) : null;
        var order = new Consult(turn.At, new(party?.Agent, false), null, to);
        if (party is null || turn.Call.Consult is not null || Checks.Check(turn.Call, order, turn.Rules) is not null) turn.Do(new RejectLeg(e.Leg, 486, 17));
        else Transfers.Ask(turn, party, Checks.Whom(to, turn.Rules)!, e.Leg);
    }

    /// <summary>The one who calls is there: now the called party.</summary>
    public static void Call(CallTurn turn)
    {
        if (turn.Call is not { Phase: CallPhase.Dialling, Calling: { } calling } || turn.Call.ReachFor(ReachFor.Called) is not null) return;
        if (turn.Call.Dialler is { } phone) turn.Do(new RingBack(phone));
        Reaching.Start(turn, ReachFor.Called, new(calling.Agent, null, calling.Extension), shown: calling.Shown);
    }

    /// <summary>The called party answered: it is the customer, and they talk.</summary>
    public static void Reached(CallTurn turn, LegId leg)
    {
        turn.Fact(new CustomerJoined(turn.At, leg));
        if (turn.Call.Dialler is { } phone && turn.Call.Leg(phone) is { Phase: LegPhase.Arriving }) turn.Do(new AnswerLeg(phone));
        foreach (var party in turn.Call.Parties) Orders.HoldsByNow(turn, party.Leg);
    }

    /// <summary>The one who calls, or the called party, was not reached.</summary>
    public static void Failed(CallTurn turn, Reach reach, ReachEnd why, Blame blame)
    {
        if (reach is { For: ReachFor.Caller, Rings: false } && why is ReachEnd.NotFree or ReachEnd.Unreachable && turn.Call is { Calling.Emergency: true, Dialler: { } alone })
        {
            turn.Fact(new PartyJoined(turn.At, alone)); // signed out, or in another call: who needs help needs no lease
            Call(turn);
            return;
        }
        if (turn.Call.Dialler is { } phone && turn.Call.Leg(phone) is { Phase: LegPhase.Arriving }) turn.Do(new RejectLeg(phone, Reaching.Status(why), 0));
        var by = blame == Blame.Platform ? EndedBy.Platform : reach.For == ReachFor.Caller ? EndedBy.Agent : why is ReachEnd.Busy or ReachEnd.Rejected or ReachEnd.NoAnswer ? EndedBy.Caller : EndedBy.Platform;
        CallMachine.End(turn, by, Reaching.Reason(why), blame);
    }

    /// <summary>See <see cref="CallMachine.Personal"/>.</summary>
    public static (string Field, string Number)? Personal(CallState call, CallEvent happened, CallRules rules)
    {
        if (happened is EmergencyDialled emergency) return call.Phase == CallPhase.Empty ? (Field(LegId.Called), emergency.Dialled) : null;
        var target = happened switch
        {
            Transfer c => c.To,
            Consult c => c.To,
            DialOut c when call.Phase == CallPhase.Empty => c.To,
            PhoneDialled e when call.Leg(e.Leg) is null => rules.Dialled(e.Dialled),
            Referred { Replaces: null } e => rules.Dialled(e.Dialled),
            _ => null,
        };
        if (target is null || Checks.Whom(target, rules) is not { Number: { } number } to) return null;
        return (Field(Reaching.NextLeg(call, call.Phase == CallPhase.Empty ? ReachFor.Called : ReachFor.Consult, to)), number);
    }
}
