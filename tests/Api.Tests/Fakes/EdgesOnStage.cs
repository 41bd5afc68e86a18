using CallCenter.Contracts.Calls;
using CallCenter.Contracts.Edges;
using CallCenter.Contracts.Tenants;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>One edge and the directory that knows it.</summary>
internal sealed class EdgesOnStage : IDirectoryGrain, IEdgeGrain
{
    private bool draining;

    public Task<Items<EdgeReport>> Edges() => Task.FromResult<Items<EdgeReport>>([new(new("edge-0"), "127.0.0.1:5060", A.Noon.AddHours(-1), 3, 6, draining, A.Noon)]);

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
    public Task<bool> TakesCalls() => throw new NotSupportedException();
    public Task<bool> TakesCallsNow() => throw new NotSupportedException();
    public Task<EmergencyWay?> EmergencyWay(string dialled) => throw new NotSupportedException();
    public Task Refresh() => throw new NotSupportedException();
    public Task Subscribe(IEdgeObserver edge, long epoch, EdgeReach reach, DateTimeOffset? lastAlive) => throw new NotSupportedException();
    public Task<EdgePresence?> Present() => throw new NotSupportedException();
    public Task<EdgePresence?> Check() => throw new NotSupportedException();
}
