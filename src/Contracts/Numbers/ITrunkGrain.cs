namespace CallCenter.Contracts.Numbers;

/// <summary>One trunk with limits of its own, counted over all tenants. Key: operator/trunk. Tenants pass on what they have cleared; the trunk answers the call.</summary>
[Alias("ITrunkGrain")]
public interface ITrunkGrain : IGrainWithStringKey
{
    [Alias("Tell")] Task Tell(Letter<TrunkEvent> letter);

    [Alias("Refresh")] Task Refresh();
}

[GenerateSerializer, Immutable, Alias("TrunkEvent")]
public abstract record TrunkEvent
{
    public abstract TenantId Tenant { get; init; }
    public abstract CallId Call { get; init; }
}

/// <summary>A leg that its tenant has cleared wants a channel, or renews it.</summary>
/// <param name="Cleared">What the call is told if there is one.</param>
/// <param name="Always">An emergency call, or one that goes on.</param>
[GenerateSerializer, Immutable, Alias("ClaimTrunk")]
public sealed record ClaimTrunk([property: Id(0)] TenantId Tenant, [property: Id(1)] CallId Call, [property: Id(2)] DialCleared Cleared, [property: Id(3)] bool Always) : TrunkEvent;

[GenerateSerializer, Immutable, Alias("GiveBackTrunk")]
public sealed record GiveBackTrunk([property: Id(0)] TenantId Tenant, [property: Id(1)] CallId Call, [property: Id(2)] LegId Leg) : TrunkEvent;
