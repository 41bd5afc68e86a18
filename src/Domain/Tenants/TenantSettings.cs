using NodaTime;

namespace CallCenter.Domain.Tenants;

/// <summary>A client firm.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Domain">Its host, which is its SIP domain too, such as acme.example.com; unique.</param>
/// <param name="TimeZone">IANA, such as Asia/Shanghai.</param>
/// <param name="Language">BCP 47; of prompts that say nothing else.</param>
/// <param name="Seats">Rented seats.</param>
/// <param name="CallLimit">Calls at the same time; null = no limit. A call beyond it gets 486.</param>
[GenerateSerializer, Immutable, Alias("TenantSettings")]
public sealed record TenantSettings([property: Id(0)] TenantId Tenant, [property: Id(1)] string Name, [property: Id(2)] string Domain, [property: Id(3)] string TimeZone, [property: Id(4)] string Language, [property: Id(5)] int Seats, [property: Id(6)] int? CallLimit, [property: Id(7)] long Version = 0) : ISetting
{
    public TenantId Owner => TenantId.Operator;
    public string Id => Tenant.Value;

    public Items<Fault> Check() => new FaultList().Id(Id, "id", 32)
        .When(Tenant == TenantId.Operator, "id", "is the operator's own")
        .Name(Name, "name")
        .When(Domain is not { Length: <= 253 } || Uri.CheckHostName(Domain) != UriHostNameType.Dns || !Domain.All(InHost) || Domain[^1] == '.', "domain", "must be a host name in lower case, as it stands in DNS")
        .When(DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone ?? "") is null, "timeZone", "must be an IANA time zone, such as Asia/Shanghai")
        .Language(Language, "language")
        .Range(Seats, 0, 100_000, "seats")
        .When(CallLimit is < 0 or > 1_000_000, "callLimit", "must be 0–1000000, or absent").Done();

    private static bool InHost(char c) => c is '.' or '-' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c);
}
