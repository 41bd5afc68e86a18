namespace CallCenter.Domain.Calls;

/// <summary>What a call is told: by its edge, by agents, by routing, by its tenant, by its clock.</summary>
[GenerateSerializer, Immutable, Alias("CallEvent")]
public abstract record CallEvent
{
    /// <summary>When it happened (UTC), measured at the source.</summary>
    public abstract DateTimeOffset At { get; init; }

    /// <summary>The same, but not ahead of the clock of whom it is told: another machine's may be, or this one's was before it was put back, and no time limit may wait for that.</summary>
    public CallEvent NotAfter(DateTimeOffset now) => At > now ? this with { At = now } : this;
}

// From the edge.

/// <summary>An INVITE for one of the tenant's numbers. The caller's number is personal: it travels in the message, not in the fact.</summary>
/// <param name="CallerNumber">As sent by the trunk; empty if withheld.</param>
/// <param name="CallerName">The display name, if any.</param>
/// <param name="Web">Of a visitor of a web page, who has no number; null of everybody else.</param>
[GenerateSerializer, Immutable, Alias("Arrived")]
public sealed record Arrived([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] EdgeId Edge, [property: Id(3)] long EdgeEpoch, [property: Id(4)] string? Trunk, [property: Id(5)] string Number, [property: Id(6)] FlowVersion Flow, [property: Id(7)] bool Limited, [property: Id(8)] string CallerNumber, [property: Id(9)] string? CallerName, [property: Id(10)] WebVisit? Web = null) : CallEvent;

/// <summary>The caller's leg is answered: our 200 went out.</summary>
[GenerateSerializer, Immutable, Alias("Answered")]
public sealed record Answered([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

[GenerateSerializer, Immutable, Alias("Alerting")]
public sealed record Alerting([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

/// <summary>A station that we called answered.</summary>
[GenerateSerializer, Immutable, Alias("PickedUp")]
public sealed record PickedUp([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

/// <summary>A station or number that we called will not answer.</summary>
/// <param name="Q850">The cause that the far end named (RFC 3326); 0 = none.</param>
/// <param name="Signalling">Its SIP messages; null if none are kept.</param>
[GenerateSerializer, Immutable, Alias("NotPickedUp")]
public sealed record NotPickedUp([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] LegFailure Why, [property: Id(3)] int SipStatus, [property: Id(4)] int Q850 = 0, [property: Id(5)] LegSignalling? Signalling = null) : CallEvent;

/// <summary>A leg is over, whoever ended it; sent once a leg.</summary>
/// <param name="Quality">How it sounded; null if nothing was heard of it.</param>
/// <param name="Signalling">Its SIP messages; null if none are kept.</param>
[GenerateSerializer, Immutable, Alias("HungUp")]
public sealed record HungUp([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] LegEndedBy By, [property: Id(3)] int SipStatus, [property: Id(4)] int Q850, [property: Id(5)] LegQuality? Quality = null, [property: Id(6)] LegSignalling? Signalling = null) : CallEvent;

/// <summary>A key was pressed (0–9, *, #, A–D).</summary>
[GenerateSerializer, Immutable, Alias("DigitPressed")]
public sealed record DigitPressed([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] char Digit) : CallEvent;

/// <summary>A leg whose track watches for it has said nothing since <paramref name="Since"/>.</summary>
[GenerateSerializer, Immutable, Alias("FellQuiet")]
public sealed record FellQuiet([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] DateTimeOffset Since) : CallEvent;

/// <summary>A leg is a fax machine by its tone.</summary>
[GenerateSerializer, Immutable, Alias("FaxHeard")]
public sealed record FaxHeard([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] FaxTone Tone) : CallEvent;

/// <summary>A leg that was to be judged (<see cref="RingNumber"/>) told by its sound who has answered; said once, unless it ends before.</summary>
[GenerateSerializer, Immutable, Alias("AnswerHeard")]
public sealed record AnswerHeard([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] AnswerSign Sign) : CallEvent;

/// <summary>The once-played part of a play was heard to its end.</summary>
[GenerateSerializer, Immutable, Alias("PlayEnded")]
public sealed record PlayEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] string Play) : CallEvent;

/// <summary>The watchdog's word that the leg lives; wakes a call that was lost, and has it re-assert its place.</summary>
[GenerateSerializer, Immutable, Alias("StillThere")]
public sealed record StillThere([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : CallEvent;

/// <summary>The edge that held the call's legs is gone or was started anew.</summary>
[GenerateSerializer, Immutable, Alias("EdgeLost")]
public sealed record EdgeLost([property: Id(0)] DateTimeOffset At, [property: Id(1)] EdgeId Edge, [property: Id(2)] long NewEpoch) : CallEvent;

// From the tenant's grain.
[GenerateSerializer, Immutable, Alias("SlotGranted")]
public sealed record SlotGranted([property: Id(0)] DateTimeOffset At) : CallEvent;
[GenerateSerializer, Immutable, Alias("SlotRefused")]
public sealed record SlotRefused([property: Id(0)] DateTimeOffset At) : CallEvent;

// From agents.

/// <summary>An agent is reserved for this call and waits for its station to be called.</summary>
/// <param name="Remaining">How long the offer still stands; an instant of another machine's clock would not do.</param>
/// <param name="Station">The extension to call.</param>
/// <param name="StaffNumber">The agent's in the call's tenant; null if it has none.</param>
/// <param name="Kind">What the station is: an outside number is called over a trunk.</param>
[GenerateSerializer, Immutable, Alias("Offered")]
public sealed record Offered([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] TimeSpan Remaining, [property: Id(4)] string Station, [property: Id(5)] OfferTerms Terms, [property: Id(6)] string? StaffNumber = null, [property: Id(7)] StationKind Kind = StationKind.Phone) : CallEvent;

/// <summary>The agent confirmed the lease: they may talk.</summary>
[GenerateSerializer, Immutable, Alias("OfferConfirmed")]
public sealed record OfferConfirmed([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg) : CallEvent;

/// <summary>The agent no longer holds that offer (its lease ran out, or it never was).</summary>
[GenerateSerializer, Immutable, Alias("OfferGone")]
public sealed record OfferGone([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch) : CallEvent;

/// <summary>The agent cannot be reserved: signed out, or with another call.</summary>
[GenerateSerializer, Immutable, Alias("AgentRefused")]
public sealed record AgentRefused([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent) : CallEvent;

// From routing.
[GenerateSerializer, Immutable, Alias("PlaceIs")]
public sealed record PlaceIs([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Position) : CallEvent;

/// <summary>Routing was started anew and wants to know of every open call whether it waits, and where.</summary>
[GenerateSerializer, Immutable, Alias("PlaceWanted")]
public sealed record PlaceWanted([property: Id(0)] DateTimeOffset At) : CallEvent;

/// <summary>The call's own clock: <see cref="CallMachine.Deadline"/> has come.</summary>
[GenerateSerializer, Immutable, Alias("CallTimeUp")]
public sealed record CallTimeUp([property: Id(0)] DateTimeOffset At) : CallEvent;
