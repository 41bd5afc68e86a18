namespace CallCenter.Domain.Tenants;

/// <summary>A host name of a tenant's own, beside <see cref="TenantSettings.Domain"/>: browsers find the tenant under it. Phones do not: their realm is the tenant's domain.</summary>
/// <remarks>It is the operator's row, so that a name is there once, whoever wants it.</remarks>
/// <param name="Id">The host, such as service.example.com.</param>
[GenerateSerializer, Immutable, Alias("CustomDomain")]
public sealed record CustomDomain([property: Id(0)] string Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] long Version = 0) : ISetting
{
    /// <summary>Of one tenant.</summary>
    public const int Most = 20;

    public TenantId Owner => TenantId.Operator;

    public Items<Fault> Check() => new FaultList().Id(Tenant.Value, "tenant", 32)
        .When(!HostName.IsValid(Id) || !Id.Contains('.', StringComparison.Ordinal), "domain", "must be a host name with a dot, in lower case")
        .When(Tenant == TenantId.Operator, "tenant", "is the operator, whose host is a setting").Done();
}
