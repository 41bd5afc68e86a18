using CallCenter.Domain.Hours;
using CallCenter.Domain.Prompts;
using Orleans.Concurrency;

namespace CallCenter.Contracts.Tenants;

/// <summary>One tenant: its settings and its limits, counted as sets of leased ids. Key: tenant/tenant.</summary>
[Alias("ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    [Alias("Tell")] Task Tell(Letter<TenantEvent> letter);

    [Alias("Settings"), ReadOnly] Task<TenantSettings?> Settings();

    /// <summary>Opening hours, with the time zone that counts; null if there are none.</summary>
    [Alias("Hours"), ReadOnly] Task<HoursSettings?> Hours(string id);

    /// <summary>The sounds of the tenant's own prompts among these ids; shipped ones, and those that do not exist, are left out.</summary>
    [Alias("Prompts"), ReadOnly] Task<Items<PromptFile>> Prompts(Items<string> ids);

    /// <summary>What the tenant's outbound calls amount to now.</summary>
    [Alias("Dialling")] Task<DialFigures> Dialling();

    /// <summary>How an emergency call leaves while nothing can be stored, and so nothing cleared; null where no trunk takes outbound calls.</summary>
    [Alias("EmergencyWay")] Task<EmergencyWay?> EmergencyWay(string dialled);

    /// <summary>May agents of this tenant have themselves called at that number?</summary>
    [Alias("CheckStation")] Task<StationNumberAnswer> CheckStation(string dialled);

    /// <summary>Settings have changed: the tenant's, those of its dialling, a number of its, a trunk, its opening hours or its prompts.</summary>
    [Alias("Refresh")] Task Refresh();
}

/// <param name="Number">Canonical, where nothing is against it; else empty. Personal.</param>
[GenerateSerializer, Immutable, Alias("StationNumberAnswer")]
public sealed record StationNumberAnswer([property: Id(0)] StationNumberFault Fault, [property: Id(1)] string Number);

/// <param name="Number">In the form that the trunk expects. Personal.</param>
/// <param name="Shown">The tenant's own number; empty if it has none to show.</param>
[GenerateSerializer, Immutable, Alias("EmergencyWay")]
public sealed record EmergencyWay([property: Id(0)] string Trunk, [property: Id(1)] string Number, [property: Id(2)] string Shown);
