using System.Globalization;
using System.Text.Json;

namespace CallCenter.Domain.Flows;

/// <summary>Reads the members of a flow's JSON form and notes what is missing, of a wrong type, unknown or said twice.</summary>
internal sealed partial class FlowReader
{
    public List<Fault> Faults { get; } = [];

    /// <summary>Nodes of which something could not be read: no further fault is told about where they lead.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    public FlowDefinition Read(JsonElement root)
    {
        var members = Members("$", root, "schema", "start", "nodes");
        if (members is null) return new("", []);
        var schema = Number(members, "", "schema", null, 1, int.MaxValue);
        if (schema > FlowDefinition.Schema) Fault("schema", $"is newer than this program ({FlowDefinition.Schema})");
        var start = Text(members, "", "start", 64);
        var nodes = new List<FlowNode>();
        if (members.TryGetValue("nodes", out var list)) ReadNodes(list, nodes);
        else Fault("nodes", "is missing");
        return new(start ?? "", nodes.ToItems());
    }

    private void ReadNodes(JsonElement list, List<FlowNode> nodes)
    {
        if (list.ValueKind != JsonValueKind.Object)
        {
            Fault("nodes", "must be an object");
            return;
        }
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in list.EnumerateObject())
        {
            if (!TryName(member, out var id))
            {
                Fault("nodes", "has a name that is no text");
                continue;
            }
            if (!IdText.IsValid(id, 64)) Fault($"nodes.{id}", "must be named by 1–64 of a–z, 0–9 and \"-\"");
            if (!ids.Add(id))
            {
                Fault($"nodes.{id}", "is there twice");
                continue;
            }
            var before = Faults.Count;
            if (ReadNode($"nodes.{id}", id, member.Value) is { } node) nodes.Add(node);
            if (Faults.Count > before) Unreadable.Add(id);
        }
    }

    private FlowNode? ReadNode(string path, string id, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "must be an object");
            return null;
        }
        string? type = null;
        foreach (var member in value.EnumerateObject())
            if (TryName(member, out var name) && name == "type") type = TryText(member.Value, out var text) ? text : "";
        switch (type)
        {
            case "answer": return Members(path, value, "type", "next") is { } a ? new AnswerNode(id, Text(a, path, "next", 64) ?? "") : null;
            case "play": return Members(path, value, "type", "prompts", "notice", "interruptible", "next") is { } p ? ReadPlay(path, id, p) : null;
            case "menu": return Members(path, value, "type", "prompts", "wrongKey", "branches", "timeoutSeconds", "attempts", "otherwise") is { } m ? ReadMenu(path, id, m) : null;
            case "queue": return Members(path, value, "type", "queue", "priority") is { } q ? ReadQueue(path, id, q) : null;
            case "hangUp": return Members(path, value, "type") is not null ? new HangUpNode(id) : null;
            case "hours": return Members(path, value, "type", "hours", "open", "closed", "holiday") is { } h ? ReadHours(path, id, h) : null;
            case "voicemail": return Members(path, value, "type", "box", "prompts", "maxSeconds", "silenceSeconds", "next") is { } v ? ReadVoicemail(path, id, v) : null;
            case "transfer": return Members(path, value, "type", "to", "shown", "timeoutSeconds", "failed") is { } t ? ReadTransfer(path, id, t) : null;
            case "collect": return Members(path, value, "type", "prompts", "min", "max", "endKey", "timeoutSeconds", "masked", "next", "failed") is { } c ? ReadCollect(path, id, c) : null;
            case null: Fault($"{path}.type", "is missing"); return null;
            default: Fault($"{path}.type", "must be answer, play, menu, queue, hours, voicemail, transfer, collect or hangUp"); return null;
        }
    }

    private PlayNode ReadPlay(string path, string id, Dictionary<string, JsonElement> members) => new(
        id, Prompts(members, path, "prompts", demanded: true), members.ContainsKey("notice") ? Text(members, path, "notice", 64) : null, Flag(members, path, "interruptible"), Text(members, path, "next", 64) ?? "");

    private MenuNode ReadMenu(string path, string id, Dictionary<string, JsonElement> members) => new(
        id, Prompts(members, path, "prompts", demanded: true), Prompts(members, path, "wrongKey", demanded: false), Branches(members, path),
        Number(members, path, "timeoutSeconds", 5, 1, 60), Number(members, path, "attempts", 3, 1, 10), Text(members, path, "otherwise", 64) ?? "");

    private QueueNode ReadQueue(string path, string id, Dictionary<string, JsonElement> members)
    {
        var queue = Text(members, path, "queue", 64);
        if (queue is not null && !QueueId.TryParse(queue, null, out _)) Fault($"{path}.queue", "must be 1–64 of a–z, 0–9 and \"-\"");
        return new(id, new(queue ?? ""), Number(members, path, "priority", 5, 1, 10));
    }

    private Items<MenuBranch> Branches(Dictionary<string, JsonElement> members, string path)
    {
        path += ".branches";
        if (!List(members, path, "branches", demanded: true, most: 12, out var list)) return [];
        var branches = new List<MenuBranch>();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
            if (Members(at, item, "key", "next") is not { } m) continue;
            var key = Text(m, at, "key", 1);
            branches.Add(new(key is { Length: 1 } ? key[0] : '\0', Text(m, at, "next", 64) ?? ""));
        }
        return branches.ToItems();
    }

    private Items<Prompt> Prompts(Dictionary<string, JsonElement> members, string path, string name, bool demanded)
    {
        path += "." + name;
        if (!List(members, path, name, demanded, most: 20, out var list)) return [];
        var prompts = new List<Prompt>();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
            if (Members(at, item, "id", "text", "language") is not { } m) continue;
            if (m.ContainsKey("id") == m.ContainsKey("text")) Fault(at, "must have either an id or a text");
            prompts.Add(new(
                m.ContainsKey("id") ? Text(m, at, "id", 64) : null,
                m.ContainsKey("text") ? Text(m, at, "text", 1000) : null,
                m.ContainsKey("language") ? Text(m, at, "language", 35) ?? "" : ""));
        }
        return prompts.ToItems();
    }

    private bool List(Dictionary<string, JsonElement> members, string path, string name, bool demanded, int most, out JsonElement list)
    {
        if (!members.TryGetValue(name, out list))
        {
            if (demanded) Fault(path, "is missing");
            return false;
        }
        if (list.ValueKind != JsonValueKind.Array) Fault(path, "must be a list");
        else if (list.GetArrayLength() > most) Fault(path, $"has more than {most} entries");
        else return true;
        return false;
    }

    /// <summary>The members of an object; null (and a fault) if it is none.</summary>
    private Dictionary<string, JsonElement>? Members(string path, JsonElement value, params ReadOnlySpan<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "must be an object");
            return null;
        }
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!TryName(member, out var name)) Fault(path, "has a name that is no text");
            else if (!known.Contains(name)) Fault(Below(path, name), "is unknown");
            else if (!members.TryAdd(name, member.Value)) Fault(Below(path, name), "is there twice");
        }
        return members;
    }

    private string? Text(Dictionary<string, JsonElement> members, string path, string name, int longest)
    {
        if (!members.TryGetValue(name, out var value)) Fault(Below(path, name), "is missing");
        else if (!TryText(value, out var text)) Fault(Below(path, name), "must be a text");
        else if (text.Length == 0 || text.Length > longest) Fault(Below(path, name), $"must have 1–{longest} characters");
        else return text;
        return null;
    }

    private int Number(Dictionary<string, JsonElement> members, string path, string name, int? absent, int least, int most)
    {
        if (!members.TryGetValue(name, out var value))
        {
            if (absent is null) Fault(Below(path, name), "is missing");
            return absent ?? least;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Fault(Below(path, name), most == int.MaxValue ? $"must be a whole number from {least}" : $"must be a whole number from {least} to {most}");
        return absent ?? least;
    }

    private bool Flag(Dictionary<string, JsonElement> members, string path, string name)
    {
        if (!members.TryGetValue(name, out var value)) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Fault(Below(path, name), "must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A text; an escape that is half a surrogate pair is none, and only an exception of the framework tells.</summary>
    private static bool TryText(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryName(JsonProperty member, out string name)
    {
        try
        {
            name = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    private static string Below(string path, string name) => path is "" or "$" ? name : $"{path}.{name}";

    private void Fault(string path, string text) => Faults.Add(new(path, text));
}
