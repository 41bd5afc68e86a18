using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Api.Live;

/// <summary>Where a client's reading of a tenant's events stands.</summary>
/// <param name="Epoch">Numbers are compared within one epoch only.</param>
internal sealed record LivePosition(string Epoch, long Number);

/// <summary>Why a client gets everything anew instead of what it missed.</summary>
internal enum LiveReset { None, New, TooOld }

/// <summary>One message to a client: what happened since the last one, or how things are now.</summary>
/// <param name="Position">To be given when the client comes again.</param>
/// <param name="Snapshot">How things are, where <paramref name="Reset"/> says that the client begins anew.</param>
[JsonConverter(typeof(LiveBatchJson))]
internal sealed record LiveBatch(LivePosition Position, LiveReset Reset, ReadOnlyMemory<byte> Snapshot, List<LiveEvent> Events);

/// <summary><c>{epoch, number, reset?, snapshot?, events: [...]}</c>; events and snapshots are copied as they were written.</summary>
internal sealed class LiveBatchJson : JsonConverter<LiveBatch>
{
    public override LiveBatch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("it is only written");

    public override void Write(Utf8JsonWriter writer, LiveBatch value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("epoch"u8, value.Position.Epoch);
        writer.WriteNumber("number"u8, value.Position.Number);
        if (value.Reset != LiveReset.None)
        {
            writer.WriteString("reset"u8, Names.Of(value.Reset));
            writer.WritePropertyName("snapshot"u8);
            writer.WriteRawValue(value.Snapshot.Span, skipInputValidation: true);
        }
        writer.WriteStartArray("events"u8);
        foreach (var happened in value.Events) writer.WriteRawValue(happened.Json.Span, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
