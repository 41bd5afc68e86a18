using CallCenter.Domain.Hours;
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

    /// <summary>What the tenant's outbound calls amount to now.</summary>
    [Alias("Dialling")] Task<DialFigures> Dialling();

    /// <summary>Settings have changed: the tenant's, those of its dialling, a number of its, a trunk, or its opening hours.</summary>
    [Alias("Refresh")] Task Refresh();
}
