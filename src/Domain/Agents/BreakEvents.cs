namespace CallCenter.Domain.Agents;

/// <summary>The team: the break may begin.</summary>
[GenerateSerializer, Immutable, Alias("BreakAllowed")]
public sealed record BreakAllowed([property: Id(0)] DateTimeOffset At) : AgentEvent;

/// <summary>The team: so many are before the agent, itself counted.</summary>
[GenerateSerializer, Immutable, Alias("BreakPlaceIs")]
public sealed record BreakPlaceIs([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Place) : AgentEvent;

/// <summary>Who leads has the agent go on its break before all others who wait.</summary>
[GenerateSerializer, Immutable, Alias("GoFirst")]
public sealed record GoFirst([property: Id(0)] DateTimeOffset At) : AgentEvent;

/// <summary>The agent asks for help in its call.</summary>
[GenerateSerializer, Immutable, Alias("RaiseHand")]
public sealed record RaiseHand([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : AgentEvent;

[GenerateSerializer, Immutable, Alias("LowerHand")]
public sealed record LowerHand([property: Id(0)] DateTimeOffset At) : AgentEvent;

/// <summary>What the agent tells its team: soft, said anew.</summary>
[GenerateSerializer, Immutable, Alias("AgentToTeam")]
public abstract record AgentToTeam : Effect
{
    public abstract string Team { get; init; }
    public override bool Owed => false;
}

/// <summary>I wait for a break.</summary>
/// <param name="First">Since when before those who only asked; null: in the order of asking.</param>
[GenerateSerializer, Immutable, Alias("TellBreakWanted")]
public sealed record TellBreakWanted([property: Id(0)] string Team, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset? First = null) : AgentToTeam;

/// <summary>I am on a break, or shall be after this call.</summary>
[GenerateSerializer, Immutable, Alias("TellBreakHeld")]
public sealed record TellBreakHeld([property: Id(0)] string Team) : AgentToTeam;

[GenerateSerializer, Immutable, Alias("TellBreakOver")]
public sealed record TellBreakOver([property: Id(0)] string Team) : AgentToTeam;
