using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallCenter.Domain.Flows;

/// <summary>
/// The JSON form of a flow, schema 2 (schema 1 has the first six of these nodes):
/// <code>
/// {"schema": 2, "start": "greet", "nodes": {
///   "greet":  {"type": "play", "prompts": [{"id": "greeting"}, {"text": "你好", "language": "zh-CN"}], "interruptible": true, "next": "menu"},
///   "notice": {"type": "play", "prompts": [{"id": "notice"}], "notice": "1", "interruptible": true, "next": "menu"},
///   "menu":   {"type": "menu", "prompts": [{"id": "menu"}], "wrongKey": [{"id": "wrong-key"}],
///              "branches": [{"key": "1", "next": "sales"}], "timeoutSeconds": 5, "attempts": 2, "otherwise": "sales"},
///   "sales":  {"type": "queue", "queue": "sales", "priority": 5},
///   "pick":   {"type": "answer", "next": "greet"},
///   "end":    {"type": "hangUp"},
///   "open":   {"type": "hours", "hours": "office", "open": "menu", "closed": "mail", "holiday": "end"},
///   "mail":   {"type": "voicemail", "box": "sales", "prompts": [{"id": "voicemail"}], "maxSeconds": 120, "next": "end"},
///   "boss":   {"type": "transfer", "to": {"number": "13800138000"}, "shown": "02112345678", "timeoutSeconds": 25, "failed": "mail"},
///   "pin":    {"type": "collect", "prompts": [{"id": "pin"}], "min": 4, "max": 6, "endKey": "#", "timeoutSeconds": 5, "masked": true, "next": "menu", "failed": "end"}}}
/// </code>
/// A transfer goes to one of number, extension, agent, queue; to a queue it needs no <c>failed</c>.
/// A prompt without a language is in the tenant's. Left out: interruptible = false, timeoutSeconds = 5, attempts = 3, priority = 5,
/// no notice, no wrongKey prompts; maxSeconds = 120, no greeting of a voicemail; 25 s to ring; min = 1, max = 32, endKey = "#" (null = none), masked = false.
/// </summary>
public static class FlowJson
{
    /// <summary>Longest text that is read, in UTF-16 units.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>No person reads more.</summary>
    private const int MostFaults = 1000;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Disallow };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads and checks a flow. Never throws on a text, whatever stands in it.</summary>
    /// <param name="flow">The flow; meaningless if false is returned.</param>
    /// <param name="faults">Every fault, each with its JSON path, such as <c>nodes.menu.branches[1].key</c>; the whole text is <c>$</c>.</param>
    public static bool TryRead(string json, out FlowDefinition flow, out Items<Fault> faults)
    {
        flow = new("", []);
        if (json.Length > LongestText)
        {
            faults = [new("$", $"is longer than {LongestText} characters")];
            return false;
        }
        try
        {
            // By way of bytes: half a surrogate pair becomes U+FFFD there instead of an exception.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), Reading);
            var reader = new FlowReader();
            flow = reader.Read(document.RootElement);
            reader.Faults.AddRange(FlowCheck.Of(flow, reader.Unreadable));
            faults = reader.Faults.Take(MostFaults).ToItems();
        }
        catch (JsonException e)
        {
            faults = [new("$", string.Create(CultureInfo.InvariantCulture, $"is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})"))];
        }
        return faults.IsEmpty;
    }

    /// <summary>The JSON form; <see cref="TryRead"/> gives an equal flow again.</summary>
    public static string Write(FlowDefinition flow)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema", FlowDefinition.Schema);
            writer.WriteString("start", flow.Start);
            writer.WriteStartObject("nodes");
            foreach (var node in flow.Nodes) Write(writer, node);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, FlowNode node)
    {
        writer.WriteStartObject(node.Id);
        switch (node)
        {
            case AnswerNode n:
                writer.WriteString("type", "answer");
                writer.WriteString("next", n.Next);
                break;
            case PlayNode n:
                writer.WriteString("type", "play");
                Write(writer, "prompts", n.Prompts);
                if (n.Notice is not null) writer.WriteString("notice", n.Notice);
                writer.WriteBoolean("interruptible", n.Interruptible);
                writer.WriteString("next", n.Next);
                break;
            case MenuNode n: Write(writer, n); break;
            case QueueNode n:
                writer.WriteString("type", "queue");
                writer.WriteString("queue", n.Queue.Value);
                writer.WriteNumber("priority", n.Priority);
                break;
            case HangUpNode: writer.WriteString("type", "hangUp"); break;
            default: FlowJsonNodes.Write(writer, node); break;
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MenuNode n)
    {
        writer.WriteString("type", "menu");
        Write(writer, "prompts", n.Prompts);
        Write(writer, "wrongKey", n.WrongKey);
        writer.WriteStartArray("branches");
        foreach (var branch in n.Branches)
        {
            writer.WriteStartObject();
            writer.WriteString("key", branch.Key.ToString());
            writer.WriteString("next", branch.Next);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("timeoutSeconds", n.TimeoutSeconds);
        writer.WriteNumber("attempts", n.Attempts);
        writer.WriteString("otherwise", n.Otherwise);
    }

    internal static void Write(Utf8JsonWriter writer, string name, Items<Prompt> prompts)
    {
        writer.WriteStartArray(name);
        foreach (var prompt in prompts)
        {
            writer.WriteStartObject();
            if (prompt.Id is not null) writer.WriteString("id", prompt.Id);
            if (prompt.Text is not null) writer.WriteString("text", prompt.Text);
            if (prompt.Language.Length > 0) writer.WriteString("language", prompt.Language);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
