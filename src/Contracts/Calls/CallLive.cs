using CallCenter.Domain.Calls.Conversations;

namespace CallCenter.Contracts.Calls;

/// <summary>A call as it is at this moment, without anything personal.</summary>
/// <param name="Held">An agent has put the customer on hold.</param>
/// <param name="Customer">The customer's leg.</param>
/// <param name="WaitingSince">When the customer came to the queue; null if it never did.</param>
/// <param name="Flow">The flow in which the customer is, for an agent; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("CallLive")]
public sealed record CallLive(
    [property: Id(0)] CallId Id, [property: Id(1)] string Direction, [property: Id(2)] CallPhase Phase, [property: Id(3)] LegId? Customer, [property: Id(4)] QueueId? Queue, [property: Id(5)] bool Held,
    [property: Id(6)] FlowId? Flow, [property: Id(7)] LiveRecording Recording, [property: Id(8)] Items<LiveLeg> Legs, [property: Id(9)] Items<LiveParty> Parties, [property: Id(10)] Items<LiveReach> Reaches, [property: Id(11)] DateTimeOffset? WaitingSince = null);

/// <param name="Records">Somebody's voice is being recorded.</param>
/// <param name="Why">Why nothing is recorded, once the customer is connected.</param>
[GenerateSerializer, Immutable, Alias("LiveRecording")]
public sealed record LiveRecording([property: Id(0)] bool Records, [property: Id(1)] bool Paused, [property: Id(2)] NotRecordedReason? Why);

[GenerateSerializer, Immutable, Alias("LiveLeg")]
public sealed record LiveLeg([property: Id(0)] LegId Id, [property: Id(1)] LegRole Role, [property: Id(2)] LegPhase Phase, [property: Id(3)] AgentId? Agent, [property: Id(4)] DateTimeOffset? AnsweredAt);

/// <summary>Somebody in the conversation besides the customer.</summary>
/// <param name="Aside">In a consultation, apart from the customer.</param>
/// <param name="Mode">How a listener takes part; null for who talks.</param>
/// <param name="With">The agent listened to.</param>
/// <param name="Does">What an agent's seconds count as now.</param>
/// <param name="Held">Its phone holds: it is out of the conference, which goes on.</param>
/// <param name="Away">Its browser is not heard, and may be back.</param>
[GenerateSerializer, Immutable, Alias("LiveParty")]
public sealed record LiveParty([property: Id(0)] LegId Leg, [property: Id(1)] AgentId? Agent, [property: Id(2)] bool Aside, [property: Id(3)] bool Muted, [property: Id(4)] ListenMode? Mode, [property: Id(5)] AgentId? With, [property: Id(6)] Activity Does, [property: Id(7)] bool Held = false, [property: Id(8)] bool Away = false);

/// <summary>Somebody whom the call tries to reach.</summary>
/// <param name="Leg">The leg that rings; null until the agent is reserved.</param>
/// <param name="Agent">With <paramref name="Extension"/>: null for a number.</param>
[GenerateSerializer, Immutable, Alias("LiveReach")]
public sealed record LiveReach([property: Id(0)] ReachFor For, [property: Id(1)] LegId? Leg, [property: Id(2)] AgentId? Agent, [property: Id(3)] string? Extension, [property: Id(4)] bool Rings);
