namespace CallCenter.Domain.Calls.Conversations;

/// <summary>What people ask of a call, done.</summary>
internal static class Orders
{
    public static void Do(CallTurn turn, CallCommand command)
    {
        if (Checks.Check(turn.Call, command, turn.Rules) is not null) return; // possible when it was asked, no more
        if (command is OfferCommand answer)
        {
            Answer(turn, answer);
            return;
        }
        turn.Await(); // what people were promised is stored before the edge does it
        switch (command)
        {
            case DialOut c: Outgoing.Begin(turn, c); return;
            case Listen c: Listeners.Listen(turn, c); return;
        }
        if (Checks.Actor(turn.Call, command) is { } party) Do(turn, command, party);
    }

    /// <summary>As a phone would say it: its edge knows whether the browser is there.</summary>
    private static void Answer(CallTurn turn, OfferCommand command)
    {
        if (turn.Call.Offer((command.For ?? command.By.Agent)!.Value, command.Epoch) is not { Answered: false } offer) return; // done before
        if (offer.Outside is not null && command is not RejectOffer) return; // a telephone rings by itself, and is answered there
        switch (command)
        {
            case ShowOffer: if (!offer.Alerted) turn.Do(new AlertLeg(offer.Leg)); break;
            case AnswerOffer: turn.Do(new AnswerLeg(offer.Leg)); break;
            case RejectOffer: CallMachine.EndOffer(turn, offer, OfferEnd.Rejected); break;
        }
    }

    private static void Do(CallTurn turn, CallCommand command, Party party)
    {
        switch (command)
        {
            case Hold: PutOnHold(turn, party.Agent); break;
            case Retrieve: Reunite(turn, party); break;
            case Mute c: Mute(turn, party, c.On); break;
            case Transfer c: Transfers.Blind(turn, party, Checks.Whom(c.To, turn.Rules)!, referred: false); break;
            case Consult c: Transfers.Ask(turn, party, Checks.Whom(c.To, turn.Rules)!, line: null); break;
            case CompleteTransfer: Transfers.Complete(turn, party); break;
            case CancelConsult: Transfers.Cancel(turn, ConsultEnd.Cancelled); break;
            case Swap: turn.Fact(new ConsultSwapped(turn.At, WithCustomer: party.Side == Side.Aside)); break;
            case Conference: Transfers.Together(turn); break;
            case DropLeg c: Drop(turn, c.Leg); break;
            case LeaveCall: Leaving.HangsUp(turn, party); break;
            case PressKeys c: Press(turn, party, c.Keys); break;
            case PauseRecording: if (!turn.Call.Pauses.Contains(party.Leg)) turn.Fact(new RecordingPaused(turn.At, command.By.Agent, party.Leg)); break;
            case ResumeRecording: if (turn.Call.Paused) turn.Fact(new RecordingResumed(turn.At, command.By.Agent)); break;
            case TakeOver: Listeners.TakeOver(turn, party); break;
            case SendToFlow c: Trips.Send(turn, party, c.Flow); break;
            case TakeBack: if (turn.Call.Trip is not null) Trips.Return(turn, "takenBack"); break;
        }
    }

    public static void PutOnHold(CallTurn turn, AgentId? by)
    {
        if (!turn.Call.Held) turn.Fact(new CustomerHeld(turn.At, by));
    }

    public static void TakeOffHold(CallTurn turn, AgentId? by)
    {
        if (turn.Call.Held) turn.Fact(new CustomerRetrieved(turn.At, by));
    }

    private static void Reunite(CallTurn turn, Party party)
    {
        ComeBack(turn, party.Leg);
        TakeOffHold(turn, party.Agent);
    }

    private static void Mute(CallTurn turn, Party party, bool on)
    {
        if (party.Muted != on) turn.Fact(new PartyMuted(turn.At, party.Leg, on));
    }

    private static void Drop(CallTurn turn, LegId leg)
    {
        if (turn.Call.ReachAt(leg) is { } reach) Reaching.GiveUp(turn, reach, ReachEnd.Withdrawn, null);
        else if (turn.Call.PartyAt(leg) is { } party) Leaving.HangsUp(turn, party);
    }

    /// <summary>To whom the agent talks: aside to the consulted party, else to the customer.</summary>
    private static void Press(CallTurn turn, Party party, string keys)
    {
        var call = turn.Call;
        if (party.Side == Side.Aside) { if (call.Consult is { Target: { } target }) turn.Do(new SendKeys(target, keys)); }
        else if (party.Leg != call.Customer) turn.Do(new SendKeys(call.Customer, keys));
    }

    // What phones say, and what is said of browsers.

    public static void Hear(CallTurn turn, CallEvent told)
    {
        switch (told)
        {
            case LegHeld e: PhoneHolds(turn, e.Leg); break;
            case LegRetrieved e: PhoneRetrieves(turn, e.Leg); break;
            case PathLost e: BrowserLost(turn, e.Leg); break;
            case PathBack e: BrowserBack(turn, e.Leg); break;
        }
    }

