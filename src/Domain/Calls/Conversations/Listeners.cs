namespace CallCenter.Domain.Calls.Conversations;

/// <summary>Supervisors and trainees who listen, speak in, and take over.</summary>
internal static class Listeners
{
    public static void Listen(CallTurn turn, Listen c)
    {
        var agent = (c.For ?? c.By.Agent)!.Value;
        if (turn.Call.PartyOf(agent) is { } party)
        {
            if (party.Mode != c.Mode || party.With != c.With) turn.Fact(new ListenChanged(turn.At, party.Leg, c.With, c.Mode));
        }
        else if (turn.Call.ReachOf(agent) is null) Reaching.Start(turn, ReachFor.Listen, new(Agent: agent), with: c.With, mode: c.Mode);
    }

    /// <summary>A consultation of the agent who leaves is over too: the listener never heard it.</summary>
    public static void TakeOver(CallTurn turn, Party listener)
    {
        if (!listener.Listens || Checks.Overtaken(turn.Call, listener) is not { } from) return;
        if (turn.Call.Consult is { } consult && consult.By == from.Leg) Transfers.Cancel(turn, ConsultEnd.AgentLeft);
        turn.Fact(new TookOver(turn.At, listener.Agent!.Value, listener.Leg, from.Agent!.Value));
        Leaving.Release(turn, from);
    }
}
