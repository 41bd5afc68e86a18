namespace CallCenter.Domain.Calls.Conversations;

/// <summary>The customer goes through a flow for an agent, and comes back.</summary>
internal static class Trips
{
    public static void Send(CallTurn turn, Party party, FlowVersion flow)
    {
        turn.Fact(new SentToFlow(turn.At, party.Leg, flow));
        CallMachine.Enter(turn, turn.Flow.Start);
    }

    /// <summary>With the agent again; if that one was lost, first in the queue where the customer came from.</summary>
    public static void Return(CallTurn turn, string outcome)
    {
        CallMachine.LeaveNode(turn);
        turn.Fact(new FlowReturned(turn.At, outcome));
        Leaving.GoOn(turn, EndedBy.Platform, EndReason.AgentLost, Blame.Platform, mayWait: true);
    }

    /// <summary>The flow put the customer into a queue: the agent's part is over.</summary>
    public static void Queued(CallTurn turn) => Gone(turn, "queued");

    /// <summary>Somebody takes the customer from the flow.</summary>
    public static void HandedOn(CallTurn turn)
    {
        if (turn.Call.Trip is not null) Gone(turn, "transferred");
    }

    private static void Gone(CallTurn turn, string outcome)
    {
        turn.Fact(new FlowReturned(turn.At, outcome));
        foreach (var party in turn.Call.Parties) if (!party.Listens) Leaving.Release(turn, party);
    }
}
