using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface IFiltered : IGrainWithStringKey
{
    Task<string> Say(string text);
    Task<string?> Tenant();
    Task<string?> TenantBelow(IFiltered below);
    Task SetTenant(string tenant);
    Task Fail();
}

public sealed class FilteredGrain : Grain, IFiltered, IIncomingGrainCallFilter
{
    public Task<string> Say(string text) => Task.FromResult(text);

    public Task<string?> Tenant() => Task.FromResult(RequestContext.Get("tenant") as string);

    public async Task<string?> TenantBelow(IFiltered below)
    {
        await Task.Yield();
        return await below.Tenant();
    }

    public Task SetTenant(string tenant)
    {
        RequestContext.Set("tenant", tenant);
        return Task.CompletedTask;
    }

    public Task Fail() => throw new InvalidOperationException("no");

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == nameof(Say)) context.Result = $"{context.Result} (by the grain)";
    }
}

public sealed class FilterTests : IAsyncLifetime
{
    readonly List<string> seen = [];
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start(silo => silo.AddIncomingGrainCallFilter(Incoming).AddOutgoingGrainCallFilter(Outgoing));

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    async Task Incoming(IIncomingGrainCallContext context)
    {
        if (context.Grain is FilteredGrain)
        {
            lock (seen) seen.Add($"{context.MethodName} {context.TargetId} from {context.SourceId?.ToString() ?? "outside"}");
            if (context.MethodName == nameof(IFiltered.Say) && context.Request.GetArgument(0) is "forbidden") throw new UnauthorizedAccessException("refused");
            if (context.MethodName == nameof(IFiltered.Say) && context.Request.GetArgument(0) is "instead")
            {
                context.Result = "by the filter";
                return;
            }
        }
        await context.Invoke();
    }

    static async Task Outgoing(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.Name == nameof(IFiltered.Tenant)) RequestContext.Set("seen-by", "outgoing");
        await context.Invoke();
    }

    IFiltered Grain(string key) => cluster.Client.GetGrain<IFiltered>(key);

    [Fact]
    public async Task Filters_see_calls_refuse_them_and_answer_in_their_place()
    {
        Assert.Equal("hello (by the grain)", await Grain("a").Say("hello"));
        Assert.Equal("by the filter", await Grain("a").Say("instead"));
        Assert.Equal("refused", (await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Grain("a").Say("forbidden"))).Message);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(Grain("a").Fail)).Message);
    }

    [Fact]
    public async Task The_request_context_flows_down_and_not_up()
    {
        RequestContext.Set("tenant", "acme");
        Assert.Equal("acme", await Grain("b").TenantBelow(Grain("c")));
        await Grain("b").SetTenant("globex");
        Assert.Equal("acme", RequestContext.Get("tenant"));
        RequestContext.Clear();
        Assert.Null(await Grain("b").Tenant());
    }

    [Fact]
    public async Task A_filter_knows_who_calls()
    {
        await Grain("d").TenantBelow(Grain("e"));
        lock (seen)
        {
            Assert.Contains(seen, s => s.StartsWith($"TenantBelow {Grain("d").GetGrainId()} from", StringComparison.Ordinal));
            Assert.Contains($"Tenant {Grain("e").GetGrainId()} from {Grain("d").GetGrainId()}", seen);
        }
    }
}
