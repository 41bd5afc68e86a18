namespace CallCenter.Domain.Calls;

/// <summary>What the edge must do. Commands are repeated until acknowledged; each is harmless twice.</summary>
[GenerateSerializer, Immutable, Alias("EdgeCommand")]
public abstract record EdgeCommand : Effect;

/// <summary>Send the 200, and media from then on (silence until something plays). A browser that is being rung picks up.</summary>
[GenerateSerializer, Immutable, Alias("AnswerLeg")]
public sealed record AnswerLeg([property: Id(0)] LegId Leg) : EdgeCommand;

/// <summary>Refuse an inbound leg that was not answered.</summary>
/// <param name="SipStatus">300–699.</param>
/// <param name="Q850">A Reason header's cause (RFC 3326); 0 = none.</param>
[GenerateSerializer, Immutable, Alias("RejectLeg")]
public sealed record RejectLeg([property: Id(0)] LegId Leg, [property: Id(1)] int SipStatus, [property: Id(2)] int Q850) : EdgeCommand;

/// <summary>Play prompts once, in order, then (if given) one over and over; replaces what plays on the leg.</summary>
/// <param name="Play">Names the play in <see cref="PlayEnded"/>; the same name twice is one play.</param>
/// <param name="Interruptible">The edge stops the once-played part by itself at a digit, and reports the digit only.</param>
[GenerateSerializer, Immutable, Alias("PlayToLeg")]
public sealed record PlayToLeg([property: Id(0)] LegId Leg, [property: Id(1)] string Play, [property: Id(2)] Items<Prompt> Once, [property: Id(3)] Prompt? Then, [property: Id(4)] bool Interruptible) : EdgeCommand;

/// <summary>Call a station under a new leg; the caller's number is shown to it.</summary>
/// <param name="Until">Give up then (CANCEL), by itself too.</param>
/// <param name="Expected">Whoever is rung asked for it: a browser picks up by itself.</param>
[GenerateSerializer, Immutable, Alias("RingStation")]
public sealed record RingStation([property: Id(0)] LegId Leg, [property: Id(1)] string Station, [property: Id(2)] DateTimeOffset Until, [property: Id(3)] bool Expected = false) : EdgeCommand;

/// <summary>A browser that is being rung shows the offer: it rings. Phones say so by themselves. Said once at most.</summary>
[GenerateSerializer, Immutable, Alias("AlertLeg")]
public sealed record AlertLeg([property: Id(0)] LegId Leg) : EdgeCommand { public override bool Owed => false; }

/// <summary>End a leg in whatever state it is: CANCEL, BYE or refusal.</summary>
[GenerateSerializer, Immutable, Alias("HangUpLeg")]
public sealed record HangUpLeg([property: Id(0)] LegId Leg) : EdgeCommand;

/// <summary>What an agent must hear from the call that it is reserved for.</summary>
[GenerateSerializer, Immutable, Alias("CallToAgent")]
public abstract record CallToAgent : Effect
{
    public abstract AgentId Agent { get; init; }
    public abstract long Epoch { get; init; }
}

/// <summary>May the agent be reserved for this call, whatever its presence? Repeated until answered by <see cref="Offered"/> or <see cref="AgentRefused"/>.</summary>
[GenerateSerializer, Immutable, Alias("SeekAgent")]
public sealed record SeekAgent([property: Id(0)] AgentId Agent, [property: Id(1)] OfferTerms Terms) : CallToAgent
{
    public override long Epoch { get => 0; init { } }
    public override bool Owed => false;
}

/// <summary>The station answered: may they talk?</summary>
[GenerateSerializer, Immutable, Alias("TakeOffer")]
public sealed record TakeOffer([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] LegId Leg) : CallToAgent;

/// <summary>The offer came to nothing.</summary>
[GenerateSerializer, Immutable, Alias("CloseOffer")]
public sealed record CloseOffer([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] OfferEnd Why) : CallToAgent;

/// <summary>The conversation is over; after-call work begins.</summary>
[GenerateSerializer, Immutable, Alias("ReleaseAgent")]
public sealed record ReleaseAgent([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] DateTimeOffset At) : CallToAgent;

/// <summary>The conversation goes on.</summary>
[GenerateSerializer, Immutable, Alias("RenewLease")]
public sealed record RenewLease([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch) : CallToAgent { public override bool Owed => false; }

/// <summary>What routing must hear. Routing is soft state: nothing here is owed, the call's next word repairs it.</summary>
[GenerateSerializer, Immutable, Alias("CallToRouting")]
public abstract record CallToRouting : Effect { public override bool Owed => false; }

/// <summary>The call waits at this place (again); said anew at each sign of life.</summary>
[GenerateSerializer, Immutable, Alias("TakePlace")]
public sealed record TakePlace([property: Id(0)] Place Place) : CallToRouting;

/// <summary>An offer is under way: keep the place, offer nothing else before <paramref name="Until"/>.</summary>
[GenerateSerializer, Immutable, Alias("HoldPlace")]
public sealed record HoldPlace([property: Id(0)] Place Place, [property: Id(1)] DateTimeOffset Until) : CallToRouting;

[GenerateSerializer, Immutable, Alias("LeavePlace")]
public sealed record LeavePlace([property: Id(0)] QueueId Queue) : CallToRouting;

[GenerateSerializer, Immutable, Alias("AskPlace")]
public sealed record AskPlace([property: Id(0)] QueueId Queue) : CallToRouting;

/// <summary>What the tenant must hear: its limit counts a set of leased call ids.</summary>
[GenerateSerializer, Immutable, Alias("CallToTenant")]
public abstract record CallToTenant : Effect;

/// <summary>May this call go on? Also renews the lease.</summary>
[GenerateSerializer, Immutable, Alias("ClaimCallSlot")]
public sealed record ClaimCallSlot : CallToTenant { public override bool Owed => false; }

[GenerateSerializer, Immutable, Alias("GiveBackCallSlot")]
public sealed record GiveBackCallSlot : CallToTenant;
