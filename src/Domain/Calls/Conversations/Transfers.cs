namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Blind transfer, consultation, and what can become of one.</summary>
internal static class Transfers
{
    /// <summary>
    /// The agent leaves and the customer waits for the target. By REFER the agent's phone waits aside until it knows, so that the
    /// customer can come back to it.
    /// </summary>
    public static void Blind(CallTurn turn, Party party, CallTarget to, bool referred)
    {
        if (referred && to.Queue is null)
        {
            Reaching.Start(turn, ReachFor.Consult, to, by: party.Leg, referred: true);
            return;
        }
        if (referred) turn.Do(new TellReferral(party.Leg, Orders.Done));
        turn.Fact(new Transferred(turn.At, party.Agent, TransferKind.Blind, to.Queue, to.Agent, to.Extension));
        if (to.Queue is null) Reaching.Start(turn, ReachFor.Transfer, to);
        Leaving.Release(turn, party);
        if (to.Queue is { } queue) CallMachine.Enqueue(turn, queue, Leaving.First);
    }

    public static void Ask(CallTurn turn, Party party, CallTarget to, LegId? line)
    {
        if (turn.Call.Consult is not null) return; // done before
        Reaching.Start(turn, ReachFor.Consult, to, by: party.Leg, line: line);
        if (line is { } rings) turn.Do(new RingBack(rings));
    }

    /// <summary>The agent goes; customer and consulted party talk, or it rings on.</summary>
    public static void Complete(CallTurn turn, Party party, TransferKind kind = TransferKind.Attended)
    {
        if (turn.Call.Consult is not { } consult) return;
        var target = consult.Target is { } leg ? turn.Call.PartyAt(leg)?.Agent : turn.Call.ReachFor(ReachFor.Consult)?.Agent;
        turn.Fact(new Transferred(turn.At, party.Agent, kind, null, target, turn.Call.ReachFor(ReachFor.Consult)?.Extension));
        HangUpLine(turn, consult);
        Leaving.Release(turn, party);
    }

    /// <summary>The consulted party goes, or is called no more; the agent is with the customer again.</summary>
    public static void Cancel(CallTurn turn, ConsultEnd why)
    {
        if (turn.Call.Consult is not { } consult) return;
        if (turn.Call.ReachFor(ReachFor.Consult) is { } reach) Reaching.Drop(turn, reach, ReachEnd.Withdrawn);
        turn.Fact(new ConsultEnded(turn.At, why));
        HangUpLine(turn, consult);
        if (consult.Target is { } leg && turn.Call.PartyAt(leg) is { } target) Leaving.Release(turn, target);
    }

    /// <summary>Nobody was reached: the customer is back with the agent who asked.</summary>
    public static void Failed(CallTurn turn)
    {
        if (turn.Call.Consult is not { } consult) return;
        turn.Fact(new ConsultEnded(turn.At, ConsultEnd.Failed));
        HangUpLine(turn, consult);
    }

    public static void Together(CallTurn turn)
    {
        if (turn.Call.Consult is not { } consult) return; // done before
        turn.Fact(new Conferenced(turn.At));
        HangUpLine(turn, consult);
    }

    public static void HangUpLine(CallTurn turn, Consultation consult)
    {
        if (consult.Line is { } line && turn.Call.Leg(line) is { Lives: true }) turn.Do(new HangUpLeg(line));
    }
}
