using Orleans.Concurrency;

namespace CallCenter.Contracts.Edges;

/// <summary>
/// An edge as calls see it. It refuses nothing silently: what it has done before (by leg, play or recording name) it does
/// not do again; what concerns a leg that it does not know it answers with <see cref="HungUp"/> by <see cref="LegEndedBy.Edge"/>.
/// </summary>
[Alias("IEdgeObserver")]
public partial interface IEdgeObserver : IGrainObserver
{
    /// <summary>Completes when the edge has the commands; they are paid then.</summary>
    [Alias("Do")] Task Do(EdgeOrders orders);

    [Alias("Acknowledge"), OneWay] Task Acknowledge(CallRef call, Ack ack);

    /// <summary>Completes when the edge's loop has come round: the edge lives.</summary>
    [Alias("Ping")] Task Ping();

    /// <summary>New calls are refused from now on, or taken again. Completes when the directory knows.</summary>
    [Alias("Drain")] Task Drain(bool draining);
}

/// <summary>A call with its tenant.</summary>
[GenerateSerializer, Immutable, Alias("CallRef")]
public readonly record struct CallRef([property: Id(0)] TenantId Tenant, [property: Id(1)] CallId Call);

/// <summary>Commands of one call, in order.</summary>
/// <param name="Epoch">The call's activation; an edge refuses orders of an older one.</param>
/// <param name="EdgeEpoch">The start of the edge that is meant; another one answers that the legs are gone.</param>
/// <param name="Personal">Values of the personal fields that these commands name: orders are stored, numbers are not. To an edge that did not hear of the call before, also
/// <see cref="PersonalFields.CallerNumber"/> and <see cref="PersonalFields.CallerName"/>, which the phones it rings are to show. Never logged.</param>
[GenerateSerializer, Immutable, Alias("EdgeOrders")]
public sealed record EdgeOrders([property: Id(0)] CallRef Call, [property: Id(1)] long Epoch, [property: Id(2)] long EdgeEpoch, [property: Id(3)] Items<EdgeCommand> Commands, [property: Id(4)] Items<PersonalValue> Personal = default)
{
    /// <summary>Null where the letter does not carry that field.</summary>
    public string? ValueOf(string field)
    {
        foreach (var value in Personal)
            if (value.Field == field) return value.Value;
        return null;
    }
}

/// <summary>Where an edge registers the reference by which others reach it. Key: operator/edge.</summary>
[Alias("IEdgeGrain")]
public interface IEdgeGrain : IGrainWithStringKey
{
    /// <summary>Said anew every 10 s.</summary>
    /// <param name="lastAlive">When the start before this one was last alive; null if there was none.</param>
    [Alias("Subscribe")] Task Subscribe(IEdgeObserver edge, long epoch, EdgeReach reach, DateTimeOffset? lastAlive);

    /// <summary>The edge's present start; null if none is known.</summary>
    [Alias("Present"), ReadOnly] Task<EdgePresence?> Present();

    /// <summary>The same, after having asked the edge whether it lives; for those who have reason to doubt.</summary>
    [Alias("Check")] Task<EdgePresence?> Check();

    /// <summary>Has the edge take no new calls, or take them again; false if it does not answer.</summary>
    [Alias("Drain")] Task<bool> Drain(bool draining);
}

/// <param name="LastAlive">When the start before this one was last alive; null if there was none.</param>
/// <param name="Gone">It answers no more: whatever was on that start of it is over.</param>
[GenerateSerializer, Immutable, Alias("EdgePresence")]
public sealed record EdgePresence([property: Id(0)] long Epoch, [property: Id(1)] IEdgeObserver Edge, [property: Id(2)] EdgeReach Reach, [property: Id(3)] bool Gone, [property: Id(4)] DateTimeOffset? LastAlive);

/// <summary>How other edges reach an edge. Not for logs: holds a key.</summary>
/// <param name="Sip">Address and port.</param>
/// <param name="LinkKey">Proves to it that a request comes from an edge (it was handed out by the grains only); new with each start.</param>
[GenerateSerializer, Immutable, Alias("EdgeReach")]
public sealed record EdgeReach([property: Id(0)] string Sip, [property: Id(1)] string LinkKey)
{
    public override string ToString() => Sip;
}
