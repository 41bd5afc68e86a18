namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Somebody leaves the conversation, and what becomes of the others.</summary>
internal static class Leaving
{
    /// <summary>The priority of a customer who had been served already.</summary>
    public const int First = 1;

    /// <summary>Says to the customer why there is music again.</summary>
    public const string AgentLostPrompt = "agent-lost";

    /// <summary>The part of a party is over; an agent's lease too.</summary>
    public static void Release(CallTurn turn, Party party, bool lapsed = false)
    {
        if (turn.Call.Leg(party.Leg) is { Lives: true }) turn.Do(new HangUpLeg(party.Leg));
        Left(turn, party);
        if (party.Agent is { } agent && !lapsed) turn.Do(new ReleaseAgent(agent, party.Epoch, turn.At));
    }

    /// <summary>Nobody who goes on is left unrecorded for somebody who is gone.</summary>
    private static void Left(CallTurn turn, Party party)
    {
        turn.Fact(party.Agent is { } agent ? new AgentLeft(turn.At, agent, party.Leg) : new PartyLeft(turn.At, party.Leg));
        if (turn.Call.Pauses.Contains(party.Leg)) turn.Fact(new RecordingResumed(turn.At, null, party.Leg));
    }

    /// <summary>A party hangs up, or is made to.</summary>
    public static void HangsUp(CallTurn turn, Party party) => Goes(turn, party, party.Agent is null ? EndedBy.Party : EndedBy.Agent, EndReason.HangUp, Blame.Nobody, mayWait: false);

    /// <summary>An agent's lease ran out in mid-talk: the agent may be elsewhere soon. The customer is not to blame and waits again, first.</summary>
    public static void IsLost(CallTurn turn, Party party) => Goes(turn, party, EndedBy.Platform, EndReason.AgentLost, Blame.Platform, mayWait: true, lapsed: true);

    /// <summary>A party goes, and the others go on or the call ends.</summary>
    /// <param name="mayWait">The customer may be put into the queue again.</param>
    public static void Goes(CallTurn turn, Party party, EndedBy by, EndReason reason, Blame blame, bool mayWait, bool lapsed = false)
    {
        if (party.Leg == turn.Call.Customer)
        {
            CallMachine.End(turn, by, reason, blame); // the called party of an internal call
            return;
        }
        if (turn.Call.Consult is { } consult)
        {
            if (consult.By == party.Leg && turn.Call.ReachFor(ReachFor.Consult) is { Referred: true } && !lapsed)
            {
                Transfers.Complete(turn, party, TransferKind.Blind); // a phone that has referred the customer hangs up
                return;
            }
            if (consult.By == party.Leg) Transfers.Cancel(turn, ConsultEnd.AgentLeft);
            else if (consult.Target == party.Leg)
            {
                turn.Fact(new ConsultEnded(turn.At, ConsultEnd.TargetLeft));
                Transfers.HangUpLine(turn, consult);
            }
        }
        Release(turn, party, lapsed);
        if (!party.Listens) GoOn(turn, by, reason, blame, mayWait, unmet: party.Intro is not null);
    }

    /// <summary>Who is left? With an agent or somebody outside the conversation goes on; while somebody is being reached the customer waits; else it is over.</summary>
    /// <param name="unmet">The agent went before they talked: whatever it was, the customer waits again, first.</param>
    public static void GoOn(CallTurn turn, EndedBy by, EndReason reason, Blame blame, bool mayWait, bool unmet = false)
    {
        var call = turn.Call;
        if (call.Phase is not (CallPhase.Talking or CallPhase.Dialling)) return; // in a flow or a queue the customer goes on
        foreach (var party in call.Parties)
        {
            if (party.Listens || party.Leg == call.Customer) continue;
            Unhold(turn);
            return;
        }
        if (call.ReachFor(ReachFor.Transfer) is not null) return;
        if (call.Place is not { } place || call.Phase != CallPhase.Talking || !(unmet || (mayWait && turn.Rules.Queue(place.Queue) is not { EndsWhenAgentLost: true }))) CallMachine.End(turn, by, reason, blame);
        else
        {
            Unhold(turn);
            CallMachine.Enqueue(turn, place.Queue, First, unmet ? null : AgentLostPrompt);
        }
    }

    /// <summary>Nobody is left who could retrieve the customer.</summary>
    public static void Unhold(CallTurn turn)
    {
        foreach (var party in turn.Call.Parties) if (party.Agent is not null && !party.Listens && party.Leg != turn.Call.Customer) return;
        Orders.TakeOffHold(turn, null);
    }
}
