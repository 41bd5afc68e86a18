using System.Buffers;
using System.Text.Json;
using CallCenter.Api.Desk;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Live;

/// <summary>Events and snapshots as clients read them, in the words of the HTTP API.</summary>
internal sealed class LiveJson(JsonSerializerOptions options)
{
    public ReadOnlyMemory<byte> Queue(long number, QueueLiveView queue) => Write(number, LiveTopic.Queues, writer => Value(writer, "queue", queue));

    public ReadOnlyMemory<byte> Agent(long number, PresenceView agent) => Write(number, LiveTopic.Agents, writer => Value(writer, "agent", agent));

    /// <param name="sequence">Rises within the call.</param>
    public ReadOnlyMemory<byte> Call(long number, string call, long sequence, Items<Fact> facts) => Write(number, LiveTopic.Calls, writer =>
    {
        writer.WriteString("call"u8, call);
        writer.WriteNumber("sequence"u8, sequence);
        writer.WritePropertyName("facts"u8);
        writer.WriteRawValue(FactJson.Write(facts), skipInputValidation: true);
    });

    public ReadOnlyMemory<byte> Offer(long number, string call, long sequence, AgentId agent, Fact fact) => Write(number, LiveTopic.Offers, writer =>
    {
        writer.WriteString("call"u8, call);
        writer.WriteNumber("sequence"u8, sequence);
        writer.WriteString("agent"u8, agent.Value);
        writer.WritePropertyName("facts"u8);
        writer.WriteRawValue(FactJson.Write([fact]), skipInputValidation: true);
    });

    /// <summary>What is told stands beside what it is: <c>{number, topic, agent, kind, ...}</c>.</summary>
    public ReadOnlyMemory<byte> Desk(long number, AgentId agent, string kind, object told) => Write(number, LiveTopic.Desk, writer =>
    {
        writer.WriteString("agent"u8, agent.Value);
        writer.WriteString("kind"u8, kind);
        foreach (var member in JsonSerializer.SerializeToElement(told, told.GetType(), options).EnumerateObject())
            if (member.Name != "kind") member.WriteTo(writer);
            else writer.WriteString("station"u8, member.Value.GetString());
    });

    /// <summary>Members of topics that are not watched are left out.</summary>
    public ReadOnlyMemory<byte> Snapshot(IEnumerable<QueueLiveView>? queues, IEnumerable<PresenceView>? agents, DeskView? desk = null) => Write(writer =>
    {
        if (queues is not null) Value(writer, "queues", queues);
        if (agents is not null) Value(writer, "agents", agents);
        if (desk is not null) Value(writer, "desk", desk);
    });

    private ReadOnlyMemory<byte> Write(long number, LiveTopic topic, Action<Utf8JsonWriter> members) => Write(writer =>
    {
        writer.WriteNumber("number"u8, number);
        writer.WriteString("topic"u8, Names.Of(topic));
        members(writer);
    });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return text.WrittenMemory;
    }

    private void Value<T>(Utf8JsonWriter writer, string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, options);
    }
}
