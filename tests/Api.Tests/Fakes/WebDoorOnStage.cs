using CallCenter.Contracts.Edges;
using CallCenter.Contracts.Numbers;
using CallCenter.Contracts.WebCalls;
using CallCenter.Domain.WebCalls;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>The numbers of a tenant that visitors may call, and their places.</summary>
internal sealed class WebDoorOnStage : IWebDoorGrain
{
    private WebCallPlaces places = new(100);

    public List<WebCallSettings> Open { get; } = [];

    public int Places => places.Count;

    /// <summary>A number, and nobody who calls it.</summary>
    public void Begin(WebCallSettings number)
    {
        Open.Clear();
        Open.Add(number);
        places = new(100);
    }

    public Task<WebCallSettings?> Number(string number) => Task.FromResult(Open.Find(s => s.Id == number && s.Enabled));
    public Task<Items<string>> Origins() => Task.FromResult(Open.SelectMany(s => s.Origins).ToItems());

    public Task<WebCallEntry> Enter(CallId call, string number, string address)
    {
        lock (Open) return Task.FromResult(new WebCallEntry(places.Enter(call, Open.Find(s => s.Id == number)!, address, A.Noon)));
    }

    public Task Hold(CallId call, string number, string address) => throw new NotSupportedException();

    public Task Leave(CallId call)
    {
        lock (Open) places.Leave(call);
        return Task.CompletedTask;
    }

    public Task Refresh() => throw new NotSupportedException();
}

/// <summary>An access number, served by a flow.</summary>
internal sealed class NumberOnStage(string number) : INumberGrain
{
    public Task<NumberRoute?> Route()
    {
        var tenant = Array.Find([A.Acme, A.Globex], tenant => A.Canonical(A.NumberOf(tenant)) == number);
        return Task.FromResult(tenant == default ? null : new NumberRoute(tenant, number, new(new("main"), 1), false));
    }

    public Task Refresh() => throw new NotSupportedException();
}

/// <summary>An edge that takes visitors as a test says, and remembers them.</summary>
internal sealed partial class EdgeOnStage : IEdgeObserver
{
    public const string Sdp = "v=0 of the edge";

    public List<VisitorCall> Visitors { get; } = [];
    public List<string> Heard { get; } = [];

    /// <summary>Null: it takes everybody.</summary>
    public VisitorRefusal? Refuses { get; set; }

    public void Begin()
    {
        Visitors.Clear();
        Heard.Clear();
        Refuses = null;
    }

    private VisitorAnswer Answer => Refuses is { } why ? VisitorAnswer.Refused(why) : new(Sdp, null);

    public Task<VisitorAnswer> TakeVisitor(VisitorCall visitor)
    {
        lock (Visitors) Visitors.Add(visitor);
        return Task.FromResult(Answer);
    }

    public Task<VisitorAnswer> MoveVisitor(CallRef call, string sdp)
    {
        Heard.Add($"{call.Tenant}/{call.Call} moves: {sdp}");
        return Task.FromResult(Answer);
    }

    public Task<bool> EndVisitor(CallRef call)
    {
        Heard.Add($"{call.Tenant}/{call.Call} ends");
        return Task.FromResult(true);
    }

    public Task Do(EdgeOrders orders) => throw new NotSupportedException();
    public Task Acknowledge(CallRef call, Ack ack) => throw new NotSupportedException();
    public Task Ping() => throw new NotSupportedException();
    public Task Drain(bool draining) => throw new NotSupportedException();
}
