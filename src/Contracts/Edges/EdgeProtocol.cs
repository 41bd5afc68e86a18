using Orleans.Concurrency;

namespace CallCenter.Contracts.Edges;

/// <summary>
/// An edge as calls see it. It refuses nothing silently: what it has done before (by leg, play or recording name) it does
/// not do again; what concerns a leg that it does not know it answers with <see cref="HungUp"/> by <see cref="LegEndedBy.Edge"/>.
/// </summary>
[Alias("IEdgeObserver")]
public interface IEdgeObserver : IGrainObserver
{
    /// <summary>Completes when the edge has the commands; they are paid then.</summary>
    [Alias("Do")] Task Do(EdgeOrders orders);

    [Alias("Acknowledge"), OneWay] Task Acknowledge(CallRef call, Ack ack);
}

/// <summary>A call with its tenant.</summary>
[GenerateSerializer, Immutable, Alias("CallRef")]
public readonly record struct CallRef([property: Id(0)] TenantId Tenant, [property: Id(1)] CallId Call);

/// <summary>Commands of one call, in order.</summary>
/// <param name="Epoch">The call's activation; an edge refuses orders of an older one.</param>
/// <param name="EdgeEpoch">The start of the edge that is meant; another one answers that the legs are gone.</param>
[GenerateSerializer, Immutable, Alias("EdgeOrders")]
public sealed record EdgeOrders([property: Id(0)] CallRef Call, [property: Id(1)] long Epoch, [property: Id(2)] long EdgeEpoch, [property: Id(3)] Items<EdgeCommand> Commands);

/// <summary>Where an edge registers the reference by which others reach it. Key: operator/edge.</summary>
[Alias("IEdgeGrain")]
public interface IEdgeGrain : IGrainWithStringKey
{
    /// <summary>Said anew every 10 s.</summary>
    /// <param name="lastAlive">When the start before this one was last alive; null if there was none.</param>
    [Alias("Subscribe")] Task Subscribe(IEdgeObserver edge, long epoch, DateTimeOffset? lastAlive);

    /// <summary>The edge's present start; null if none is known.</summary>
    [Alias("Present"), ReadOnly] Task<EdgePresence?> Present();
}

/// <param name="LastAlive">When the start before this one was last alive; null if there was none.</param>
[GenerateSerializer, Immutable, Alias("EdgePresence")]
public sealed record EdgePresence([property: Id(0)] long Epoch, [property: Id(1)] IEdgeObserver Edge, [property: Id(2)] DateTimeOffset? LastAlive);
