using System.Globalization;

namespace CallCenter.Domain.Flows;

/// <summary>Checks a flow as a whole: where it leads, what is never reached, keys, circles without a wait.</summary>
public static class FlowCheck
{
    /// <summary>Most nodes of a flow.</summary>
    public const int MostNodes = 500;

    private const string Keys = "0123456789*#";

    /// <summary>All faults of a flow, each with its path in the JSON form.</summary>
    public static Items<Fault> Of(FlowDefinition flow) => Of(flow, []).ToItems();

    /// <param name="unreadable">Nodes with faults of form: what they lead to is not known, so nothing is said about reachability.</param>
    internal static List<Fault> Of(FlowDefinition flow, HashSet<string> unreadable)
    {
        var faults = new List<Fault>();
        var nodes = new Dictionary<string, FlowNode>(StringComparer.Ordinal);
        foreach (var node in flow.Nodes)
            if (!nodes.TryAdd(node.Id, node)) faults.Add(new($"nodes.{node.Id}", "is there twice"));
        if (nodes.Count > MostNodes)
        {
            faults.Add(new("nodes", $"has more than {MostNodes} nodes"));
            return faults; // the rest would cost too much to say
        }
        if (flow.Start.Length > 0 && !nodes.ContainsKey(flow.Start) && !unreadable.Contains(flow.Start)) faults.Add(new("start", "names no node"));
        foreach (var node in nodes.Values)
        {
            foreach (var (path, next) in Ways(node))
                if (next.Length > 0 && !nodes.ContainsKey(next) && !unreadable.Contains(next)) faults.Add(new(path, "names no node"));
            if (node is MenuNode menu) CheckKeys(menu, faults);
            if (node is PlayNode { Prompts.IsEmpty: true } or MenuNode { Prompts.IsEmpty: true } && !unreadable.Contains(node.Id)) faults.Add(new($"nodes.{node.Id}.prompts", "must have at least one entry"));
        }
        if (unreadable.Count == 0 && nodes.ContainsKey(flow.Start)) CheckGraph(flow, nodes, faults);
        return faults;
    }

    private static IEnumerable<(string Path, string Next)> Ways(FlowNode node)
    {
        var path = $"nodes.{node.Id}";
        switch (node)
        {
            case AnswerNode n: yield return ($"{path}.next", n.Next); break;
            case PlayNode n: yield return ($"{path}.next", n.Next); break;
            case MenuNode n:
                for (var i = 0; i < n.Branches.Count; i++) yield return (string.Create(CultureInfo.InvariantCulture, $"{path}.branches[{i}].next"), n.Branches[i].Next);
                yield return ($"{path}.otherwise", n.Otherwise);
                break;
            case HoursNode n:
                yield return ($"{path}.open", n.Open);
                yield return ($"{path}.closed", n.Closed);
                if (n.Holiday is not null) yield return ($"{path}.holiday", n.Holiday);
                break;
            case VoicemailNode n: yield return ($"{path}.next", n.Next); break;
            case TransferNode n: yield return ($"{path}.failed", n.Failed); break;
            case CollectNode n:
                yield return ($"{path}.next", n.Next);
                yield return ($"{path}.failed", n.Failed);
                break;
        }
    }

    private static void CheckKeys(MenuNode menu, List<Fault> faults)
    {
        var seen = new HashSet<char>();
        for (var i = 0; i < menu.Branches.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"nodes.{menu.Id}.branches[{i}].key");
            var key = menu.Branches[i].Key;
            if (key == '\0') continue; // its form was told already
            if (!Keys.Contains(key)) faults.Add(new(path, "must be one of 0–9, * and #"));
            else if (!seen.Add(key)) faults.Add(new(path, "is there twice"));
        }
        if (menu.Branches.IsEmpty) faults.Add(new($"nodes.{menu.Id}.branches", "must have at least one entry"));
    }

    private static void CheckGraph(FlowDefinition flow, Dictionary<string, FlowNode> nodes, List<Fault> faults)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { flow.Start };
        var open = new Queue<string>([flow.Start]);
        while (open.TryDequeue(out var id))
            foreach (var (_, next) in Ways(nodes[id]))
                if (nodes.ContainsKey(next) && reached.Add(next)) open.Enqueue(next);
        foreach (var node in flow.Nodes)
            if (!reached.Contains(node.Id)) faults.Add(new($"nodes.{node.Id}", "is never reached"));
        foreach (var circle in Rounds(nodes, Onward)) faults.Add(new(nodes[circle] is HoursNode or TransferNode ? $"nodes.{circle}" : $"nodes.{circle}.next", "goes round in a circle in which nothing is waited for"));
        foreach (var id in Rounds(nodes, Hearing))
            if (reached.Contains(id) && nodes[id] is PlayNode { Prompts.IsEmpty: false }) faults.Add(new($"nodes.{id}", "never comes to a queue, a menu or an end"));
    }

    /// <summary>Where a node leads at once.</summary>
    private static IEnumerable<string> Onward(FlowNode node) => node switch
    {
        AnswerNode n => [n.Next],
        PlayNode { Prompts.IsEmpty: true } n => [n.Next],
        TransferNode { Failed.Length: > 0 } n => [n.Failed], // a number that may not be called fails at once
        HoursNode n => n.Holiday is null ? [n.Open, n.Closed] : [n.Open, n.Closed, n.Holiday],
        _ => [],
    };

    /// <summary>Where a node leads whatever the caller does: in a circle of these he would hear the same for ever. Hours end with the day.</summary>
    private static IEnumerable<string> Hearing(FlowNode node) => node switch
    {
        PlayNode n => [n.Next],
        AnswerNode n => [n.Next],
        _ => [],
    };

    /// <summary>The nodes from which a way leads back to themselves.</summary>
    private static IEnumerable<string> Rounds(Dictionary<string, FlowNode> nodes, Func<FlowNode, IEnumerable<string>> ways)
    {
        foreach (var start in nodes.Values)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>(ways(start));
            while (open.TryDequeue(out var id))
            {
                if (id == start.Id)
                {
                    yield return start.Id;
                    break;
                }
                if (nodes.TryGetValue(id, out var node) && seen.Add(id))
                    foreach (var next in ways(node)) open.Enqueue(next);
            }
        }
    }
}
