namespace CallCenter.Api.Live;

/// <summary>Who has a part in the calls that go on, and in which queue they are, as the facts tell that were seen here.</summary>
/// <remarks>Not for several threads at once: facts are told one after the other.</remarks>
internal sealed class CallParts
{
    private readonly Dictionary<string, (Items<AgentId> Agents, QueueId? Queue)> calls = [];

    public (Items<AgentId> Agents, QueueId? Queue) Take(string call, Items<Fact> facts)
    {
        var parts = calls.GetValueOrDefault(call);
        var over = false;
        foreach (var fact in facts)
        {
            if (fact is Enqueued enqueued) parts.Queue = enqueued.Queue;
            if (AgentIn(fact) is { } agent && !parts.Agents.Contains(agent)) parts.Agents = parts.Agents.Add(agent);
            over |= fact is CallEnded;
        }
        if (over) calls.Remove(call);
        else calls[call] = parts;
        return parts;
    }

    public static AgentId? AgentIn(Fact fact) => fact switch
    {
        OfferStarted f => f.Agent,
        OfferAlerting f => f.Agent,
        OfferAnswered f => f.Agent,
        OfferEnded f => f.Agent,
        AgentJoined f => f.Agent,
        AgentLeft f => f.Agent,
        _ => null,
    };
}
