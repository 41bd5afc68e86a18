namespace CallCenter.Domain.Tenants;

/// <summary>What a tenant is told, by its calls.</summary>
[GenerateSerializer, Immutable, Alias("TenantEvent")]
public abstract record TenantEvent { public abstract DateTimeOffset At { get; init; } }

/// <summary>A call asks for a slot, or renews it.</summary>
[GenerateSerializer, Immutable, Alias("ClaimSlot")]
public sealed record ClaimSlot([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : TenantEvent;

[GenerateSerializer, Immutable, Alias("GiveBackSlot")]
public sealed record GiveBackSlot([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call) : TenantEvent;
