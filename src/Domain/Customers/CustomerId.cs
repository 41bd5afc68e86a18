using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Customers;

/// <summary>A customer inside a tenant: the firm's own customer number, or one made here; 1–64 of a–z, 0–9 and "-". It stands in the audit log, so it should be nobody's name or number.</summary>
[GenerateSerializer, Immutable, Alias("CustomerId")]
[JsonConverter(typeof(IdJson<CustomerId>))]
public readonly record struct CustomerId([property: Id(0)] string Value) : IParsable<CustomerId>
{
    public static CustomerId New(DateTimeOffset at) => new(Guid.CreateVersion7(at).ToString("n"));

    public static CustomerId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a customer id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CustomerId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
