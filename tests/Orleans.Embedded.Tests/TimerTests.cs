using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface ITicking : IGrainWithStringKey
{
    Task Tick(TimeSpan due, TimeSpan period);
    Task TickWithState(TimeSpan due, string state);
    Task TickAndMeet(TimeSpan due, TimeSpan period, string name, bool interleave);
    Task Change(TimeSpan due, TimeSpan period);
    Task Stop();
    Task<int> Ticks();

    [Concurrency.AlwaysInterleave]
    Task<int> TicksNow();

    Task<string> LastState();
    Task FailThenTick(TimeSpan period);
}

public sealed class TickingGrain : Grain, ITicking
{
    IGrainTimer? timer;
    int ticks;
    string lastState = "";

    public Task Tick(TimeSpan due, TimeSpan period)
    {
        timer = this.RegisterGrainTimer(() =>
        {
            ticks++;
            return Task.CompletedTask;
        }, due, period);
        return Task.CompletedTask;
    }

    public Task TickWithState(TimeSpan due, string state)
    {
        timer = this.RegisterGrainTimer(static (s, stop) =>
        {
            s.Grain.lastState = stop.IsCancellationRequested ? "stopped" : s.Text;
            s.Grain.ticks++;
            return Task.CompletedTask;
        }, (Grain: this, Text: state), new GrainTimerCreationOptions { DueTime = due, Period = Timeout.InfiniteTimeSpan });
        return Task.CompletedTask;
    }

    public Task TickAndMeet(TimeSpan due, TimeSpan period, string name, bool interleave)
    {
        timer = this.RegisterGrainTimer(async stop =>
        {
            ticks++;
            await Meeting.Of(name).Wait();
        }, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(ticks);

    public Task<int> TicksNow() => Task.FromResult(ticks);

    public Task<string> LastState() => Task.FromResult(lastState);

    public Task FailThenTick(TimeSpan period)
    {
        timer = this.RegisterGrainTimer(() => ++ticks == 1 ? throw new InvalidOperationException("the first") : Task.CompletedTask, period, period);
        return Task.CompletedTask;
    }
}

public sealed class TimerTests : IAsyncLifetime
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_each_period()
    {
        var grain = cluster.Client.GetGrain<ITicking>("a");
        await grain.Tick(5 * Second, 2 * Second);
        cluster.Clock.Advance(4 * Second);
        Assert.Equal(0, await grain.Ticks());
        cluster.Clock.Advance(Second);
        Assert.Equal(1, await grain.Ticks());
        cluster.Clock.Advance(2 * Second);
        Assert.Equal(2, await grain.Ticks());
    }

    [Fact]
    public async Task An_infinite_period_ticks_once_and_state_is_handed_back()
    {
        var grain = cluster.Client.GetGrain<ITicking>("once");
        await grain.TickWithState(Second, "mine");
        for (int n = 0; n < 5; n++)
        {
            cluster.Clock.Advance(Second);
            await grain.Ticks();
        }
        Assert.Equal(1, await grain.Ticks());
        Assert.Equal("mine", await grain.LastState());
    }

    [Fact]
    public async Task The_period_counts_from_the_end_of_a_tick()
    {
        var grain = cluster.Client.GetGrain<ITicking>("end");
        await grain.TickAndMeet(Second, Second, "tick-end", interleave: false);
        cluster.Clock.Advance(Second);
        await Meeting.Of("tick-end").Came;
        cluster.Clock.Advance(10 * Second);
        Assert.Equal(1, await grain.TicksNow());
        Meeting.Of("tick-end").LetOn();
        Assert.Equal(1, await grain.Ticks());
        cluster.Clock.Advance(Second);
        Assert.Equal(2, await grain.Ticks());
    }

    [Fact]
    public async Task Requests_wait_for_a_tick_unless_it_interleaves()
    {
        var grain = cluster.Client.GetGrain<ITicking>("beside");
        await grain.TickAndMeet(Second, Second, "tick-beside", interleave: true);
        cluster.Clock.Advance(Second);
        await Meeting.Of("tick-beside").Came;
        Assert.Equal(1, await grain.Ticks());
        Meeting.Of("tick-beside").LetOn();

        var strict = cluster.Client.GetGrain<ITicking>("strict");
        await strict.TickAndMeet(Second, Second, "tick-strict", interleave: false);
        cluster.Clock.Advance(Second);
        await Meeting.Of("tick-strict").Came;
        var asked = strict.Ticks();
        await grain.Ticks();
        Assert.False(asked.IsCompleted);
        Meeting.Of("tick-strict").LetOn();
        Assert.Equal(1, await asked);
    }

    [Fact]
    public async Task Change_counts_anew_and_dispose_stops()
    {
        var grain = cluster.Client.GetGrain<ITicking>("change");
        await grain.Tick(Second, Second);
        await grain.Change(10 * Second, 10 * Second);
        cluster.Clock.Advance(9 * Second);
        Assert.Equal(0, await grain.Ticks());
        cluster.Clock.Advance(Second);
        Assert.Equal(1, await grain.Ticks());
        await grain.Stop();
        cluster.Clock.Advance(60 * Second);
        Assert.Equal(1, await grain.Ticks());
    }

    [Fact]
    public async Task A_failed_tick_does_not_stop_the_timer()
    {
        var grain = cluster.Client.GetGrain<ITicking>("fail");
        await grain.FailThenTick(Second);
        cluster.Clock.Advance(Second);
        await grain.Ticks();
        cluster.Clock.Advance(Second);
        Assert.Equal(2, await grain.Ticks());
    }
}
