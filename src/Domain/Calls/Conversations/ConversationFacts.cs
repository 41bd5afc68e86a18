using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls.Conversations;

[JsonConverter(typeof(EnumText<TransferKind>))]
public enum TransferKind { Blind, Attended }

[JsonConverter(typeof(EnumText<ConsultEnd>))]
public enum ConsultEnd
{
    /// <summary>The agent took the customer back.</summary>
    Cancelled,
    /// <summary>The consulted party hung up: the customer stays on hold.</summary>
    TargetLeft,
    /// <summary>Nobody was reached: the customer is back.</summary>
    Failed,
    /// <summary>The agent went.</summary>
    AgentLeft,
}

/// <summary>What a leg says is recorded from here on.</summary>
/// <param name="Track">Its name inside the recording, never used twice.</param>
[GenerateSerializer, Immutable, Alias("TrackStarted")]
public sealed record TrackStarted([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] string Track, [property: Id(3)] LegId Leg, [property: Id(4)] Channel Channel) : Fact;

[GenerateSerializer, Immutable, Alias("TrackStopped")]
public sealed record TrackStopped([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] string Track) : Fact;

/// <summary>A track is complete. Whatever is changed in it from here on, the seal tells.</summary>
/// <param name="Segments">Kept.</param>
/// <param name="Lost">Could not be kept.</param>
/// <param name="Seal">Hash of the last segment kept, which holds those of all before; hexadecimal, empty if none was.</param>
/// <param name="Speech">How much of it was speech; null where nothing was recorded.</param>
[GenerateSerializer, Immutable, Alias("TrackSealed")]
public sealed record TrackSealed([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Recording, [property: Id(2)] string Track, [property: Id(3)] int Segments, [property: Id(4)] int Lost, [property: Id(5)] string Seal, [property: Id(6)] TrackSpeech? Speech = null) : Fact;

/// <summary>The edge that recorded is gone: what it has not sealed yet stays without a seal, unless the edge was there after all and tells it before the call is closed.</summary>
[GenerateSerializer, Immutable, Alias("SealsGivenUp")]
public sealed record SealsGivenUp([property: Id(0)] DateTimeOffset At) : Fact;

/// <summary>A phone dialled, or an agent called from the desktop. The number called is personal: it stands in no fact.</summary>
/// <param name="Agent">Who calls; null from a station without an agent.</param>
/// <param name="Extension">From which station; null until the agent's is known.</param>
/// <param name="Leg">The leg of the phone that dialled; null if the agent's phone must be rung first.</param>
/// <param name="ToAgent">Whom; a number if neither this nor <paramref name="ToExtension"/> is given.</param>
/// <param name="Shown">The own number to be shown, as asked for; null = the tenant's default.</param>
/// <param name="Classifies">Who answers is to be judged by the sound.</param>
/// <param name="Emergency">A phone called for help: it does so without its agent too.</param>
[GenerateSerializer, Immutable, Alias("CallDialled")]
public sealed record CallDialled([property: Id(0)] DateTimeOffset At, [property: Id(1)] EdgeId Edge, [property: Id(2)] long EdgeEpoch, [property: Id(3)] AgentId? Agent, [property: Id(4)] string? Extension, [property: Id(5)] LegId? Leg, [property: Id(6)] AgentId? ToAgent, [property: Id(7)] string? ToExtension, [property: Id(8)] string? Shown, [property: Id(9)] bool Recording, [property: Id(10)] bool Classifies = false, [property: Id(11)] bool Emergency = false) : Fact;

/// <summary>The call tries to reach somebody: an agent, a station, or else a number.</summary>
[GenerateSerializer, Immutable, Alias("ReachStarted")]
public sealed record ReachStarted([property: Id(0)] DateTimeOffset At, [property: Id(1)] int No, [property: Id(2)] ReachFor For, [property: Id(3)] LegId? Leg, [property: Id(4)] AgentId? Agent, [property: Id(5)] string? Extension, [property: Id(6)] LegId? By, [property: Id(7)] bool Referred, [property: Id(8)] AgentId? With, [property: Id(9)] ListenMode? Mode, [property: Id(10)] string? Shown, [property: Id(11)] LegId? Line) : Fact;

/// <summary>The order to ring went out.</summary>
/// <param name="Trunk">For a number: over which trunk.</param>
[GenerateSerializer, Immutable, Alias("ReachRinging")]
public sealed record ReachRinging([property: Id(0)] DateTimeOffset At, [property: Id(1)] int No, [property: Id(2)] LegId Leg, [property: Id(3)] DateTimeOffset Until, [property: Id(4)] string? Trunk, [property: Id(5)] string? Shown) : Fact;

/// <summary>Nobody was reached.</summary>
/// <param name="Refused">Why the number may not be called, with <see cref="ReachEnd.NotAllowed"/>.</param>
[GenerateSerializer, Immutable, Alias("ReachEnded")]
public sealed record ReachEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] int No, [property: Id(2)] ReachEnd Why, [property: Id(3)] DialRefusal? Refused) : Fact;

