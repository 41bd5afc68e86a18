using CallCenter.Domain.WebCalls;

namespace CallCenter.Domain.Desk;

/// <summary>A firm's own CRM at its agents' desks; see docs/cti.md.</summary>
/// <param name="Url">The address that is opened with a call, a <see cref="CrmUrl"/>; null = none.</param>
/// <param name="OpensItself">With the pop; otherwise an agent's click opens it.</param>
/// <param name="Origins">Whose pages hear what happens at a desk, and may show the desk in a frame: https, as browsers write them (<see cref="WebOrigin"/>). The firm's own hosts always hear it.</param>
[GenerateSerializer, Immutable, Alias("CtiSettings")]
public sealed record CtiSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string? Url, [property: Id(2)] bool OpensItself, [property: Id(3)] Items<string> Origins, [property: Id(4)] long Version = 0) : ISetting
{
    public const string OnlyId = "cti";
    public const int MostOrigins = 20;
    private const string Https = "https://";

    public string Id => OnlyId;

    public static CtiSettings None(TenantId owner) => new(owner, null, false, []);

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).When(Origins.Count > MostOrigins, "origins", $"has more than {MostOrigins} entries");
        if (Url is not null) CrmUrl.Check(Url, "url", faults);
        for (var i = 0; i < Origins.Count; i++)
            faults.When(!IsOrigin(Origins[i]), $"origins[{i}]", "must be an origin such as https://crm.example.com: https, host, and nothing behind");
        return faults.When(new HashSet<string>(Origins).Count < Origins.Count, "origins", "names an origin twice").Done();
    }

    /// <summary>It is written into a header: whatever a row holds, nothing else gets there.</summary>
    public static bool IsOrigin(string? origin) => WebOrigin.TryParse(origin, out var written) && written == origin && origin.StartsWith(Https, StringComparison.Ordinal);
}
