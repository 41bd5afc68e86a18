using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface ILiving : IGrainWithStringKey
{
    Task<int> Activations();
    Task End();
    Task Stay(TimeSpan span);
    Task Meet(string name);
}

public class LivingGrain(Diary diary) : Grain, ILiving
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        diary.Activated(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        diary.Ended.Enqueue((this.GetPrimaryKeyString(), reason.ReasonCode));
        return Task.CompletedTask;
    }

    public Task<int> Activations() => Task.FromResult(diary.Activations(this.GetPrimaryKeyString()));

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task Meet(string name) => Meeting.Of(name).Wait();
}

public interface IKept : ILiving;

[KeepAlive]
public sealed class KeptGrain(Diary diary) : LivingGrain(diary), IKept;

/// <summary>What grains of one cluster have lived through.</summary>
public sealed class Diary
{
    readonly ConcurrentDictionary<string, int> activations = [];

    public ConcurrentQueue<(string Key, DeactivationReasonCode Why)> Ended { get; } = [];

    public void Activated(string key) => activations.AddOrUpdate(key, 1, (_, n) => n + 1);

    public int Activations(string key) => activations.GetValueOrDefault(key);
}

public interface IFailing : IGrainWithStringKey
{
    Task<string> Say();
}

public sealed class FailingGrain : Grain, IFailing
{
    static readonly ConcurrentDictionary<string, int> Tries = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Tries.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, n) => n + 1) == 1) throw new InvalidOperationException("not the first time");
    }

    public Task<string> Say() => Task.FromResult("active");
}

public sealed class Scoped(IGrainContextAccessor accessor) : IDisposable
{
    public bool Disposed { get; private set; }
    public string Grain { get; } = accessor.GrainContext!.GrainId.ToString();

    public void Dispose() => Disposed = true;
}

public interface IScoping : IGrainWithStringKey
{
    Task<string> Owner();
    Task<bool> SameInScope();
}

public sealed class ScopingGrain(Scoped scoped) : Grain, IScoping
{
    public Task<string> Owner() => Task.FromResult(scoped.Grain);

    public Task<bool> SameInScope() => Task.FromResult(ReferenceEquals(scoped, ServiceProvider.GetRequiredService<Scoped>()));
}

public sealed class LifeTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start(silo =>
    {
        silo.Services.AddSingleton<Diary>();
        silo.Services.AddScoped<Scoped>();
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(5));
    });

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    Diary Diary => cluster.Services.GetRequiredService<Diary>();

    /// <summary>Deactivation goes on after the call that caused it.</summary>
    async Task Ended(string key, DeactivationReasonCode why)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20) && !Diary.Ended.Contains((key, why));) await Task.Yield();
        Assert.Contains((key, why), Diary.Ended);
    }

    [Fact]
    public async Task A_grain_is_activated_by_its_first_call_only()
    {
        var grain = cluster.Client.GetGrain<ILiving>("a", typeof(LivingGrain).FullName);
        Assert.Equal(0, Diary.Activations("a"));
        Assert.Equal(1, await grain.Activations());
        Assert.Equal(1, await grain.Activations());
    }

    [Fact]
    public async Task Deactivate_on_idle_ends_the_activation_and_the_next_call_makes_another()
    {
        var grain = cluster.Client.GetGrain<ILiving>("b", typeof(LivingGrain).FullName);
        await grain.Activations();
        await grain.End();
        Assert.Equal(2, await grain.Activations());
        await Ended("b", DeactivationReasonCode.ApplicationRequested);
    }

    [Fact]
    public async Task Calls_that_wait_while_the_grain_ends_go_to_the_next_activation()
    {
        var grain = cluster.Client.GetGrain<ILiving>("c", typeof(LivingGrain).FullName);
        var meeting = grain.Meet("end-1");
        await Meeting.Of("end-1").Came;
        var end = grain.End();
        var after = Enumerable.Range(0, 10).Select(_ => grain.Activations()).ToArray();
        Meeting.Of("end-1").LetOn();
        await Task.WhenAll(meeting, end);
        Assert.All(await Task.WhenAll(after), n => Assert.Equal(2, n));
    }

    [Fact]
    public async Task Idle_grains_are_collected_and_kept_ones_are_not()
    {
        var (idle, kept, delayed) = (cluster.Client.GetGrain<ILiving>("idle", typeof(LivingGrain).FullName), cluster.Client.GetGrain<IKept>("kept"), cluster.Client.GetGrain<ILiving>("delayed", typeof(LivingGrain).FullName));
        await Task.WhenAll(idle.Activations(), kept.Activations(), delayed.Stay(TimeSpan.FromHours(1)));
        for (int minute = 0; minute < 8; minute++) cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await Ended("idle", DeactivationReasonCode.ActivationIdle);
        Assert.Equal(2, await idle.Activations());
        Assert.Equal(1, await kept.Activations());
        Assert.Equal(1, await delayed.Activations());
    }

    [Fact]
    public async Task A_failed_activation_fails_the_calls_that_wait_and_the_next_call_tries_again()
    {
        var grain = cluster.Client.GetGrain<IFailing>("f");
        var first = grain.Say();
        Assert.Equal("not the first time", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        Assert.Equal("active", await grain.Say());
    }

    [Fact]
    public async Task Stopping_the_silo_deactivates_its_grains()
    {
        var diary = Diary;
        await cluster.Client.GetGrain<ILiving>("stop", typeof(LivingGrain).FullName).Activations();
        await cluster.Inner.StopSiloAsync(cluster.Inner.Silos[0]);
        Assert.Contains(("stop", DeactivationReasonCode.ShuttingDown), diary.Ended);
    }

    [Fact]
    public async Task Scoped_services_belong_to_one_activation()
    {
        Assert.Equal("scoping/a", await cluster.Client.GetGrain<IScoping>("a").Owner());
        Assert.Equal("scoping/b", await cluster.Client.GetGrain<IScoping>("b").Owner());
        Assert.True(await cluster.Client.GetGrain<IScoping>("a").SameInScope());
    }
}
