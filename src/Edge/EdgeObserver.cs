namespace CallCenter.Edge;

/// <summary>The edge as calls reach it: passes everything to the loop and returns at once.</summary>
sealed class EdgeObserver(EdgeCore edge) : IEdgeObserver
{
    public Task Do(EdgeOrders orders)
    {
        edge.Loop.Post(static work => work.edge.Calls.Do(work.orders), (edge, orders));
        return Task.CompletedTask;
    }

    public Task Acknowledge(CallRef call, Ack ack)
    {
        edge.Loop.Post(static work => work.edge.Calls.Acknowledged(work.call, work.ack), (edge, call, ack));
        return Task.CompletedTask;
    }
}
