using Orleans.Concurrency;

namespace CallCenter.Contracts.Numbers;

/// <summary>One access number. Key: operator/canonical number.</summary>
[Alias("INumberGrain")]
public interface INumberGrain : IGrainWithStringKey
{
    /// <summary>Whose number it is and what serves it; null if it is nobody's or has no flow.</summary>
    [Alias("Route"), ReadOnly] Task<NumberRoute?> Route();

    [Alias("Refresh")] Task Refresh();
}

/// <param name="Limited">The tenant has a limit on calls at the same time.</param>
/// <param name="Open">False while nothing can be stored: what the call would be promised might be lost, and it is to be refused for now.</param>
[GenerateSerializer, Immutable, Alias("NumberRoute")]
public sealed record NumberRoute([property: Id(0)] TenantId Tenant, [property: Id(1)] string Number, [property: Id(2)] FlowVersion Flow, [property: Id(3)] bool Limited, [property: Id(4)] bool Open = true);
