using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Storage.Journal;

/// <summary>An entry's lists as JSON and back.</summary>
internal static class EntryJson
{
    public static EntryRow Write(JournalEntry entry) => new(
        entry.Number, entry.Facts.Count, FactJson.Write(entry.Facts), entry.FirstOwed,
        entry.Owed.IsEmpty ? null : FactJson.Write(entry.Owed), entry.PaidUpTo,
        entry.Heard.IsEmpty ? null : Write(entry.Heard), entry.Closed);

    public static JournalEntry Read(in EntryRow row) => new(
        row.Number, Facts(row.Facts), row.FirstOwed,
        row.Owed is null ? default : FactJson.ReadEffects(row.Owed), row.PaidUpTo,
        row.Heard is null ? default : Items.Of<Heard>(JsonSerializer.Deserialize(row.Heard, EntryJsonTypes.Default.HeardArray)), row.Closed);

    [ThreadStatic] private static (ArrayBufferWriter<byte> Text, Utf8JsonWriter Json)? mine;

    /// <summary>What the serializer would write of them, at a quarter of its cost: nearly every entry has some.</summary>
    private static byte[] Write(Items<Heard> heard)
    {
        var (text, json) = mine ??= Made();
        text.ResetWrittenCount();
        json.Reset();
        json.WriteStartArray();
        foreach (var (from, upTo) in heard)
        {
            json.WriteStartObject();
            json.WriteStartObject("from"u8);
            json.WriteNumber("kind"u8, (int)from.Kind);
            json.WriteString("key"u8, from.Key);
            json.WriteNumber("epoch"u8, from.Epoch);
            json.WriteEndObject();
            json.WriteNumber("upTo"u8, upTo);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Made()
    {
        var text = new ArrayBufferWriter<byte>(512);
        return (text, new(text));
    }

    public static Items<Fact> Facts(byte[] json) => FactJson.ReadFacts(json);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Heard[]))]
internal sealed partial class EntryJsonTypes : JsonSerializerContext;
