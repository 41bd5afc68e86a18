using Orleans.Concurrency;

namespace CallCenter.Contracts.Agents;

/// <summary>One agent: a person. Key: owner/agent. It alone owns its lease.</summary>
[Alias("IAgentGrain")]
public interface IAgentGrain : IGrainWithStringKey
{
    [Alias("Tell")] Task Tell(Letter<AgentEvent> letter);

    [Alias("Acknowledge"), AlwaysInterleave, OneWay] Task Acknowledge(Ack ack);

    /// <summary>Chooses a presence; null if it is done, else why not.</summary>
    [Alias("Choose")] Task<Refusal?> Choose(Presence presence, string? reason);

    [Alias("Look"), ReadOnly] Task<AgentView> Look();

    /// <summary>The agent has done with a call what there is to do after it; means nothing unless that is its after-call work.</summary>
    [Alias("EndAfterCall")] Task EndAfterCall(CallId call);

    /// <summary>The agent's settings changed: read them anew.</summary>
    [Alias("Refresh")] Task Refresh();
}

/// <summary>An agent as others see it now.</summary>
/// <param name="Since">When the present state began.</param>
[GenerateSerializer, Immutable, Alias("AgentView")]
public sealed record AgentView([property: Id(0)] AgentId Agent, [property: Id(1)] Presence Presence, [property: Id(2)] string? Reason, [property: Id(3)] AgentWork Work, [property: Id(4)] bool NotResponding, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] CallId? Call);
