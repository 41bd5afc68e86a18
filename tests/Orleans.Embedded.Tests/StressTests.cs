namespace Orleans.Embedded.Tests;

/// <summary>Run alone: it takes all the processors there are.</summary>
[CollectionDefinition(nameof(StressTests), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(StressTests))]
public sealed class StressTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_grains_with_a_hundred_callers_each_never_run_two_turns_at_once()
    {
        const int grains = 10_000, callers = 100;
        var counted = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var calls = new Task<int>[grains];
            for (int n = 0; n < grains; n++) calls[n] = cluster.Client.GetGrain<ICounting>($"{(n + caller * 97) % grains}").Count();
            return (await Task.WhenAll(calls)).Length;
        })));
        Assert.Equal(grains * callers, counted.Sum());
        Assert.Equal(callers + 1, await cluster.Client.GetGrain<ICounting>("17").Count());
    }
}
