using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Queues;

/// <summary>A queue inside its tenant: 1–64 of a–z, 0–9 and "-".</summary>
[GenerateSerializer, Immutable, Alias("QueueId")]
[JsonConverter(typeof(IdJson<QueueId>))]
public readonly record struct QueueId([property: Id(0)] string Value) : IParsable<QueueId>
{
    public static QueueId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a queue id");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out QueueId result)
    {
        result = new(s ?? "");
        return IdText.IsValid(s, 64);
    }

    public override string ToString() => Value;
}
