using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>A call reached one of the tenant's numbers.</summary>
/// <param name="Leg">The caller's leg.</param>
/// <param name="Edge">The edge that holds the leg; the call is anchored there.</param>
/// <param name="EdgeEpoch">Which start of that edge.</param>
/// <param name="Trunk">The trunk it came in by; null from an extension.</param>
/// <param name="Number">The number that was called, canonical.</param>
/// <param name="Flow">The flow that serves it, in the version it keeps to the end.</param>
/// <param name="HomeArea">归属地 of the caller's number by area code; null if unknown.</param>
/// <param name="AreaData">Version of the area data that said so.</param>
/// <param name="Limited">The tenant has a limit on calls: a slot must be claimed first.</param>
[GenerateSerializer, Immutable, Alias("CallArrived")]
public sealed record CallArrived([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] EdgeId Edge, [property: Id(3)] long EdgeEpoch, [property: Id(4)] string? Trunk, [property: Id(5)] string Number, [property: Id(6)] FlowVersion Flow, [property: Id(7)] string? HomeArea, [property: Id(8)] string AreaData, [property: Id(9)] bool Limited) : Fact;

/// <summary>The caller is a visitor of a web page. What the page sent along is personal: it stands under <c>visit</c> in the personal store.</summary>
/// <param name="Origin">Of the page with the button.</param>
/// <param name="ConsentVersion">Of the text that the visitor agreed to; null where there was none.</param>
[GenerateSerializer, Immutable, Alias("CameByWeb")]
public sealed record CameByWeb([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] string Origin, [property: Id(3)] int? ConsentVersion) : Fact;

/// <summary>The tenant's limit on calls left room for this one.</summary>
[GenerateSerializer, Immutable, Alias("CallAdmitted")]
public sealed record CallAdmitted([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>The flow went on to a node.</summary>
/// <param name="Answers">The order to answer the caller was given here; its instant is the fact <see cref="LegAnswered"/>.</param>
[GenerateSerializer, Immutable, Alias("NodeEntered")]
public sealed record NodeEntered([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] bool Answers = false) : Fact;

/// <summary>We answered the caller's leg, or the far end answered ours (the instant of the 200).</summary>
[GenerateSerializer, Immutable, Alias("LegAnswered")]
public sealed record LegAnswered([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

/// <summary>A leg is over.</summary>
/// <param name="By">Who ended it.</param>
/// <param name="SipStatus">The final status of a leg that was never answered; 0 otherwise.</param>
/// <param name="Q850">The cause in a Reason header (RFC 3326); 0 if there was none.</param>
/// <param name="Quality">How it sounded; null if nothing was heard of it, or its edge is gone.</param>
/// <param name="Signalling">Its SIP messages; null if its edge keeps none, or is gone.</param>
[GenerateSerializer, Immutable, Alias("LegEnded")]
public sealed record LegEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] LegEndedBy By, [property: Id(3)] int SipStatus, [property: Id(4)] int Q850, [property: Id(5)] LegQuality? Quality = null, [property: Id(6)] LegSignalling? Signalling = null) : Fact;

/// <summary>The part of a play that is played once was heard to its end.</summary>
[GenerateSerializer, Immutable, Alias("PromptEnded")]
public sealed record PromptEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] string Play) : Fact;

