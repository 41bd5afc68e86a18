using System.Text.Json;

namespace CallCenter.Domain.Flows;

/// <summary>The JSON form of the nodes that schema 2 brought.</summary>
internal static class FlowJsonNodes
{
    public static void Write(Utf8JsonWriter writer, FlowNode node)
    {
        switch (node)
        {
            case HoursNode n:
                writer.WriteString("type", "hours");
                writer.WriteString("hours", n.Hours);
                writer.WriteString("open", n.Open);
                writer.WriteString("closed", n.Closed);
                if (n.Holiday is not null) writer.WriteString("holiday", n.Holiday);
                break;
            case VoicemailNode n:
                writer.WriteString("type", "voicemail");
                writer.WriteString("box", n.Box);
                FlowJson.Write(writer, "prompts", n.Prompts);
                writer.WriteNumber("maxSeconds", n.MaxSeconds);
                writer.WriteNumber("silenceSeconds", n.SilenceSeconds);
                writer.WriteString("next", n.Next);
                break;
            case TransferNode n: Write(writer, n); break;
            case CollectNode n: Write(writer, n); break;
        }
    }

    private static void Write(Utf8JsonWriter writer, TransferNode n)
    {
        writer.WriteString("type", "transfer");
        writer.WriteStartObject("to");
        if (n.To.Number is not null) writer.WriteString("number", n.To.Number);
        if (n.To.Extension is not null) writer.WriteString("extension", n.To.Extension);
        if (n.To.Agent is { } agent) writer.WriteString("agent", agent.Value);
        if (n.To.Queue is { } queue) writer.WriteString("queue", queue.Value);
        writer.WriteEndObject();
        if (n.Shown is not null) writer.WriteString("shown", n.Shown);
        writer.WriteNumber("timeoutSeconds", n.TimeoutSeconds);
        if (n.Failed.Length > 0) writer.WriteString("failed", n.Failed);
    }

    private static void Write(Utf8JsonWriter writer, CollectNode n)
    {
        writer.WriteString("type", "collect");
        FlowJson.Write(writer, "prompts", n.Prompts);
        writer.WriteNumber("min", n.Min);
        writer.WriteNumber("max", n.Max);
        if (n.EndKey is { } key) writer.WriteString("endKey", key.ToString());
        else writer.WriteNull("endKey");
        writer.WriteNumber("timeoutSeconds", n.TimeoutSeconds);
        writer.WriteBoolean("masked", n.Masked);
        writer.WriteString("next", n.Next);
        writer.WriteString("failed", n.Failed);
    }
}
