namespace CallCenter.Domain.Tests.Chaos;

/// <summary>
/// What holds of every call and every agent between two events. Each state has a way out of its own, should the awaited event never come: a time limit,
/// or somebody who is there and can end it. What lives in the edge (legs, rooms) is watched by the edge's word, and by its silence.
/// </summary>
internal static class WaysOut
{
    /// <summary>The rule that is broken; null if all hold.</summary>
    public static string? Missing(CallState call, CallRules rules) => call.Phase switch
    {
        CallPhase.Empty => null,
        CallPhase.Ended => call is { Offers.IsEmpty: true, Parties.IsEmpty: true, Reaches.IsEmpty: true, Consult: null, Trip: null } ? null : "a call that has ended keeps somebody",
        CallPhase.Claiming or CallPhase.InFlow or CallPhase.Dialling when CallMachine.Deadline(call, rules) is null => $"nothing ends {call.Phase}",
        CallPhase.Waiting when call.Place is null => "a caller waits nowhere",
        CallPhase.Talking when !IsWithSomebody(call) => "a customer talks to nobody",
        _ => OfParts(call),
    };

    private static bool IsWithSomebody(CallState call) => call.Parties.Any(party => !party.Listens && party.Leg != call.Customer) || call.ReachFor(ReachFor.Transfer) is not null;

    private static string? OfParts(CallState call)
    {
        if (call.Offers.Any(offer => call.Leg(offer.Leg) is not { Lives: true })) return "an offer has lost its leg";
        if (call.Parties.Any(party => call.Leg(party.Leg) is not { Lives: true })) return "a party has lost its leg";
        if (call.Phase != CallPhase.Dialling && call.Leg(call.Customer) is not { Lives: true }) return "a call outlives its customer";
        if (call.Reaches.Any(reach => reach is { Rings: true, Agent: { } agent } && !call.Offers.Any(offer => offer.Agent == agent))) return "an agent rings without an offer";
        if (call.Trip is not null && call.Phase != CallPhase.InFlow) return "a trip outlives its flow";
        return OfConsultation(call);
    }

    private static string? OfConsultation(CallState call)
    {
        if (call.Consult is not { } consult) return call.Parties.Any(party => party.Side == Side.Aside) ? "somebody stands aside for nobody" : null;
        if (call.PartyAt(consult.By) is null) return "a consultation outlives who asked";
        if (consult.Target is { } target) return call.PartyAt(target) is null ? "a consultation outlives who was asked" : null;
        return call.ReachFor(ReachFor.Consult) is null ? "a consultation waits for nobody" : null;
    }

    /// <summary>The same of an agent.</summary>
    public static string? Missing(AgentState agent, DateTimeOffset now)
    {
        if (agent.Work != AgentWork.Idle && (agent.Until is null || agent.Contact is null)) return $"nothing ends {agent.Work}";
        if (agent.Wish is not null && agent.Presence is Presence.SignedOut or Presence.Break) return "a break is waited for that goes on, or by nobody";
        if (agent.Break is not null && agent.Presence != Presence.Break) return "a break outlives itself";
        if (agent.Hand is not null && agent.Work != AgentWork.Talking) return "a hand outlives its call";
        return agent.TeamHeld is not null && agent.RenewBreak > now + AgentLimits.BreakRenewal ? "the team hears too late" : null;
    }
}
