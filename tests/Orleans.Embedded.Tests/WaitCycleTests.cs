#if !ORLEANS_PACKAGES // a seam of the embedded runtime alone
using Orleans.Engine;
using Orleans.TestingHost;

namespace Orleans.Embedded.Tests;

public sealed class WaitCycleTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start(silo => silo.DetectWaitCycles());

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    IChain Grain(string key) => cluster.Client.GetGrain<IChain>(key);

    [Fact]
    public async Task A_call_that_closes_a_cycle_fails_at_once_and_names_it()
    {
        var e = await Assert.ThrowsAsync<WaitCycleException>(() => Grain("a").There(Grain("b")));
        Assert.Contains("IChain.There of chain/a → IChain.AndBack of chain/b", e.Message.Replace("Touch of chain/a", ""), StringComparison.Ordinal);
        Assert.Equal("touched", await Grain("a").Touch());
    }

    [Fact]
    public async Task A_call_to_oneself_is_a_cycle() => await Assert.ThrowsAsync<WaitCycleException>(() => Grain("self").AndBack(Grain("self")));

    [Fact]
    public async Task A_chain_with_leave_to_come_back_is_none() => Assert.Equal("touched", await Grain("c").ThereWithLeave(Grain("d")));

    [Fact]
    public async Task Waiting_behind_a_long_request_is_none()
    {
        var busy = Grain("busy").Meet("cycle-1");
        await Meeting.Of("cycle-1").Came;
        var behind = Grain("e").AndBack(Grain("busy"));
        Meeting.Of("cycle-1").LetOn();
        await busy;
        Assert.Equal("touched", await behind);
    }
}
#endif
