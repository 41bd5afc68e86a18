namespace CallCenter.Domain.Breaks;

/// <summary>What a team is told by its agents.</summary>
[GenerateSerializer, Immutable, Alias("TeamEvent")]
public abstract record TeamEvent
{
    public abstract DateTimeOffset At { get; init; }
    public abstract AgentId Agent { get; init; }
}

/// <summary>The agent waits for a break.</summary>
/// <param name="Since">When it asked.</param>
/// <param name="First">Since when before those who only asked; null: in the order of asking.</param>
[GenerateSerializer, Immutable, Alias("BreakWanted")]
public sealed record BreakWanted([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] DateTimeOffset Since, [property: Id(3)] DateTimeOffset? First = null) : TeamEvent;

/// <summary>The agent is on a break, or will be after its call.</summary>
[GenerateSerializer, Immutable, Alias("BreakHeld")]
public sealed record BreakHeld([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent) : TeamEvent;

[GenerateSerializer, Immutable, Alias("BreakOver")]
public sealed record BreakOver([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent) : TeamEvent;
