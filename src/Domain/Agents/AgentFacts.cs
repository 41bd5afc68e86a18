using System.Text.Json.Serialization;

namespace CallCenter.Domain.Agents;

/// <summary>The agent signed in, at a station.</summary>
[GenerateSerializer, Immutable, Alias("AgentSignedIn")]
public sealed record AgentSignedIn([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Station) : Fact;

[GenerateSerializer, Immutable, Alias("AgentSignedOut")]
public sealed record AgentSignedOut([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>The agent (or a supervisor) chose a presence.</summary>
/// <param name="Reason">The tenant's reason code; demanded by notReady and break.</param>
/// <param name="Terms">Of a break.</param>
[GenerateSerializer, Immutable, Alias("PresenceChosen")]
public sealed record PresenceChosen([property: Id(0)] DateTimeOffset At, [property: Id(1)] Presence Presence, [property: Id(2)] string? Reason, [property: Id(3)] BreakTerms? Terms = null) : Fact;

/// <summary>The agent talks by something else from now on. The number of an outside telephone is personal: it stands in no fact.</summary>
[GenerateSerializer, Immutable, Alias("StationTurned")]
public sealed record StationTurned([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Station, [property: Id(2), JsonConverter(typeof(EnumText<StationKind>))] StationKind StationIs) : Fact;

/// <summary>The agent is reserved for a contact: a lease until <paramref name="Until"/>.</summary>
/// <param name="Epoch">Numbers the agent's leases; a later word with an older epoch is refused.</param>
/// <param name="StationIs">By what the agent is to be rung.</param>
[GenerateSerializer, Immutable, Alias("OfferMade")]
public sealed record OfferMade([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch, [property: Id(3)] DateTimeOffset Until, [property: Id(4)] OfferTerms Terms, [property: Id(5), JsonConverter(typeof(EnumText<StationKind>))] StationKind StationIs = StationKind.Phone) : Fact;

/// <summary>The lease was confirmed: the agent talks. It is renewed by the call's word.</summary>
[GenerateSerializer, Immutable, Alias("OfferTaken")]
public sealed record OfferTaken([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch) : Fact;

/// <summary>The offer came to nothing.</summary>
/// <param name="RetryFrom">No new offer before this instant (delay by cause).</param>
[GenerateSerializer, Immutable, Alias("OfferClosed")]
public sealed record OfferClosed([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch, [property: Id(3)] OfferEnd Why, [property: Id(4)] DateTimeOffset RetryFrom) : Fact;

/// <summary>The conversation is over, as the call said or because its lease ran out.</summary>
/// <param name="AfterCallUntil">End of the after-call work; null = none.</param>
/// <param name="Lapsed">The lease ran out: the call was not heard of.</param>
[GenerateSerializer, Immutable, Alias("AgentReleased")]
public sealed record AgentReleased([property: Id(0)] DateTimeOffset At, [property: Id(1)] Contact Contact, [property: Id(2)] long Epoch, [property: Id(3)] DateTimeOffset? AfterCallUntil, [property: Id(4)] bool Lapsed) : Fact;

[GenerateSerializer, Immutable, Alias("AfterCallEnded")]
public sealed record AfterCallEnded([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>The agent's browser is not heard any more: nothing is offered until it is back.</summary>
[GenerateSerializer, Immutable, Alias("StationFellSilent")]
public sealed record StationFellSilent([property: Id(0)] DateTimeOffset At) : Fact;

[GenerateSerializer, Immutable, Alias("StationReturned")]
public sealed record StationReturned([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>Too many offers in a row were not answered: no more until the agent chooses a presence.</summary>
[GenerateSerializer, Immutable, Alias("AgentNotResponding")]
public sealed record AgentNotResponding([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Misses) : Fact;
