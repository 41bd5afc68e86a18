using System.Text.Json;

namespace CallCenter.Storage.Journal;

/// <summary>An entry's lists as JSON and back.</summary>
internal static class EntryJson
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static EntryRow Write(JournalEntry entry) => new(
        entry.Number, entry.Facts.Count, JsonSerializer.Serialize(entry.Facts, Web), entry.FirstOwed,
        entry.Owed.IsEmpty ? null : JsonSerializer.Serialize(entry.Owed, Web), entry.PaidUpTo,
        entry.Heard.IsEmpty ? null : JsonSerializer.Serialize(entry.Heard, Web), entry.Closed);

    public static JournalEntry Read(in EntryRow row) => new(
        row.Number, Facts(row.Facts), row.FirstOwed,
        row.Owed is null ? default : JsonSerializer.Deserialize<Items<Effect>>(row.Owed, Web), row.PaidUpTo,
        row.Heard is null ? default : JsonSerializer.Deserialize<Items<Heard>>(row.Heard, Web), row.Closed);

    public static Items<Fact> Facts(string json) => JsonSerializer.Deserialize<Items<Fact>>(json, Web);
}
