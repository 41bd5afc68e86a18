using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Calls;

/// <summary>A call (contact) inside its tenant: a UUID, version 7, in 32 hexadecimal digits.</summary>
[GenerateSerializer, Immutable, Alias("CallId")]
[JsonConverter(typeof(IdJson<CallId>))]
public readonly record struct CallId([property: Id(0)] string Value) : IParsable<CallId>
{
    public static CallId New(DateTimeOffset at) => new(Guid.CreateVersion7(at).ToString("n"));

    public static CallId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a call id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CallId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