    /// <summary>An agent alone with the customer holds that one; in a conference only the phone that holds is out, with whatever music it plays.</summary>
    public static void PhoneHolds(CallTurn turn, LegId leg)
    {
        var call = turn.Call;
        if (IsComing(call, leg))
        {
            if (!call.EarlyHolds.Contains(leg)) turn.Mark(new HoldNoted(turn.Now, leg, true));
            return;
        }
        if (call.Phase != CallPhase.Talking || call.PartyAt(leg) is not { Side: Side.Main } party) return; // aside, the customer waits already
        if (party.Agent is not { } agent || party.Listens || Media.IsConference(call, party)) StepOut(turn, party);
        else if (leg != call.Customer) PutOnHold(turn, agent);
    }

    /// <summary>It was picked up, and the word that lets it in is on its way; or it waits for the called party.</summary>
    private static bool IsComing(CallState call, LegId leg) =>
        call.Phase == CallPhase.Dialling ? call.PartyAt(leg) is not null || call.OfferAt(leg) is not null : call.OfferAt(leg) is { Answered: true };

    /// <summary>A phone is in the conversation now that held before.</summary>
    public static void HoldsByNow(CallTurn turn, LegId leg)
    {
        if (turn.Call.Phase != CallPhase.Talking || !turn.Call.EarlyHolds.Contains(leg)) return;
        turn.Mark(new HoldNoted(turn.Now, leg, false));
        PhoneHolds(turn, leg);
    }

    private static void StepOut(CallTurn turn, Party party)
    {
        if (!party.Held) turn.Fact(new PartyHeld(turn.At, party.Leg));
    }

    /// <summary>False if it was not out.</summary>
    private static bool ComeBack(CallTurn turn, LegId leg)
    {
        if (turn.Call.PartyAt(leg) is not { Held: true }) return false;
        turn.Fact(new PartyRetrieved(turn.At, leg));
        return true;
    }

    /// <summary>A phone with two lines has changed from one to the other. Who was out of a conference has held nobody else.</summary>
    private static void PhoneRetrieves(CallTurn turn, LegId leg)
    {
        if (turn.Call.EarlyHolds.Contains(leg)) turn.Mark(new HoldNoted(turn.Now, leg, false));
        var wasOut = ComeBack(turn, leg);
        var call = turn.Call;
        wasOut &= call.PartyAt(leg) is { } back && Media.IsConference(call, back);
        if (call.Phase != CallPhase.Talking || leg == call.Customer) return;
        if (call.Consult is { Line: not null } consult && call.PartyAt(consult.By) is { } by)
        {
            var withCustomer = leg == consult.By;
            if ((withCustomer || leg == consult.Line) && consult.Target is not null && withCustomer != (by.Side == Side.Main)) turn.Fact(new ConsultSwapped(turn.At, withCustomer));
            if (withCustomer && by.Side == Side.Main && !wasOut) TakeOffHold(turn, by.Agent);
        }
        else if (!wasOut && call.PartyAt(leg) is { Agent: { } agent, Side: Side.Main, Listens: false }) TakeOffHold(turn, agent);
    }

    private static void BrowserLost(CallTurn turn, LegId leg)
    {
        if (turn.Call.PartyAt(leg) is { Away: false }) turn.Fact(new StationLost(turn.At, leg));
    }

    private static void BrowserBack(CallTurn turn, LegId leg)
    {
        if (turn.Call.PartyAt(leg) is { Away: true }) turn.Fact(new StationBack(turn.At, leg));
    }

    public static void Refer(CallTurn turn, Referred e)
    {
        var call = turn.Call;
        var party = call.PartyAt(e.Leg) ?? (call.Consult is { } c && c.Line == e.Leg ? call.PartyAt(c.By) : null);
        if (party is not { Listens: false } || call.Phase != CallPhase.Talking || e.Leg == call.Customer)
        {
            turn.Do(new TellReferral(e.Leg, NotHere));
            return;
        }
        if (e.Replaces is not null)
        {
            var both = call.Consult is { Line: { } line } consult && consult.By == party.Leg && (e.Replaces == line || e.Replaces == party.Leg);
            turn.Do(new TellReferral(e.Leg, both ? Done : NotHere));
            if (both) Transfers.Complete(turn, party);
            return;
        }
        var to = turn.Rules.Dialled(e.Dialled);
        var order = new Transfer(turn.At, new(party.Agent, false), null, to);
        if (party.Agent is null || Checks.Check(call, order, turn.Rules) is not null) turn.Do(new TellReferral(e.Leg, NotHere));
        else Transfers.Blind(turn, party, Checks.Whom(to, turn.Rules)!, referred: true);
    }

    /// <summary>RFC 3515 §2.4.5: the NOTIFY's body says how the reference went.</summary>
    public const int Done = 200, NotHere = 488;
}
