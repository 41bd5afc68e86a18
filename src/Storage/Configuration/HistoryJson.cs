using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Storage.Configuration;

/// <summary>A setting as history keeps it: JSON with every <see cref="Secret"/> left out.</summary>
internal static class HistoryJson
{
    private static readonly JsonSerializerOptions Hidden = new(JsonSerializerDefaults.Web) { Converters = { new HideSecret() } };

    public static string Write(ISetting setting) => JsonSerializer.Serialize(setting, setting.GetType(), Hidden);

    /// <summary>The setting; its secrets are empty.</summary>
    public static T Read<T>(string json) where T : class, ISetting => JsonSerializer.Deserialize<T>(json, Hidden) ?? throw new JsonException($"no {typeof(T).Name}");

    private sealed class HideSecret : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new("");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
