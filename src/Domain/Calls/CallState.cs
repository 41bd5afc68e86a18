namespace CallCenter.Domain.Calls;

/// <summary>One party's connection to the platform.</summary>
[GenerateSerializer, Immutable, Alias("Leg")]
public sealed record Leg([property: Id(0)] LegId Id, [property: Id(1)] LegRole Role, [property: Id(2)] LegPhase Phase, [property: Id(3)] AgentId? Agent, [property: Id(4)] DateTimeOffset? AnsweredAt, [property: Id(5)] RoomId? Room)
{
    public bool Lives => Phase != LegPhase.Ended;
}

/// <summary>Who hears whom: all members hear each other.</summary>
[GenerateSerializer, Immutable, Alias("Room")]
public sealed record Room([property: Id(0)] RoomId Id, [property: Id(1)] Items<LegId> Members);

/// <summary>An agent's lease as the call sees it.</summary>
/// <param name="Until">When the call gives up ringing (or waiting for the agent's word).</param>
/// <param name="Answered">The station answered, the agent's word is awaited.</param>
[GenerateSerializer, Immutable, Alias("Offer")]
public sealed record Offer([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] LegId Leg, [property: Id(3)] DateTimeOffset Until, [property: Id(4)] bool Answered, [property: Id(5)] bool Recording);

/// <summary>An agent in conversation.</summary>
[GenerateSerializer, Immutable, Alias("Talker")]
public sealed record Talker([property: Id(0)] AgentId Agent, [property: Id(1)] long Epoch, [property: Id(2)] LegId Leg, [property: Id(3)] DateTimeOffset Since, [property: Id(4)] DateTimeOffset RenewedAt);

/// <summary>A call: a set of legs, of rooms and of open offers, and where its flow stands; the fold of its facts.</summary>
public sealed record CallState
{
    public static readonly CallState Empty = new();

    public CallPhase Phase { get; init; }
    public EdgeId Edge { get; init; }
    public long EdgeEpoch { get; init; }
    public Items<Leg> Legs { get; init; }
    public Items<Room> Rooms { get; init; }
    public Items<Offer> Offers { get; init; }
    public Items<Talker> Talkers { get; init; }
}
