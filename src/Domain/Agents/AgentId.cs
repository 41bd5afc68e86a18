using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Agents;

/// <summary>
/// An agent inside the owner of the account: 1–64 of a–z, 0–9 and "-". In the calls, records and boards of a tenant an agent of the operator has "@operator" behind it
/// (<see cref="OperatorsName"/>).
/// </summary>
[GenerateSerializer, Immutable, Alias("AgentId")]
[JsonConverter(typeof(IdJson<AgentId>))]
public readonly record struct AgentId([property: Id(0)] string Value) : IParsable<AgentId>
{
    public static AgentId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an agent id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AgentId result)
    {
        result = new(s ?? "");
        return s is not null && IdText.IsValid(OperatorsName.Plain(s), 64);
    }

    /// <summary>An agent of the operator, as a tenant knows it.</summary>
    public bool IsOperators => OperatorsName.Is(Value);

    public override string ToString() => Value;
}
