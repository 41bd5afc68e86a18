using Orleans.Concurrency;

namespace CallCenter.Contracts.Tenants;

/// <summary>One tenant: its settings and its limits, counted as sets of leased ids. Key: tenant/tenant.</summary>
[Alias("ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    [Alias("Tell")] Task Tell(Letter<TenantEvent> letter);

    [Alias("Settings"), ReadOnly] Task<TenantSettings?> Settings();

    [Alias("Refresh")] Task Refresh();
}

[GenerateSerializer, Immutable, Alias("TenantEvent")]
public abstract record TenantEvent { public abstract DateTimeOffset At { get; init; } }

/// <summary>A call asks for a slot, or renews it.</summary>
[GenerateSerializer, Immutable, Alias("ClaimSlot")]
public sealed record ClaimSlot([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : TenantEvent;

[GenerateSerializer, Immutable, Alias("GiveBackSlot")]
public sealed record GiveBackSlot([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : TenantEvent;
