using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Tenants;

/// <summary>A client firm, or the operator: 1–32 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("TenantId")]
[JsonConverter(typeof(IdJson<TenantId>))]
public readonly record struct TenantId([property: Id(0)] string Value) : IParsable<TenantId>
{
    /// <summary>The owner of what belongs to no tenant: trunks, edges, the stock of numbers.</summary>
    public static readonly TenantId Operator = new("operator");

    public static TenantId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a tenant id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 32);
    }

    public override string ToString() => Value;
}
