namespace CallCenter.Domain.Flows;

/// <summary>The queues to which a flow may lead: by a queue's node, or by a transfer.</summary>
public static class FlowQueues
{
    public static Items<QueueId> Of(FlowDefinition flow) => Named(flow).Select(named => named.Queue).Distinct().ToItems();

    /// <summary>Each with its path in the JSON form.</summary>
    public static IEnumerable<(string Path, QueueId Queue)> Named(FlowDefinition flow)
    {
        foreach (var node in flow.Nodes.AsEnumerable())
            switch (node)
            {
                case QueueNode n: yield return ($"nodes.{n.Id}.queue", n.Queue); break;
                case TransferNode { To.Queue: { } queue } n: yield return ($"nodes.{n.Id}.to.queue", queue); break;
            }
    }
}
