using Orleans.Configuration;
using Orleans.Concurrency;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface IChain : IGrainWithStringKey
{
    /// <summary>Calls the other, which calls back.</summary>
    Task<string> There(IChain other);

    Task<string> AndBack(IChain first);

    Task<string> ThereWithLeave(IChain other);

    Task<string> Touch();

    Task Meet(string name);

    [OneWay]
    Task FireAndForget(string name);
}

public sealed class ChainGrain : Grain, IChain
{
    public async Task<string> There(IChain other) => await other.AndBack(this.AsReference<IChain>());

    public async Task<string> AndBack(IChain first)
    {
        var touched = first.Touch();
        _ = Meeting.Of($"back in {this.GetPrimaryKeyString()}").Wait();
        return await touched;
    }

    public async Task<string> ThereWithLeave(IChain other)
    {
        using var leave = RequestContext.AllowCallChainReentrancy();
        return await other.AndBack(this.AsReference<IChain>());
    }

    public Task<string> Touch() => Task.FromResult("touched");

    public Task Meet(string name) => Meeting.Of(name).Wait();

    public async Task FireAndForget(string name)
    {
        await Meeting.Of(name).Wait();
        throw new InvalidOperationException("nobody hears this");
    }
}

public sealed class TimeoutTests
{
    static Task<TestCluster> Start(TimeSpan timeout) => TestCluster.Start(silo => silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = timeout));

    [Fact]
    public async Task A_callee_that_does_not_answer_times_out_and_goes_on()
    {
        await using var cluster = await Start(TimeSpan.FromSeconds(2));
        var grain = cluster.Client.GetGrain<ICounting>("slow");
        var call = grain.Meet("slow-1");
        await Meeting.Of("slow-1").Came;
        cluster.Clock.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Meeting.Of("slow-1").LetOn();
        Assert.Equal(1, await grain.Count());
    }

    [Fact]
    public async Task A_cycle_of_calls_stands_until_the_time_out()
    {
        await using var cluster = await Start(TimeSpan.FromSeconds(2));
        var a = cluster.Client.GetGrain<IChain>("a");
        var call = a.There(cluster.Client.GetGrain<IChain>("round"));
        await Meeting.Of("back in round").Came;
        cluster.Clock.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Equal("touched", await a.Touch());
    }

    [Fact]
    public async Task A_chain_with_leave_may_come_back()
    {
        await using var cluster = await Start(TimeSpan.FromSeconds(30));
        Assert.Equal("touched", await cluster.Client.GetGrain<IChain>("a").ThereWithLeave(cluster.Client.GetGrain<IChain>("b")));
    }

    [Fact]
    public async Task A_one_way_call_ends_at_once_and_its_exception_vanishes()
    {
        await using var cluster = await Start(TimeSpan.FromSeconds(30));
        var grain = cluster.Client.GetGrain<IChain>("one-way");
        await grain.FireAndForget("fired");
        await Meeting.Of("fired").Came;
        Meeting.Of("fired").LetOn();
        Assert.Equal("touched", await grain.Touch());
    }
}
