using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Domain;

/// <summary>What ids are made of: a–z, 0–9 and "-", so that they stand in keys, paths and file names as they are.</summary>
internal static class IdText
{
    public static bool IsValid([NotNullWhen(true)] string? s, int longest) =>
        s is { Length: > 0 } && s.Length <= longest && s.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}

/// <summary>In JSON an id is its text, also as the name of a property.</summary>
internal sealed class IdJson<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException($"not a {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader, type, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);
}
