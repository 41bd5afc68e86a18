namespace CallCenter.Grains.Tests.World;

/// <summary>An edge as calls reach it over a bad link.</summary>
sealed class FaultyEdge(LinkFaults link, IEdgeObserver edge) : IEdgeObserver
{
    public Task Do(EdgeOrders orders) => link.Pass(() => edge.Do(orders));

    public Task Acknowledge(CallRef call, Ack ack) => link.Pass(() => edge.Acknowledge(call, ack));

    public Task Ping() => edge.Ping();

    public Task Drain(bool draining) => edge.Drain(draining);
}
