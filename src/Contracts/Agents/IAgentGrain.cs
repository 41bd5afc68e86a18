using CallCenter.Domain.Breaks;
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

    /// <summary>Chooses a break; null if it is done, else why not.</summary>
    /// <param name="place">Null: it may begin; else it waits for its turn, at this place of the team's line.</param>
    [Alias("ChooseBreak")] Task<Refusal?> ChooseBreak(string? reason, BreakTerms terms, int? place);

    /// <summary>The agent goes on its break before all others who wait; null if it waits for one, else why not.</summary>
    [Alias("PutFirst")] Task<Refusal?> PutFirst();

    /// <summary>Raises a hand in a call, or lowers it.</summary>
    /// <param name="call">Null: it goes down.</param>
    [Alias("AskHelp")] Task<Refusal?> AskHelp(CallId? call);

    [Alias("Look"), ReadOnly] Task<AgentView> Look();

    /// <summary>The agent has done with a call what there is to do after it; means nothing unless that is its after-call work.</summary>
    [Alias("EndAfterCall")] Task EndAfterCall(CallId call);

    /// <summary>The agent's settings changed: read them anew.</summary>
    [Alias("Refresh")] Task Refresh();
}

/// <summary>An agent as others see it now.</summary>
/// <param name="Since">When the present state began.</param>
/// <param name="Contact">The call of its lease, with its tenant; <paramref name="Epoch"/> and <paramref name="Until"/> are the lease's.</param>
/// <param name="Away">Its browser is not heard.</param>
[GenerateSerializer, Immutable, Alias("AgentView")]
public sealed record AgentView([property: Id(0)] AgentId Agent, [property: Id(1)] Presence Presence, [property: Id(2)] string? Reason, [property: Id(3)] AgentWork Work, [property: Id(4)] bool NotResponding, [property: Id(5)] DateTimeOffset Since, [property: Id(6)] CallId? Call,
    [property: Id(7)] Contact? Contact = null, [property: Id(8)] long Epoch = 0, [property: Id(9)] DateTimeOffset? Until = null, [property: Id(10)] bool Away = false)
{
    /// <summary>The break that goes on or is waited for.</summary>
    [Id(11)] public BreakView? Break { get; init; }

    /// <summary>Since when the agent asks for help in its call; null = it does not.</summary>
    [Id(12)] public DateTimeOffset? HelpSince { get; init; }

    /// <summary>The last call that it left; null before the first.</summary>
    [Id(13)] public LeftContact? LastContact { get; init; }
}

/// <summary>How far a break has come: in the team's line, allowed and after the present call, going on.</summary>
public enum BreakProgress { Waits, Allowed, Goes }

/// <param name="Since">When it was asked for, or began.</param>
/// <param name="Place">In the line, while it waits.</param>
/// <param name="Until">When the day's allowance for this reason is used up.</param>
/// <param name="Overrun">It is used up.</param>
/// <param name="Team">Whose quota it counts against.</param>
/// <param name="First">While it waits: since when who leads has it stand before all who only asked.</param>
[GenerateSerializer, Immutable, Alias("BreakView")]
public sealed record BreakView([property: Id(0)] BreakProgress State, [property: Id(1)] string Reason, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] int? Place, [property: Id(4)] DateTimeOffset? Until, [property: Id(5)] bool Overrun, [property: Id(6)] string? Team, [property: Id(7)] DateTimeOffset? First = null);
