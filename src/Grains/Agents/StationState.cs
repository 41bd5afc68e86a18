namespace CallCenter.Grains.Agents;

/// <summary>What a station is besides its registrations: what its agent chose, and the browser that is connected.</summary>
/// <param name="Grants">How many browsers were let in so far.</param>
/// <param name="Since">When kind, browser or number changed last.</param>
/// <param name="Number">The outside number that is the station, sealed with the owner's key; null of every other kind.</param>
/// <param name="NumberOf">The agent whose own it is.</param>
[GenerateSerializer, Immutable, Alias("StationState")]
public sealed record StationState([property: Id(0)] StationKind Kind, [property: Id(1)] Browser? Browser, [property: Id(2)] long Grants, [property: Id(3)] DateTimeOffset? Since, [property: Id(4)] string? Number = null, [property: Id(5)] AgentId? NumberOf = null)
{
    public StationState() : this(StationKind.Phone, null, 0, null) { }
}
