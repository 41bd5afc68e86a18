using CallCenter.Domain.Breaks;

namespace CallCenter.Domain.Agents;

/// <summary>The agent asked for a break and waits for its turn.</summary>
/// <param name="Place">In the team's line.</param>
[GenerateSerializer, Immutable, Alias("BreakRequested")]
public sealed record BreakRequested([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Reason, [property: Id(2)] BreakTerms Terms, [property: Id(3)] int Place) : Fact;

[GenerateSerializer, Immutable, Alias("BreakPlaceTold")]
public sealed record BreakPlaceTold([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Place) : Fact;

/// <summary>Who leads has the agent go before all who wait.</summary>
[GenerateSerializer, Immutable, Alias("BreakPutFirst")]
public sealed record BreakPutFirst([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>The agent wants the break no more.</summary>
[GenerateSerializer, Immutable, Alias("BreakWithdrawn")]
public sealed record BreakWithdrawn([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>The break began: at once, or after the call.</summary>
[GenerateSerializer, Immutable, Alias("BreakBegun")]
public sealed record BreakBegun([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Reason, [property: Id(2)] BreakTerms? Terms) : Fact;

/// <summary>The day's allowance for this reason is used up, and the break goes on.</summary>
[GenerateSerializer, Immutable, Alias("BreakOverrun")]
public sealed record BreakOverrun([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Reason) : Fact;

/// <param name="Length">In ms.</param>
[GenerateSerializer, Immutable, Alias("BreakEnded")]
public sealed record BreakEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Reason, [property: Id(2)] long Length) : Fact;

/// <summary>The agent raised a hand in a call (举手).</summary>
[GenerateSerializer, Immutable, Alias("HelpAsked")]
public sealed record HelpAsked([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact) : Fact;

/// <summary>The hand is down: lowered, or the call is over.</summary>
[GenerateSerializer, Immutable, Alias("HelpEnded")]
public sealed record HelpEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact) : Fact;
