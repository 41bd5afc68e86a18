using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>A room inside its call: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("RoomId")]
[JsonConverter(typeof(IdJson<RoomId>))]
public readonly record struct RoomId([property: Id(0)] string Value) : IParsable<RoomId>
{
    /// <summary>Where the customer talks.</summary>
    public static readonly RoomId Main = new("main");
    /// <summary>Where an agent talks to somebody aside.</summary>
    public static readonly RoomId Consult = new("consult");

    public static RoomId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a room id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
