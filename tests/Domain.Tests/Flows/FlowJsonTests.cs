namespace CallCenter.Domain.Tests.Flows;

public class FlowJsonTests
{
    private const string Demo = """
        {"schema": 1, "start": "notice", "nodes": {
          "notice": {"type": "play", "prompts": [{"id": "notice"}], "notice": "1", "interruptible": true, "next": "menu"},
          "menu": {"type": "menu", "prompts": [{"id": "menu"}, {"text": "请按键", "language": "zh-CN"}], "wrongKey": [{"id": "wrong-key"}],
                   "branches": [{"key": "1", "next": "sales"}, {"key": "#", "next": "end"}], "timeoutSeconds": 5, "attempts": 2, "otherwise": "sales"},
          "sales": {"type": "queue", "queue": "sales"},
          "end": {"type": "hangUp"}}}
        """;

    private static string[] Faults(string json)
    {
        Assert.False(FlowJson.TryRead(json, out _, out var faults));
        return [.. faults.Select(f => f.Field)];
    }

    private static string Nodes(string nodes, string start = "a") => $"{{\"schema\": 1, \"start\": \"{start}\", \"nodes\": {{{nodes}}}}}";

    [Fact]
    public void A_flow_reads_as_it_was_written()
    {
        Assert.True(FlowJson.TryRead(Demo, out var flow, out var faults), faults.ToString());
        Assert.Equal(["notice", "menu", "sales", "end"], flow.Nodes.Select(n => n.Id));
        Assert.Equal(new QueueNode("sales", new("sales"), 5), flow.Nodes[2]);
        Assert.True(FlowJson.TryRead(FlowJson.Write(flow), out var again, out _));
        Assert.Equal(flow, again);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("{\"schema\": 1, \"start\": \"a\"", "$")]
    [InlineData("{\"start\": \"a\", \"nodes\": {\"a\": {\"type\": \"hangUp\"}}}", "schema")]
    [InlineData("{\"schema\": 3, \"start\": \"a\", \"nodes\": {\"a\": {\"type\": \"hangUp\"}}}", "schema")]
    [InlineData("{\"schema\": 1, \"nodes\": {\"a\": {\"type\": \"hangUp\"}}}", "start")]
    [InlineData("{\"schema\": 1, \"start\": \"a\"}", "nodes")]
    [InlineData("{\"schema\": 1, \"start\": \"b\", \"nodes\": {\"a\": {\"type\": \"hangUp\"}}}", "start")]
    [InlineData("{\"schema\": 1, \"start\": \"a\", \"colour\": 1, \"nodes\": {\"a\": {\"type\": \"hangUp\"}}}", "colour")]
    public void What_is_wrong_with_the_whole_is_told(string json, string field) => Assert.Contains(field, Faults(json));

