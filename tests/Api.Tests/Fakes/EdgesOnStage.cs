using CallCenter.Contracts.Calls;
using CallCenter.Contracts.Edges;
using CallCenter.Contracts.Tenants;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>One edge and the directory that knows it.</summary>
internal sealed class EdgesOnStage : IDirectoryGrain, IEdgeGrain
{
    private bool draining;

    /// <summary>To whom visitors are brought.</summary>
    public EdgeOnStage Observer { get; } = new();

    public Task<Items<EdgeReport>> Edges() => Task.FromResult<Items<EdgeReport>>([new(new("edge-0"), "127.0.0.1:5060", A.Noon.AddHours(-1), 3, 6, draining, A.Noon, [new("demo-trunk", TrunkState.Up, A.Noon, 12, 200, 2, [new(LegFailure.Busy, 486, 3)])])]);

    public Task<bool> Drain(bool draining)
    {
        this.draining = draining;
        return Task.FromResult(true);
    }

    public Task Report(EdgeReport report) => throw new NotSupportedException();
    public Task<TenantId?> TenantOf(string domain) => throw new NotSupportedException();
    public Task<string?> DomainOf(TenantId tenant) => throw new NotSupportedException();
    public Task<string?> TrunkOf(string address) => throw new NotSupportedException();
    public Task<TrunkWay?> WayOut(string trunk) => throw new NotSupportedException();
    public Task<Items<TrunkProbe>> Probed() => throw new NotSupportedException();
    public Task<bool> TakesCalls() => throw new NotSupportedException();
    public Task<bool> TakesCallsNow() => throw new NotSupportedException();
    public Task<EmergencyWay?> EmergencyWay(string dialled) => throw new NotSupportedException();
    public Task Refresh() => throw new NotSupportedException();
    public Task Subscribe(IEdgeObserver edge, long epoch, EdgeReach reach, DateTimeOffset? lastAlive) => throw new NotSupportedException();
    public Task<EdgePresence?> Present() => Task.FromResult<EdgePresence?>(new(EdgeOnStage.Epoch, Observer, new("127.0.0.1:5060", ""), Gone: false, null));
    public Task<EdgePresence?> Check() => throw new NotSupportedException();
}
