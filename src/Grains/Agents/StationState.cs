namespace CallCenter.Grains.Agents;

/// <summary>What a station is besides its registrations: what its agent chose, and the browser that is connected.</summary>
/// <param name="Grants">How many browsers were let in so far.</param>
/// <param name="Since">When kind or browser changed last.</param>
[GenerateSerializer, Immutable, Alias("StationState")]
public sealed record StationState([property: Id(0)] StationKind Kind, [property: Id(1)] Browser? Browser, [property: Id(2)] long Grants, [property: Id(3)] DateTimeOffset? Since)
{
    public StationState() : this(StationKind.Phone, null, 0, null) { }
}
