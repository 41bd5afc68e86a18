#if !ORLEANS_PACKAGES // seams of the embedded runtime alone
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class CrashTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start(silo => silo.Services.AddSingleton<Diary>());

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    int Crash() => cluster.Services.GetRequiredService<ICrashActivations>().CrashActivations();

    [Fact]
    public async Task A_crash_drops_activations_without_deactivating_them()
    {
        var grain = cluster.Client.GetGrain<ILiving>("a", typeof(LivingGrain).FullName);
        Assert.Equal(1, await grain.Activations());
        Assert.Equal(1, Crash());
        Assert.Equal(2, await grain.Activations());
        Assert.Empty(cluster.Services.GetRequiredService<Diary>().Ended);
    }

    [Fact]
    public async Task Callers_in_flight_fail_at_once_and_what_was_dropped_never_goes_on()
    {
        var grain = cluster.Client.GetGrain<IKeeper>("b");
        var running = grain.WaitThenWrite("crash-1");
        await Meeting.Of("crash-1").Came;
        var waiting = grain.Written();
        Crash();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => running);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => waiting);
        Meeting.Of("crash-1").LetOn();
        Assert.Equal(0, await grain.Written());
    }

    [Fact]
    public async Task Timers_end_with_a_crash_and_storage_reminders_and_observers_do_not()
    {
        var key = Guid.NewGuid().ToString("N");
        var (keeping, reminded, ticking, speaker) = (cluster.Client.GetGrain<IKeeping>(key), cluster.Client.GetGrain<IReminded>(key), cluster.Client.GetGrain<ITicking>(key), cluster.Client.GetGrain<ISpeaker>(key));
        var listener = new Listener("anna");
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await keeping.Put(5, "five", write: true);
        await reminded.Register("r", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await ticking.Tick(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Crash();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(5, (await keeping.Look()).Amount);
        Assert.Equal(0, await ticking.Ticks());
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20) && await reminded.Ticks() == 0;) await Task.Yield();
        Assert.Equal(1, await reminded.Ticks());
        await speaker.Subscribe(reference);
        Assert.Equal(["anna: there?"], await speaker.AskAll("there?"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_go_on_while_crashes_rain()
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 20).Select(c => Task.Run(async () =>
        {
            var counting = cluster.Client.GetGrain<ICounting>($"{c % 5}");
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await counting.Count();
                }
                catch (SiloUnavailableException)
                {
                    // crashed under the call: the next one finds a new activation
                }
            }
            return await counting.Count();
        })).ToArray();
        for (int n = 0; n < 200; n++)
        {
            Crash();
            for (int pause = 0; pause < 50; pause++) await Task.Yield();
        }
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), count => Assert.True(count > 0));
    }
}

public interface IKeeper : IGrainWithStringKey
{
    Task WaitThenWrite(string name);
    Task<int> Written();
}

public sealed class KeeperGrain : Grain, IKeeper
{
    static int written;

    public async Task WaitThenWrite(string name)
    {
        await Meeting.Of(name).Wait();
        written++;
    }

    public Task<int> Written() => Task.FromResult(written);
}
#endif
