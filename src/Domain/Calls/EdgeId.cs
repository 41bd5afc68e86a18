using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>A media edge of the platform: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("EdgeId")]
[JsonConverter(typeof(IdJson<EdgeId>))]
public readonly record struct EdgeId([property: Id(0)] string Value) : IParsable<EdgeId>
{
    public static EdgeId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an edge id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EdgeId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
