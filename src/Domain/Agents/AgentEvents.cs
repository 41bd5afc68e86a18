namespace CallCenter.Domain.Agents;

/// <summary>What an agent is told.</summary>
[GenerateSerializer, Immutable, Alias("AgentEvent")]
public abstract record AgentEvent
{
    public abstract DateTimeOffset At { get; init; }

    /// <summary>The same, but not ahead of the clock of whom it is told; see <see cref="CallEvent.NotAfter"/>.</summary>
    public AgentEvent NotAfter(DateTimeOffset now) => At > now ? this with { At = now } : this;
}

/// <summary>The agent's phone registered, or its browser is heard; with autoSignIn that signs in. Or the agent chose an outside number, which signs nobody in.</summary>
/// <param name="Kind">What the station is.</param>
[GenerateSerializer, Immutable, Alias("StationUp")]
public sealed record StationUp([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Station, [property: Id(2)] StationKind Kind = StationKind.Phone) : AgentEvent;

/// <summary>The agent's phone is no longer registered.</summary>
[GenerateSerializer, Immutable, Alias("StationDown")]
public sealed record StationDown([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Station) : AgentEvent;

/// <summary>The agent's browser is not heard: it may be back (<see cref="StationUp"/>), or be given up (<see cref="StationDown"/>).</summary>
[GenerateSerializer, Immutable, Alias("StationSilent")]
public sealed record StationSilent([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Station) : AgentEvent;

/// <summary>The agent, or a supervisor, chooses a presence.</summary>
/// <param name="Break">What holds for a break.</param>
/// <param name="Place">The break waits for its turn, at this place of the team's line; null: it may begin.</param>
[GenerateSerializer, Immutable, Alias("ChoosePresence")]
public sealed record ChoosePresence([property: Id(0)] DateTimeOffset At, [property: Id(1)] Presence Presence, [property: Id(2)] string? Reason, [property: Id(3)] BreakTerms? Break = null, [property: Id(4)] int? Place = null) : AgentEvent;

/// <summary>Routing wants the agent for a contact.</summary>
/// <param name="Since">Since when the contact waits.</param>
[GenerateSerializer, Immutable, Alias("Reserve")]
public sealed record Reserve([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] OfferTerms Terms, [property: Id(3)] DateTimeOffset Since = default) : AgentEvent;

/// <summary>A call wants the agent in person: allowed whatever the presence while signed in and with no other call.</summary>
[GenerateSerializer, Immutable, Alias("ReserveDirect")]
public sealed record ReserveDirect([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] OfferTerms Terms) : AgentEvent;

/// <summary>The call: the station answered, may they talk?</summary>
[GenerateSerializer, Immutable, Alias("Take")]
public sealed record Take([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg) : AgentEvent;

/// <summary>The call: the offer came to nothing.</summary>
[GenerateSerializer, Immutable, Alias("Close")]
public sealed record Close([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch, [property: Id(3)] OfferEnd Why) : AgentEvent;

/// <summary>The call: the conversation is over.</summary>
[GenerateSerializer, Immutable, Alias("Release")]
public sealed record Release([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch) : AgentEvent;

/// <summary>The call: the conversation goes on.</summary>
[GenerateSerializer, Immutable, Alias("Renew")]
public sealed record Renew([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch) : AgentEvent;

/// <summary>The agent has written down what there was to write of a call: its after-call work, if it still goes on, is over.</summary>
[GenerateSerializer, Immutable, Alias("AfterCallDone")]
public sealed record AfterCallDone([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : AgentEvent;

/// <summary>Routing asks for the agent's word.</summary>
[GenerateSerializer, Immutable, Alias("Asked")]
public sealed record Asked([property: Id(0)] DateTimeOffset At) : AgentEvent;

/// <summary>The agent's settings changed (or were read for the first time).</summary>
[GenerateSerializer, Immutable, Alias("ProfileChanged")]
public sealed record ProfileChanged([property: Id(0)] DateTimeOffset At) : AgentEvent;

/// <summary>The agent's own clock: its deadline has come.</summary>
[GenerateSerializer, Immutable, Alias("AgentTimeUp")]
public sealed record AgentTimeUp([property: Id(0)] DateTimeOffset At) : AgentEvent;
