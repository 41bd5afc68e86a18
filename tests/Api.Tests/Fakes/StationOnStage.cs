using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>A station as its grain shows it; a test says what connects.</summary>
internal sealed class StationOnStage(EdgeOnStage edge) : IStationGrain
{
    private StationView view = new(StationKind.Browser, false, null, null);

    public void Connected(string connection, string client) => view = new(StationKind.Browser, true, new(new("edge-0"), EdgeOnStage.Epoch, connection, client, A.Noon), A.Noon);

    public Task<StationView> Look() => Task.FromResult(view);

    public Task<IEdgeObserver?> Edge() => Task.FromResult<IEdgeObserver?>(edge);

    public Task<Refusal?> Choose(StationKind kind)
    {
        view = new(kind, false, null, A.Noon);
        return Task.FromResult<Refusal?>(null);
    }

    public Task<Refusal?> ChooseNumber(Secret number)
    {
        view = new(StationKind.Number, true, null, A.Noon, number);
        return Task.FromResult<Refusal?>(null);
    }

    public Task<ExtensionSettings?> Credentials(bool emergency) => throw new NotSupportedException();
    public Task<Registrations> Registrations() => throw new NotSupportedException();
    public Task<bool> Save(Registrations registrations) => throw new NotSupportedException();
    public Task Refresh() => throw new NotSupportedException();
    public Task<BrowserGrant> Connect(Browser browser, bool take) => throw new NotSupportedException();
    public Task<TimeSpan> Hear(string connection, bool heard) => throw new NotSupportedException();
    public Task Disconnect(string connection) => throw new NotSupportedException();
}

/// <summary>An edge that is asked for browsers' paths; it takes an offer that begins like one.</summary>
internal sealed partial class EdgeOnStage
{
    public const long Epoch = 7;

    public List<string> Asked { get; } = [];

    /// <summary>How it answers the next offer instead.</summary>
    public PathAnswer? Next { get; set; }

    public Task<PathAnswer> OpenPath(PathWish wish)
    {
        Say($"open {wish.Tenant}/{wish.Extension} {wish.Client} {wish.Take}");
        var answer = Next ?? (wish.Sdp.StartsWith("v=0", StringComparison.Ordinal) ? new(PathRefusal.None, "conn-1", "v=0 answer") : new(PathRefusal.BadOffer));
        Next = null;
        return Task.FromResult(answer);
    }

    public Task<PathAnswer> RestartPath(PathName path, string sdp)
    {
        Say($"restart {path.Tenant}/{path.Extension} {path.Connection}");
        return Task.FromResult(new PathAnswer(PathRefusal.None, path.Connection, "v=0 again"));
    }

    public Task<PathRefusal> EchoPath(PathName path, bool on)
    {
        Say($"echo {path.Tenant}/{path.Extension} {path.Connection} {on}");
        return Task.FromResult(on ? PathRefusal.None : PathRefusal.InCall);
    }

    public Task<PathRefusal> ClosePath(PathName path)
    {
        Say($"close {path.Tenant}/{path.Extension} {path.Connection}");
        return Task.FromResult(PathRefusal.None);
    }

    private void Say(string what)
    {
        lock (Asked) Asked.Add(what);
    }
}
