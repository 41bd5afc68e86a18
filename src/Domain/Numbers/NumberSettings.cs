using System.Globalization;
using System.Net;

namespace CallCenter.Domain.Numbers;

/// <summary>An access number from the operator's stock, and the tenant and flow that it serves.</summary>
/// <param name="Id">Canonical: E.164 with +, or country and national for 400/800; see <see cref="PhoneNumber"/>.</param>
/// <param name="Display">As people write it.</param>
/// <param name="Flow">The flow that serves it, in its newest published version.</param>
[GenerateSerializer, Immutable, Alias("NumberSettings")]
public sealed record NumberSettings([property: Id(0)] string Id, [property: Id(1)] string Display, [property: Id(2)] TenantId Tenant, [property: Id(3)] FlowId? Flow, [property: Id(4)] long Version = 0) : ISetting
{
    public TenantId Owner => TenantId.Operator;

    public Items<Fault> Check() => new FaultList()
        .When(!PhoneNumber.TryParse(Id, out var number) || number.Canonical != Id, "id", "must be a canonical number, such as +861012345678 or 86-4008001001")
        .Name(Display, "display").Id(Tenant.Value, "tenant", 32)
        .When(Flow is { } flow && !FlowId.TryParse(flow.Value, null, out _), "flow", "must be 1–64 of a–z, 0–9 and \"-\"").Done();
}

/// <summary>A SIP trunk of the operator.</summary>
/// <param name="AcceptFrom">CIDR blocks whose calls are taken without registration.</param>
/// <param name="Target">host:port for outbound calls.</param>
[GenerateSerializer, Immutable, Alias("TrunkSettings")]
public sealed record TrunkSettings([property: Id(0)] string Id, [property: Id(1)] Items<string> AcceptFrom, [property: Id(2)] string Target, [property: Id(3)] long Version = 0) : ISetting
{
    public TenantId Owner => TenantId.Operator;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Id, "id").When(!IsHostPort(Target), "target", "must be host:port").When(AcceptFrom.Count > 100, "acceptFrom", "has more than 100 entries");
        for (var i = 0; i < AcceptFrom.Count; i++) faults.When(!IPNetwork.TryParse(AcceptFrom[i], out _), string.Create(CultureInfo.InvariantCulture, $"acceptFrom[{i}]"), "must be a CIDR block, such as 192.0.2.0/24");
        return faults.Done();
    }

    private static bool IsHostPort(string? target)
    {
        if (target is null || target.LastIndexOf(':') is not (> 0 and var colon)) return false;
        return ushort.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(target[..colon]) != UriHostNameType.Unknown;
    }
}
