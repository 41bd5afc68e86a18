using System.Diagnostics;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Orleans.Embedded.Tests;

public interface IReminded : IGrainWithStringKey
{
    Task Register(string name, TimeSpan due, TimeSpan period);
    Task Unregister(string name);
    Task<string[]> Names();
    Task<int> Ticks();
    Task End();
}

public sealed class RemindedGrain : Grain, IReminded, IRemindable
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Counted = [];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Counted.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public Task Register(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Unregister(string name)
    {
        if (await this.GetReminder(name) is { } reminder) await this.UnregisterReminder(reminder);
    }

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(r => r.ReminderName).Order()];

    public Task<int> Ticks() => Task.FromResult(Counted.GetValueOrDefault(this.GetPrimaryKeyString()));

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class ReminderTests : IAsyncLifetime
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    IReminded Grain() => cluster.Client.GetGrain<IReminded>(Guid.NewGuid().ToString("N"));

    async Task Ticked(IReminded grain, int times)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20) && await grain.Ticks() < times;) await Task.Yield();
        Assert.Equal(times, await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_ticks_also_when_the_grain_was_deactivated()
    {
        var grain = Grain();
        await grain.Register("r", Minute, 2 * Minute);
        await grain.End();
        cluster.Clock.Advance(Minute);
        await Ticked(grain, 1);
        cluster.Clock.Advance(2 * Minute);
        await Ticked(grain, 2);
    }

    [Fact]
    public async Task Reminders_are_found_replaced_and_taken_back()
    {
        var grain = Grain();
        await grain.Register("b", Minute, Minute);
        await grain.Register("a", Minute, Minute);
        await grain.Register("a", 3 * Minute, Minute);
        Assert.Equal(["a", "b"], await grain.Names());
        await grain.Unregister("b");
        Assert.Equal(["a"], await grain.Names());
        cluster.Clock.Advance(2 * Minute);
        Assert.Equal(0, await grain.Ticks());
        cluster.Clock.Advance(Minute);
        await Ticked(grain, 1);
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Grain().Register("r", Minute, TimeSpan.FromSeconds(59)));
}
