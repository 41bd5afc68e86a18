using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CallCenter.Domain;

/// <summary>
/// Facts and effects as JSON, for the journal and the API: an array of objects whose first member <c>kind</c> tells the type.
/// Between versions: members that this program does not know are ignored; a kind that it does not know becomes an
/// <see cref="UnknownFact"/> or <see cref="UnknownEffect"/>, which is written back as it was read.
/// </summary>
public static class FactJson
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 32 };
    private static readonly KindTable<Fact> Facts = new();
    private static readonly KindTable<Effect> Effects = new();

    public static byte[] Write(Items<Fact> facts) => Facts.Write(facts, static fact => (fact as UnknownFact)?.Json);

    public static byte[] Write(Items<Effect> effects) => Effects.Write(effects, static effect => (effect as UnknownEffect)?.Json);

    /// <exception cref="JsonException">Not what <see cref="Write(Items{Fact})"/> writes, in any version.</exception>
    public static Items<Fact> ReadFacts(ReadOnlySpan<byte> json) => Facts.Read(json, (kind, text) => new UnknownFact(InstantOf(text), kind, text));

    /// <exception cref="JsonException">Not what <see cref="Write(Items{Effect})"/> writes, in any version.</exception>
    public static Items<Effect> ReadEffects(ReadOnlySpan<byte> json) => Effects.Read(json, (kind, text) => new UnknownEffect(kind, text));

    /// <summary>The kind under which facts of a type are written, such as <c>callArrived</c>; the API names them so too.</summary>
    public static string KindOf(Fact fact) => fact is UnknownFact unknown ? unknown.Kind : Facts.KindOf(fact.GetType());

    private static DateTimeOffset InstantOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("at", out var at) && at.TryGetDateTimeOffset(out var instant) ? instant : default;
    }

    /// <summary>Types by kind and kinds by type, from the attributes on the base type: the one place where kinds are listed.</summary>
    private sealed class KindTable<T> where T : class
    {
        private readonly FrozenDictionary<string, JsonTypeInfo>.AlternateLookup<ReadOnlySpan<char>> byName;
        private readonly FrozenDictionary<Type, KindRow> byType;

        public KindTable()
        {
            var rows = typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
                .Select(row => (Kind: (string)row.TypeDiscriminator!, Type: row.DerivedType, Info: FactContext.Default.GetTypeInfo(row.DerivedType)!)).ToList();
            byName = rows.ToFrozenDictionary(r => r.Kind, r => r.Info, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
            byType = rows.ToFrozenDictionary(r => r.Type, r => new KindRow(r.Kind, Encoding.UTF8.GetBytes("{\"kind\":\"" + JsonEncodedText.Encode(r.Kind) + "\""), r.Info));
        }

        public string KindOf(Type type) => byType[type].Kind;

        /// <param name="unknown">The text of an item that is written as it was read.</param>
        public byte[] Write(Items<T> items, Func<T, string?> unknown)
        {
            if (items.IsEmpty) return "[]"u8.ToArray();
            var text = JsonText.Rent();
            foreach (var item in items)
            {
                text.Append(text.IsEmpty ? "["u8 : ","u8);
                if (unknown(item) is { } json) text.Append(json);
                else Write(text, item, byType[item.GetType()]);
            }
            text.Append("]"u8);
            return text.Return();
        }

        /// <summary>By the code made for its own type, which writes no kind, and is many times as fast as that of the base type, which does.</summary>
        private static void Write(JsonText text, T item, in KindRow row)
        {
            text.Append(row.Head);
            text.AppendMembers(item, row.Info);
        }

        public Items<T> Read(ReadOnlySpan<byte> json, Func<string, string, T> unknown)
        {
            var reader = new Utf8JsonReader(json, Reading);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new JsonException("not an array");
            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadOne(ref reader, json, unknown));
            return items.ToItems();
        }

        private T ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Func<string, string, T> unknown)
        {
            Span<char> kind = stackalloc char[64];
            var length = Kind(reader, kind);
            if (byName.TryGetValue(kind[..length], out var info))
                return (T?)JsonSerializer.Deserialize(ref reader, info) ?? throw new JsonException("null is no fact");
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            return unknown(kind[..length].ToString(), Encoding.UTF8.GetString(json[from..(int)reader.BytesConsumed]));
        }

        /// <summary>Looks ahead (the reader is a copy) for the member that names the kind: the first one, if we wrote it.</summary>
        private static int Kind(Utf8JsonReader ahead, Span<char> kind)
        {
            if (ahead.TokenType != JsonTokenType.StartObject) throw new JsonException("not an object");
            while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
            {
                var found = ahead.ValueTextEquals("kind"u8);
                ahead.Read();
                if (!found) ahead.Skip();
                else if (ahead.TokenType == JsonTokenType.String && ahead.ValueSpan.Length <= kind.Length) return ahead.CopyString(kind);
                else break;
            }
            throw new JsonException("a kind is missing");
        }
    }

    /// <param name="Head">How an object of the kind begins.</param>
    private readonly record struct KindRow(string Kind, byte[] Head, JsonTypeInfo Info);
}

/// <summary>Serialization code for facts and effects, made at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Fact))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(LegId[]))]
[JsonSerializable(typeof(Prompt[]))]
[JsonSerializable(typeof(RoomMember[]))]
[JsonSerializable(typeof(QueueRef[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class FactContext : JsonSerializerContext;