/// <summary>An outside number or a station without an agent is in the conversation (or, consulted, aside).</summary>
[GenerateSerializer, Immutable, Alias("PartyJoined")]
public sealed record PartyJoined([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

[GenerateSerializer, Immutable, Alias("PartyLeft")]
public sealed record PartyLeft([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

/// <summary>The called party of an outbound or internal call answered: it is the customer.</summary>
[GenerateSerializer, Immutable, Alias("CustomerJoined")]
public sealed record CustomerJoined([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

/// <summary>The customer hears music.</summary>
[GenerateSerializer, Immutable, Alias("CustomerHeld")]
public sealed record CustomerHeld([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId? By) : Fact;

[GenerateSerializer, Immutable, Alias("CustomerRetrieved")]
public sealed record CustomerRetrieved([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId? By) : Fact;

/// <summary>A phone in a conference holds: its party is out of the conversation, which goes on without it.</summary>
[GenerateSerializer, Immutable, Alias("PartyHeld")]
public sealed record PartyHeld([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

[GenerateSerializer, Immutable, Alias("PartyRetrieved")]
public sealed record PartyRetrieved([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

/// <summary>The browser of a party is not heard any more: the party is out until it is back, or given up.</summary>
[GenerateSerializer, Immutable, Alias("StationLost")]
public sealed record StationLost([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

[GenerateSerializer, Immutable, Alias("StationBack")]
public sealed record StationBack([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg) : Fact;

/// <summary>Something plays before an agent and the customer talk.</summary>
/// <param name="Leg">The agent's.</param>
[GenerateSerializer, Immutable, Alias("IntroBegun")]
public sealed record IntroBegun([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] IntroStep Step) : Fact;

/// <summary>The agent has heard for which firm and queue the call is.</summary>
/// <param name="Whole">False if it was cut short: by a hold, by a browser that is not heard, or for its length.</param>
[GenerateSerializer, Immutable, Alias("WhisperPlayed")]
public sealed record WhisperPlayed([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] LegId Leg, [property: Id(3)] bool Whole) : Fact;

/// <summary>报工号: the customer has heard the agent's staff number.</summary>
/// <param name="Whole">False if it was cut short.</param>
[GenerateSerializer, Immutable, Alias("StaffNumberAnnounced")]
public sealed record StaffNumberAnnounced([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] LegId Leg, [property: Id(3)] string StaffNumber, [property: Id(4)] bool Whole) : Fact;

[GenerateSerializer, Immutable, Alias("PartyMuted")]
public sealed record PartyMuted([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] bool On) : Fact;

/// <summary>The conversation goes from an agent to somebody else: a queue, an agent, a station, or else a number.</summary>
[GenerateSerializer, Immutable, Alias("Transferred")]
public sealed record Transferred([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId? By, [property: Id(2)] TransferKind How, [property: Id(3)] QueueId? Queue, [property: Id(4)] AgentId? Agent, [property: Id(5)] string? Extension) : Fact;

/// <param name="WithCustomer">The agent now talks to the customer, and the consulted party waits; or the other way round.</param>
[GenerateSerializer, Immutable, Alias("ConsultSwapped")]
public sealed record ConsultSwapped([property: Id(0)] DateTimeOffset At, [property: Id(1)] bool WithCustomer) : Fact;

[GenerateSerializer, Immutable, Alias("ConsultEnded")]
public sealed record ConsultEnded([property: Id(0)] DateTimeOffset At, [property: Id(1)] ConsultEnd Why) : Fact;

/// <summary>All talk together.</summary>
[GenerateSerializer, Immutable, Alias("Conferenced")]
public sealed record Conferenced([property: Id(0)] DateTimeOffset At) : Fact;

[GenerateSerializer, Immutable, Alias("ListenerJoined")]
public sealed record ListenerJoined([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] long Epoch, [property: Id(3)] LegId Leg, [property: Id(4)] AgentId With, [property: Id(5)] ListenMode Mode) : Fact;

[GenerateSerializer, Immutable, Alias("ListenChanged")]
public sealed record ListenChanged([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId Leg, [property: Id(2)] AgentId With, [property: Id(3)] ListenMode Mode) : Fact;

/// <summary>接管: the listener is the agent of the conversation from here on.</summary>
[GenerateSerializer, Immutable, Alias("TookOver")]
public sealed record TookOver([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] LegId Leg, [property: Id(3)] AgentId From) : Fact;

/// <summary>Nothing is recorded until whoever wants that has it resumed, or leaves.</summary>
/// <param name="For">The leg of the party whose pause it is; null in a fact of an earlier version, whose pause is the agent's who asked.</param>
[GenerateSerializer, Immutable, Alias("RecordingPaused")]
public sealed record RecordingPaused([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId? By, [property: Id(2)] LegId? For = null) : Fact;

/// <param name="Left">The leg of the party that left, and took its pause along; null if somebody asked: then all pauses are over.</param>
[GenerateSerializer, Immutable, Alias("RecordingResumed")]
public sealed record RecordingResumed([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId? By, [property: Id(2)] LegId? Left = null) : Fact;

/// <summary>The customer goes through a flow; the agent is kept.</summary>
[GenerateSerializer, Immutable, Alias("SentToFlow")]
public sealed record SentToFlow([property: Id(0)] DateTimeOffset At, [property: Id(1)] LegId By, [property: Id(2)] FlowVersion Flow) : Fact;

/// <param name="Outcome">The node at which the flow ended; <c>takenBack</c>, <c>queued</c>, <c>transferred</c> or <c>broken</c> otherwise.</param>
[GenerateSerializer, Immutable, Alias("FlowReturned")]
public sealed record FlowReturned([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Outcome) : Fact;

/// <summary>What the agent's seconds count as from here on; from joining it is talk until this says otherwise.</summary>
[GenerateSerializer, Immutable, Alias("AgentActive")]
public sealed record AgentActive([property: Id(0)] DateTimeOffset At, [property: Id(1)] AgentId Agent, [property: Id(2)] LegId Leg, [property: Id(3)] Activity Activity) : Fact;
