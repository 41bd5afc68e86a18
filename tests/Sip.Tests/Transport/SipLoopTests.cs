using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Transport;

public sealed class SipLoopTests
{
    [Fact]
    public async Task Work_of_each_poster_runs_in_its_order_and_none_is_lost()
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        loop.Start();
        var seen = new List<(int Poster, int Number)>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(poster => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++) loop.Post(seen.Add, (poster, i));
        })));
        loop.Post(done.SetResult);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(20_000, seen.Count);
        Assert.All(seen.GroupBy(s => s.Poster), g => Assert.Equal(Enumerable.Range(0, 5_000), g.Select(s => s.Number)));
    }

    [Fact]
    public async Task A_fault_in_one_piece_of_work_is_told_and_the_next_runs()
    {
        var faults = new List<Exception>();
        using var loop = new SipLoop(TimeProvider.System, faults.Add);
        loop.Start();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => throw new InvalidOperationException("a bug"));
        loop.Post(done.SetResult);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("a bug", Assert.Single(faults).Message);
    }

    [Fact]
    public async Task A_timer_wakes_the_sleeping_loop()
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        loop.Start();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => loop.Schedule(TimeSpan.FromMilliseconds(20), done.SetResult));
        await done.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_guest_is_served_when_the_loop_is_roused_and_asked_again_before_it_sleeps()
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        loop.Start();
        var left = 0;
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Admit(new(() => Volatile.Read(ref left) > 0, () =>
        {
            if (left > 0 && Interlocked.Decrement(ref left) == 0) done.TrySetResult(loop.IsCurrent); // one at a time: the rest is seen before the loop sleeps
        }));
        Interlocked.Exchange(ref left, 5);
        loop.Rouse();
        Assert.True(await done.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_loop_that_does_not_come_to_rest_has_no_time_for_others()
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        loop.Start();
        var busy = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => WhenBusy(loop, busy));
        await busy.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var rested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => WhenRested(loop, rested));
        await rested.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    /// <summary>Looks again after a rest.</summary>
    static void WhenRested(SipLoop loop, TaskCompletionSource rested)
    {
        if (loop.IsFree) rested.SetResult();
        else loop.Schedule(TimeSpan.FromMilliseconds(5), () => WhenRested(loop, rested));
    }

    /// <summary>Posts itself again and again, so that the loop never waits.</summary>
    static void WhenBusy(SipLoop loop, TaskCompletionSource<bool> busy)
    {
        if (loop.IsFree) loop.Post(() => WhenBusy(loop, busy));
        else busy.SetResult(true);
    }
}
