using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>A leg inside its call: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("LegId")]
[JsonConverter(typeof(IdJson<LegId>))]
public readonly record struct LegId([property: Id(0)] string Value) : IParsable<LegId>
{
    /// <summary>The called party's leg in an outbound or internal call.</summary>
    public static readonly LegId Called = new("called");

    public static LegId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a leg id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LegId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
