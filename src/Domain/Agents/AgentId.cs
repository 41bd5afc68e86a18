using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Agents;

/// <summary>An agent inside the owner of the account: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("AgentId")]
[JsonConverter(typeof(IdJson<AgentId>))]
public readonly record struct AgentId([property: Id(0)] string Value) : IParsable<AgentId>
{
    public static AgentId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an agent id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AgentId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
