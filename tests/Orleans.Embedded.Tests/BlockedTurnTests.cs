namespace Orleans.Embedded.Tests;

public interface IBlocking : IGrainWithStringKey
{
    Task Block();
}

/// <summary>Does what no grain may do.</summary>
public sealed class BlockingGrain : Grain, IBlocking
{
    internal static readonly TaskCompletionSource Inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal static readonly ManualResetEventSlim Gate = new();

    public Task Block()
    {
        Inside.SetResult();
        Gate.Wait();
        return Task.CompletedTask;
    }
}

public sealed class BlockedTurnTests
{
    [Fact]
    public async Task A_turn_that_blocks_its_thread_holds_up_no_other_grain()
    {
        await using var cluster = await TestCluster.Start();
        var blocked = cluster.Client.GetGrain<IBlocking>("blocked").Block();
        await BlockingGrain.Inside.Task;
        var first = cluster.Client.GetGrain<ICounting>("first").Count(); // perhaps behind the one that blocks, until somebody notices
        for (var seen = Environment.TickCount64; !first.IsCompleted; await Task.Yield())
        {
            if (Environment.TickCount64 == seen) continue; // blocking shows in real time only
            seen = Environment.TickCount64;
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        Assert.Equal(1, await first);
        Assert.False(blocked.IsCompleted);
        BlockingGrain.Gate.Set();
        await blocked;
    }
}