    [Theory]
    [InlineData("\"a\": {\"type\": \"dance\"}", "nodes.a.type")]
    [InlineData("\"a\": {}", "nodes.a.type")]
    [InlineData("\"a\": 7", "nodes.a")]
    [InlineData("\"A!\": {\"type\": \"hangUp\"}", "nodes.A!")]
    [InlineData("\"a\": {\"type\": \"hangUp\"}, \"a\": {\"type\": \"hangUp\"}", "nodes.a")]
    [InlineData("\"a\": {\"type\": \"hangUp\"}, \"b\": {\"type\": \"hangUp\"}", "nodes.b")]
    [InlineData("\"a\": {\"type\": \"answer\", \"next\": \"zz\"}", "nodes.a.next")]
    [InlineData("\"a\": {\"type\": \"answer\"}", "nodes.a.next")]
    [InlineData("\"a\": {\"type\": \"answer\", \"next\": \"a\"}", "nodes.a.next")]
    [InlineData("\"a\": {\"type\": \"answer\", \"next\": 5}", "nodes.a.next")]
    [InlineData("\"a\": {\"type\": \"hangUp\", \"extra\": 1}", "nodes.a.extra")]
    [InlineData("\"a\": {\"type\": \"queue\", \"queue\": \"Sales\"}", "nodes.a.queue")]
    [InlineData("\"a\": {\"type\": \"queue\", \"queue\": \"s\", \"priority\": 11}", "nodes.a.priority")]
    [InlineData("\"a\": {\"type\": \"play\", \"prompts\": [], \"next\": \"b\"}, \"b\": {\"type\": \"hangUp\"}", "nodes.a.prompts")]
    [InlineData("\"a\": {\"type\": \"play\", \"prompts\": [{\"id\": \"x\", \"text\": \"y\"}], \"next\": \"b\"}, \"b\": {\"type\": \"hangUp\"}", "nodes.a.prompts[0]")]
    [InlineData("\"a\": {\"type\": \"play\", \"prompts\": [{\"id\": \"x\"}], \"interruptible\": 1, \"next\": \"b\"}, \"b\": {\"type\": \"hangUp\"}", "nodes.a.interruptible")]
    [InlineData("\"a\": {\"type\": \"play\", \"prompts\": [{\"id\": \"x\"}], \"next\": \"a\"}", "nodes.a")]
    [InlineData("\"a\": {\"type\": \"hangUp\", \"\\ud800\": 1}", "nodes.a")]
    public void What_is_wrong_with_a_node_is_told(string nodes, string field) => Assert.Contains(field, Faults(Nodes(nodes)));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var json = Nodes("""
            "a": {"type": "menu", "prompts": [{"id": "m"}], "branches": [{"key": "1", "next": "q"}, {"key": "1", "next": "q"}, {"key": "x", "next": "nowhere"}, {"key": "22", "next": "q"}], "timeoutSeconds": 0, "attempts": 99, "otherwise": "q"},
            "q": {"type": "queue", "queue": "s", "priority": "high"}
            """);
        Assert.Equal(
            ["nodes.a.attempts", "nodes.a.branches[1].key", "nodes.a.branches[2].key", "nodes.a.branches[2].next", "nodes.a.branches[3].key", "nodes.a.timeoutSeconds", "nodes.q.priority"],
            Faults(json).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_faults_of_the_nodes_of_schema_2_are_told_at_once()
    {
        var json = Nodes("""
            "a": {"type": "hours", "hours": "Not An Id", "open": "b", "closed": 5, "holiday": ""},
            "b": {"type": "voicemail", "box": "?", "prompts": "beep", "maxSeconds": 4, "silenceSeconds": 1, "next": "c", "until": "#"},
            "c": {"type": "transfer", "to": {"number": "call me", "extension": "1001"}, "shown": 400, "timeoutSeconds": 121},
            "d": {"type": "transfer", "to": {"extension": "10a"}, "failed": "e"},
            "e": {"type": "collect", "min": 0, "max": 33, "endKey": "5", "timeoutSeconds": 61, "masked": "yes", "next": "f"},
            "f": {"type": "voicemail", "box": "sales", "silenceSeconds": 61}
            """).Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal);
        Assert.Equal(
            [
                "nodes.a.closed", "nodes.a.holiday", "nodes.a.hours",
                "nodes.b.box", "nodes.b.maxSeconds", "nodes.b.prompts", "nodes.b.silenceSeconds", "nodes.b.until",
                "nodes.c.failed", "nodes.c.shown", "nodes.c.timeoutSeconds", "nodes.c.to", "nodes.c.to.number",
                "nodes.d.to.extension",
                "nodes.e.endKey", "nodes.e.failed", "nodes.e.masked", "nodes.e.max", "nodes.e.min", "nodes.e.timeoutSeconds",
                "nodes.f.next", "nodes.f.silenceSeconds",
            ],
            Faults(json).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Too_many_nodes_are_refused_without_much_work()
    {
        var many = string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"n{i}\":{{\"type\":\"answer\",\"next\":\"n{i + 1}\"}}"));
        Assert.Contains("nodes", Faults(Nodes(many, "n0")));
        Assert.Equal(["$"], Faults(new string(' ', FlowJson.LongestText + 1)));
    }

    [Fact]
    public void No_text_throws()
    {
        var chance = new Random(11);
        const string pieces = "{}[]\",:0123456789.eE+-\\u/truefalsnull schemaodtyp\ud800\udc00一\0";
        var read = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = Demo.ToCharArray().ToList();
            for (var cut = chance.Next(1, 6); cut > 0; cut--) Mutate(text, chance, pieces);
            if (FlowJson.TryRead(new string([.. text]), out var flow, out var faults))
            {
                read++;
                Assert.True(FlowJson.TryRead(FlowJson.Write(flow), out var again, out _));
                Assert.Equal(flow, again);
            }
            else Assert.False(faults.IsEmpty);
        }
        Assert.True(read > 100, $"only {read} mutants were readable");
    }

    private static void Mutate(List<char> text, Random chance, string pieces)
    {
        var at = chance.Next(text.Count);
        switch (chance.Next(4))
        {
            case 0: text[at] = pieces[chance.Next(pieces.Length)]; break;
            case 1: text.Insert(at, pieces[chance.Next(pieces.Length)]); break;
            case 2: text.RemoveRange(at, Math.Min(chance.Next(1, 20), text.Count - at)); break;
            default: text.InsertRange(at, text.GetRange(at, Math.Min(chance.Next(1, 60), text.Count - at))); break;
        }
        if (text.Count == 0) text.Add(' ');
    }
}
