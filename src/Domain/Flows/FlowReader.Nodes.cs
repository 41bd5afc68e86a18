using System.Text.Json;

namespace CallCenter.Domain.Flows;

/// <summary>The nodes that schema 2 brought.</summary>
internal sealed partial class FlowReader
{
    /// <summary>Longest time that a transfer may ring, in seconds; an agent's lease outlasts it.</summary>
    internal const int LongestRinging = 120;

    private HoursNode ReadHours(string path, string id, Dictionary<string, JsonElement> members)
    {
        var hours = IdAt(members, path, "hours");
        return new(id, hours, Text(members, path, "open", 64) ?? "", Text(members, path, "closed", 64) ?? "", members.ContainsKey("holiday") ? Text(members, path, "holiday", 64) : null);
    }

    private VoicemailNode ReadVoicemail(string path, string id, Dictionary<string, JsonElement> members)
    {
        var silence = Number(members, path, "silenceSeconds", 5, 0, 60);
        if (silence == 1) Fault($"{path}.silenceSeconds", "must be 2–60, or 0 where silence ends nothing"); // a breath
        return new(id, IdAt(members, path, "box"), Prompts(members, path, "prompts", demanded: false), Number(members, path, "maxSeconds", 120, 5, 600), Text(members, path, "next", 64) ?? "", silence);
    }

    private TransferNode ReadTransfer(string path, string id, Dictionary<string, JsonElement> members)
    {
        var to = ReadTarget(members, path);
        var needsFailed = to.Queue is null || members.ContainsKey("failed");
        return new(
            id, to, members.ContainsKey("shown") ? Text(members, path, "shown", 32) : null, Number(members, path, "timeoutSeconds", 25, 5, LongestRinging),
            needsFailed ? Text(members, path, "failed", 64) ?? "" : "");
    }

    private CallTarget ReadTarget(Dictionary<string, JsonElement> members, string path)
    {
        path += ".to";
        if (!members.TryGetValue("to", out var value))
        {
            Fault(path, "is missing");
            return new();
        }
        if (Members(path, value, "number", "extension", "agent", "queue") is not { } to) return new();
        if (to.Count != 1) Fault(path, "must name one of number, extension, agent and queue");
        var number = to.ContainsKey("number") ? Text(to, path, "number", 32) : null;
        if (number is not null && !IsNumber(number)) Fault($"{path}.number", "must be a number as it is dialled");
        var extension = to.ContainsKey("extension") ? Text(to, path, "extension", 16) : null;
        if (extension is not null && !Agents.Extension.IsValid(extension)) Fault($"{path}.extension", "must be 1–16 digits");
        return new(to.ContainsKey("agent") ? new AgentId(IdAt(to, path, "agent")) : null, to.ContainsKey("queue") ? new QueueId(IdAt(to, path, "queue")) : null, extension, number);
    }

    private static bool IsNumber(string text) => text.AsSpan().IndexOfAnyExcept("0123456789+-() ") < 0 && text.Any(char.IsAsciiDigit);

    private CollectNode ReadCollect(string path, string id, Dictionary<string, JsonElement> members)
    {
        var min = Number(members, path, "min", 1, 1, 32);
        var max = Number(members, path, "max", 32, 1, 32);
        if (max < min) Fault($"{path}.max", "must not be below min");
        return new(
            id, Prompts(members, path, "prompts", demanded: false), min, max, EndKey(members, path), Number(members, path, "timeoutSeconds", 5, 1, 60), Flag(members, path, "masked"),
            Text(members, path, "next", 64) ?? "", Text(members, path, "failed", 64) ?? "");
    }

    private char? EndKey(Dictionary<string, JsonElement> members, string path)
    {
        if (!members.TryGetValue("endKey", out var value)) return '#';
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (TryText(value, out var key) && key is ['*' or '#']) return key[0];
        Fault($"{path}.endKey", "must be # or *, or null");
        return null;
    }

    private string IdAt(Dictionary<string, JsonElement> members, string path, string name)
    {
        var id = Text(members, path, name, 64);
        if (id is not null && !IdText.IsValid(id, 64)) Fault(Below(path, name), "must be 1–64 of a–z, 0–9 and \"-\"");
        return id ?? "";
    }
}
