using CallCenter.Domain.Hours;

namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Flows as tenants have them: straight to a queue, greeting with notice and menu, a menu that ends the call.</summary>
internal static class SomeFlows
{
    public static CallRules Any(Random chance, int queues, int agents)
    {
        var settings = Enumerable.Range(0, queues).Select(q => new QueueSettings(World.Acme, Queue(q), "q", 12, q % 2 == 0, q == 0 ? 10 : 0, "music", 1, Whisper: q % 2 == 0 ? QueueWhisper.Name : QueueWhisper.Off, AnnouncesStaffNumber: q < 2)).ToItems();
        var shut = new HoursSettings(World.Acme, "shut", "never open", null, [], []);
        return CallRules.Of(chance.Next(5) switch { 0 => Straight(chance.Next(queues)), 1 => Menu(queues), 2 => Nodes(chance, agents), _ => Survey() }, "zh-CN", settings) with
        {
            Hours = id => id == "shut" ? shut : null, Trip = new(chance.Next(2) == 0 ? Survey() : Nodes(chance, agents)), RecordsOutbound = chance.Next(2) == 0, Dialled = Dialled, Anchor = (new EdgeId("edge-0"), 0),
        };
    }

    /// <summary>1… are the agents' stations, 2… stations without one.</summary>
    private static CallTarget Dialled(string text) => text.Length != 4 ? new(Number: text) : text[0] == '1' ? new(Agent: new AgentId($"agent-{int.Parse(text.AsSpan(1))}")) : new(Extension: text);

    public static QueueId Queue(int number) => new($"queue-{number}");

    public static OfferTerms Terms(QueueId queue) => new(queue, TimeSpan.FromSeconds(12), Recording: true, 1);

    private static FlowDefinition Straight(int queue) => new("q", [new QueueNode("q", Queue(queue), 5)]);

    private static FlowDefinition Menu(int queues) => new("pick",
    [
        new AnswerNode("pick", "hello"),
        new PlayNode("hello", [Prompt.Of("greeting", "zh-CN")], null, true, "notice"),
        new PlayNode("notice", [Prompt.Of("notice", "zh-CN")], "1", true, "menu"),
        new MenuNode("menu", [Prompt.Of("menu", "")], [Prompt.Of("wrong-key", "")], [new('1', "q0"), new('2', "q1"), new('9', "bye")], 3, 2, "q0"),
        new QueueNode("q0", Queue(0), 5), new QueueNode("q1", Queue(queues - 1), 3), new HangUpNode("bye"),
    ]);

    /// <summary>A row of digits, a transfer to whomever, and a voicemail.</summary>
    private static FlowDefinition Nodes(Random chance, int agents) => new("hours",
    [
        new HoursNode("hours", chance.Next(2) == 0 ? "shut" : "gone", "pin", "hand", null),
        new CollectNode("pin", [Prompt.Of("pin", "")], 1, 3, '#', 3, chance.Next(2) == 0, "hand", "mail"),
        new TransferNode("hand", chance.Next(4) switch { 0 => new(Number: "13700137000"), 1 => new(Extension: "2005"), 2 => new(Queue: Queue(0)), _ => new(Agent: new AgentId($"agent-{chance.Next(agents)}")) }, null, 20, "mail"),
        new VoicemailNode("mail", "sales", [Prompt.Of("voicemail", "")], 15, "bye", 5), new HangUpNode("bye"),
    ]);

    private static FlowDefinition Survey() => new("ask",
    [
        new MenuNode("ask", [Prompt.Say("1 or 2?", "en")], [], [new('1', "q"), new('2', "thanks")], 2, 1, "q"),
        new PlayNode("thanks", [Prompt.Say("thanks", "en")], null, false, "end"),
        new HangUpNode("end"), new QueueNode("q", Queue(0), 1),
    ]);
}
