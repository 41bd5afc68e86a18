using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Storage.Journal;

/// <summary>An entry's lists as JSON and back.</summary>
internal static class EntryJson
{
    public static EntryRow Write(JournalEntry entry) => new(
        entry.Number, entry.Facts.Count, FactJson.Write(entry.Facts), entry.FirstOwed,
        entry.Owed.IsEmpty ? null : FactJson.Write(entry.Owed), entry.PaidUpTo,
        entry.Heard.IsEmpty ? null : JsonSerializer.SerializeToUtf8Bytes(entry.Heard.Span.ToArray(), EntryJsonTypes.Default.HeardArray), entry.Closed);

    public static JournalEntry Read(in EntryRow row) => new(
        row.Number, Facts(row.Facts), row.FirstOwed,
        row.Owed is null ? default : FactJson.ReadEffects(row.Owed), row.PaidUpTo,
        row.Heard is null ? default : Items.Of<Heard>(JsonSerializer.Deserialize(row.Heard, EntryJsonTypes.Default.HeardArray)), row.Closed);

    public static Items<Fact> Facts(byte[] json) => FactJson.ReadFacts(json);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Heard[]))]
internal sealed partial class EntryJsonTypes : JsonSerializerContext;