/// <summary>The recording notice was played; it stands before the first recorded segment.</summary>
/// <param name="Whole">False if a digit cut it short.</param>
[GenerateSerializer, Immutable, Alias("NoticePlayed")]
public sealed record NoticePlayed([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Version, [property: Id(2)] bool Whole) : Fact;

/// <summary>The caller chose a branch of a menu. The key is a branch of the flow, not personal data.</summary>
[GenerateSerializer, Immutable, Alias("MenuChosen")]
public sealed record MenuChosen([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] string Key) : Fact;

/// <summary>The caller pressed nothing, or a key without a branch.</summary>
[GenerateSerializer, Immutable, Alias("MenuMissed")]
public sealed record MenuMissed([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Node, [property: Id(2)] MenuMiss Why) : Fact;

/// <summary>The caller began to wait in a queue.</summary>
/// <param name="Priority">1 (first) … 10.</param>
[GenerateSerializer, Immutable, Alias("Enqueued")]
public sealed record Enqueued([property: Id(0)] DateTimeOffset At, [property: Id(1)] QueueId Queue, [property: Id(2)] int Priority) : Fact;

/// <summary>The caller heard the place in the line, 1 = next.</summary>
[GenerateSerializer, Immutable, Alias("PlaceTold")]
public sealed record PlaceTold([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Position) : Fact;

/// <summary>The caller left the queue without an agent.</summary>
[GenerateSerializer, Immutable, Alias("QueueLeft")]
public sealed record QueueLeft([property: Id(0)] DateTimeOffset At, [property: Id(1)] QueueId Queue, [property: Id(2)] QueueLeaving Why) : Fact;

/// <summary>An agent holds this call as an offer, and the agent's station is being called.</summary>
/// <param name="Queue">Whose offer it is; null if an agent is wanted in person.</param>
/// <param name="Until">When the call gives the offer up; the agent's lease ends a little later.</param>
/// <param name="StaffNumber">The agent's in the call's tenant; null if it has none.</param>
/// <param name="StationIs">What the station is.</param>
/// <param name="Station">The extension that is the station; null in a fact of an earlier version.</param>
[GenerateSerializer, Immutable, Alias("OfferStarted")]
public sealed record OfferStarted([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg, [property: Id(4)] QueueId? Queue, [property: Id(5)] DateTimeOffset Until, [property: Id(6)] bool Recording, [property: Id(7)] int QueueVersion, [property: Id(8)] string? StaffNumber = null, [property: Id(9), JsonConverter(typeof(EnumText<StationKind>))] StationKind StationIs = StationKind.Phone, [property: Id(10)] string? Station = null) : Fact;

/// <summary>The agent's station rings.</summary>
[GenerateSerializer, Immutable, Alias("OfferAlerting")]
public sealed record OfferAlerting([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch) : Fact;

/// <summary>The agent's station answered; the agent must now confirm the lease.</summary>
[GenerateSerializer, Immutable, Alias("OfferAnswered")]
public sealed record OfferAnswered([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg) : Fact;

/// <summary>The outside number that is the agent's station is called, over a trunk. The number is the agent's own: it stands in no fact.</summary>
/// <param name="Shown">The tenant's own number that its telephone shows, as the trunk was told it.</param>
[GenerateSerializer, Immutable, Alias("OfferDialled")]
public sealed record OfferDialled([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg, [property: Id(4)] string Trunk, [property: Id(5)] string Shown) : Fact;

/// <summary>Somebody, or something, has picked up the outside number, and is asked to take the call by a key.</summary>
/// <param name="Until">By when.</param>
[GenerateSerializer, Immutable, Alias("OfferPrompted")]
public sealed record OfferPrompted([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg, [property: Id(4)] DateTimeOffset Until) : Fact;

/// <summary>An offer ended without a conversation.</summary>
/// <param name="Refused">Why the outside number may not be called, of an offer that is unreachable for that.</param>
[GenerateSerializer, Immutable, Alias("OfferEnded")]
public sealed record OfferEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] OfferEnd Why, [property: Id(4)] DialRefusal? Refused = null) : Fact;

/// <summary>The agent is in the conversation: with the customer, or aside if it is consulted.</summary>
[GenerateSerializer, Immutable, Alias("AgentJoined")]
public sealed record AgentJoined([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg) : Fact;

/// <summary>The agent's part in the conversation is over.</summary>
[GenerateSerializer, Immutable, Alias("AgentLeft")]
public sealed record AgentLeft([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] LegId Leg) : Fact;

/// <summary>The call's recording began: one set of tracks for the whole call, see <see cref="Conversations.TrackStarted"/>.</summary>
/// <param name="Recording">Its id inside the call.</param>
/// <param name="Left">The leg on the left channel: the customer.</param>
/// <param name="Right">The first leg on the right channel, where all others are.</param>
[GenerateSerializer, Immutable, Alias("RecordingStarted")]
public sealed record RecordingStarted([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] LegId Left, [property: Id(3)] LegId Right) : Fact;

[GenerateSerializer, Immutable, Alias("RecordingStopped")]
public sealed record RecordingStopped([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording) : Fact;

/// <summary>From here on connected seconds are not recorded, and why.</summary>
[GenerateSerializer, Immutable, Alias("NotRecorded")]
public sealed record NotRecorded([property: Id(0)] DateTimeOffset At, [property: Id(1)] NotRecordedReason Why) : Fact;

/// <summary>A fax machine is at the end of a leg; once for each of its tones.</summary>
[GenerateSerializer, Immutable, Alias("FaxDetected")]
public sealed record FaxDetected([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] FaxTone Tone) : Fact;

/// <summary>Who answered a call that we made, by how the answer sounded; once a call, and only if that was asked for.</summary>
/// <param name="Answerer">Human, machine, or unknown.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="AfterMs">From the answer to this judgement, ms.</param>
[GenerateSerializer, Immutable, Alias("AnswerClassified")]
public sealed record AnswerClassified([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] AnswerKind Answerer, [property: Id(3)] double Confidence, [property: Id(4)] long AfterMs) : Fact;

/// <summary>The call is over; nothing but debts follows.</summary>
[GenerateSerializer, Immutable, Alias("CallEnded")]
public sealed record CallEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] EndedBy By, [property: Id(2)] EndReason Reason, [property: Id(3)] Blame Blame) : Fact;
