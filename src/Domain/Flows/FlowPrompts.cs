using System.Globalization;

namespace CallCenter.Domain.Flows;

/// <summary>The prompts that a flow names by id.</summary>
public static class FlowPrompts
{
    public static Items<string> Of(FlowDefinition flow) => Named(flow).Select(named => named.Prompt).Distinct().ToItems();

    /// <summary>Each with its path in the JSON form.</summary>
    public static IEnumerable<(string Path, string Prompt)> Named(FlowDefinition flow) => flow.Nodes.AsEnumerable().SelectMany(node => node switch
    {
        PlayNode n => In(n.Id, "prompts", n.Prompts),
        MenuNode n => In(n.Id, "prompts", n.Prompts).Concat(In(n.Id, "wrongKey", n.WrongKey)),
        VoicemailNode n => In(n.Id, "prompts", n.Prompts),
        CollectNode n => In(n.Id, "prompts", n.Prompts),
        _ => [],
    });

    private static IEnumerable<(string Path, string Prompt)> In(string node, string list, Items<Prompt> prompts)
    {
        for (var i = 0; i < prompts.Count; i++)
            if (prompts[i].Id is { } id) yield return (string.Create(CultureInfo.InvariantCulture, $"nodes.{node}.{list}[{i}].id"), id);
    }
}
