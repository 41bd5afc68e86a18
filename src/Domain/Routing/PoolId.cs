using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Routing;

/// <summary>A routing pool inside its owner: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("PoolId")]
[JsonConverter(typeof(IdJson<PoolId>))]
public readonly record struct PoolId([property: Id(0)] string Value) : IParsable<PoolId>
{
    /// <summary>The pool that a tenant has until it shares agents with others.</summary>
    public static readonly PoolId Default = new("main");

    public static PoolId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a pool id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PoolId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
