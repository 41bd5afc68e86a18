namespace CallCenter.Grains.Tests.World;

/// <summary>An edge as calls reach it over a bad link.</summary>
sealed class FaultyEdge(LinkFaults link, IEdgeObserver edge) : IEdgeObserver
{
    public Task Do(EdgeOrders orders) => link.Pass(() => edge.Do(orders));

    public Task Acknowledge(CallRef call, Ack ack) => link.Pass(() => edge.Acknowledge(call, ack));

    public Task Ping() => edge.Ping();

    public Task Drain(bool draining) => edge.Drain(draining);

    public Task<PathAnswer> OpenPath(PathWish wish) => edge.OpenPath(wish);

    public Task<PathAnswer> RestartPath(PathName path, string sdp) => edge.RestartPath(path, sdp);

    public Task<PathRefusal> EchoPath(PathName path, bool on) => edge.EchoPath(path, on);

    public Task<PathRefusal> ClosePath(PathName path) => edge.ClosePath(path);

    public Task<VisitorAnswer> TakeVisitor(VisitorCall visitor) => edge.TakeVisitor(visitor);

    public Task<VisitorAnswer> MoveVisitor(CallRef call, string sdp) => edge.MoveVisitor(call, sdp);

    public Task<bool> EndVisitor(CallRef call) => edge.EndVisitor(call);
}
