using System.Collections.Frozen;

namespace CallCenter.Domain.Flows;

/// <summary>A flow ready to run: its nodes by id. Made once per flow version and used by all its calls.</summary>
public sealed class FlowPlan
{
    /// <summary>Stands for a flow that could not be read: it has no node, so that a call ends decently with it.</summary>
    public static readonly FlowPlan Missing = new(new FlowDefinition("", []));

    private readonly FrozenDictionary<string, FlowNode> nodes;

    public FlowPlan(FlowDefinition flow)
    {
        Start = flow.Start;
        var byId = new Dictionary<string, FlowNode>(flow.Nodes.Count, StringComparer.Ordinal);
        foreach (var node in flow.Nodes) byId.TryAdd(node.Id, node);
        Hours = flow.Nodes.OfType<HoursNode>().Select(node => node.Hours).Distinct().ToItems();
        Extensions = flow.Nodes.OfType<TransferNode>().Select(node => node.To.Extension).OfType<string>().Where(extension => extension.Length > 0).Distinct(StringComparer.Ordinal).ToItems();
        nodes = byId.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string Start { get; }

    /// <summary>The opening hours that it asks for.</summary>
    public Items<string> Hours { get; }

    /// <summary>The extensions that it transfers to: whose they are is looked up for each call.</summary>
    public Items<string> Extensions { get; }

    /// <summary>More steps than this without a wait are a circle.</summary>
    internal int Size => nodes.Count;

    public FlowNode? Node(string? id) => id is not null && nodes.TryGetValue(id, out var node) ? node : null;
}
