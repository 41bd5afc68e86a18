namespace CallCenter.Domain.Numbers;

/// <summary>An access number from the operator's stock, and the tenant and flow that it serves.</summary>
/// <param name="Id">Canonical: E.164 with +, or country and national for 400/800; see <see cref="PhoneNumber"/>.</param>
/// <param name="Display">As people write it.</param>
/// <param name="Flow">The flow that serves it, in its newest published version.</param>
[GenerateSerializer, Immutable, Alias("NumberSettings")]
public sealed record NumberSettings([property: Id(0)] string Id, [property: Id(1)] string Display, [property: Id(2)] TenantId Tenant, [property: Id(3)] FlowId? Flow, [property: Id(4)] long Version = 0) : ISetting
{
    public TenantId Owner => TenantId.Operator;
}

/// <summary>A SIP trunk of the operator.</summary>
/// <param name="AcceptFrom">CIDR blocks whose calls are taken without registration.</param>
/// <param name="Target">host:port for outbound calls.</param>
[GenerateSerializer, Immutable, Alias("TrunkSettings")]
public sealed record TrunkSettings([property: Id(0)] string Id, [property: Id(1)] Items<string> AcceptFrom, [property: Id(2)] string Target, [property: Id(3)] long Version = 0) : ISetting
{
    public TenantId Owner => TenantId.Operator;
}
