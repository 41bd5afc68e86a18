using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.Embedded.Tests;

/// <summary>A cluster of one silo on a fake clock, with memory storage and reminders.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    readonly InProcessTestCluster cluster;

    TestCluster(InProcessTestCluster cluster, FakeClock clock) => (this.cluster, Clock) = (cluster, clock);

    public FakeClock Clock { get; }
    public IClusterClient Client => cluster.Client;
    public IServiceProvider Services => cluster.GetSiloServiceProvider();
    public InProcessTestCluster Inner => cluster;

    public static async Task<TestCluster> Start(Action<ISiloBuilder>? configure = null)
    {
        var clock = new FakeClock();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("other");
            silo.UseInMemoryReminderService();
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, clock);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}

/// <summary>Where a test and a grain of its process meet: the grain tells that it came, and waits to be let on.</summary>
public sealed class Meeting
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Meeting> All = [];

    readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously), on = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Came => came.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public static Meeting Of(string name) => All.GetOrAdd(name, _ => new());

    public Task Wait()
    {
        came.TrySetResult();
        return on.Task;
    }

    public void LetOn() => on.TrySetResult();
}
