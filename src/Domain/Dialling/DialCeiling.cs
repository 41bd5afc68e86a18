using System.Globalization;

namespace CallCenter.Domain.Dialling;

/// <summary>What the operator lets a tenant set, and what calls cost. Without a row the tenant may call nothing but emergency numbers.</summary>
/// <param name="Rules">What may be allowed at the most; what no line allows is blocked.</param>
/// <param name="Channels">Outbound legs at the same time; null = as the tenant sets.</param>
/// <param name="SpendPerDay">Null = as the tenant sets.</param>
/// <param name="Currency">ISO 4217, of every amount of this tenant's dialling.</param>
/// <param name="Prices">Per minute begun; the first line that fits holds. While a spend limit is in force, a number without a price cannot be called.</param>
/// <param name="Trunk">Over which trunk; null = the first one that takes outbound calls.</param>
[GenerateSerializer, Immutable, Alias("DialCeiling")]
public sealed record DialCeiling([property: Id(0)] TenantId Tenant, [property: Id(1)] Items<DialRule> Rules, [property: Id(2)] bool International, [property: Id(3)] int? Channels, [property: Id(4)] decimal? SpendPerDay, [property: Id(5)] string Currency, [property: Id(6)] Items<DialPrice> Prices, [property: Id(7)] string? Trunk, [property: Id(8)] long Version = 0) : ISetting
{
    public const string DefaultCurrency = "CNY";
    private const decimal HighestPrice = 100_000;

    public TenantId Owner => TenantId.Operator;
    public string Id => Tenant.Value;

    public static DialCeiling Nothing(TenantId tenant) => new(tenant, [], false, null, null, DefaultCurrency, [], null);

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Id, "id", 32)
            .When(Rules.Count > DialSettings.MostRules, "rules", string.Create(CultureInfo.InvariantCulture, $"has more than {DialSettings.MostRules} lines"))
            .Limit(Channels, 0, 1_000_000, "channels").Amount(SpendPerDay, "spendPerDay")
            .When(Currency is not { Length: 3 } || !Currency.All(char.IsAsciiLetterUpper), "currency", "must be three capital letters (ISO 4217), such as CNY")
            .When(Prices.Count > DialSettings.MostRules, "prices", string.Create(CultureInfo.InvariantCulture, $"has more than {DialSettings.MostRules} lines"));
        if (Trunk is not null) faults.Id(Trunk, "trunk");
        DialSettings.CheckRules(Rules, faults);
        for (var i = 0; i < Prices.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"prices[{i}]");
            faults.When(!DialMatch.IsValid(Prices[i]?.Match), $"{field}.match", DialSettings.MatchText)
                .When(Prices[i]?.PerMinute is < 0 or > HighestPrice, $"{field}.perMinute", "must be 0–100000");
        }
        return faults.Done();
    }
}
