using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Flows;

/// <summary>A flow inside its tenant: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("FlowId")]
[JsonConverter(typeof(IdJson<FlowId>))]
public readonly record struct FlowId([property: Id(0)] string Value) : IParsable<FlowId>
{
    public static FlowId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a flow id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FlowId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
