using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
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

    [Theory, InlineData(0, 0), InlineData(30, 30), InlineData(4_999, 4_999), InlineData(-1, 0), InlineData(5_001, 0)]
    public void A_datagram_has_waited_since_the_kernel_took_it_unless_that_is_out_of_reason(int agoMs, int waitedMs)
    {
        var time = new StoppedTime();
        using var loop = new SipLoop(time, fault => Assert.Fail(fault.ToString()));
        loop.TookUp((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick - agoMs * 1_000_000L);
        Assert.Equal(waitedMs, loop.Waited.TotalMilliseconds);
        loop.TookUp(0);
        Assert.Equal(TimeSpan.Zero, loop.Waited);
    }

    /// <summary>The kernel begins to take the time a little after it was first asked, so the first datagrams may not have waited.</summary>
    [Fact]
    public async Task A_datagram_that_lay_while_the_loop_was_busy_has_waited_so_long()
    {
        using var loop = new SipLoop(TimeProvider.System, fault => Assert.Fail(fault.ToString()));
        using var here = UdpTransport.Bind(new(IPAddress.Loopback, 0));
        var seen = new Waiting(loop);
        here.Attach(loop, seen);
        loop.Start();
        using var peer = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var (least, waited, most) = await LieThere(loop, peer, here.Local, seen);
            Assert.True(waited <= most);
            if (waited >= least - TimeSpan.FromMilliseconds(1)) break;
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "the kernel never said when");
        }
        var after = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => after.SetResult(loop.Waited));
        Assert.Equal(TimeSpan.Zero, await after.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    static async Task<(TimeSpan Least, TimeSpan Waited, TimeSpan Most)> LieThere(SipLoop loop, UdpClient peer, IPEndPoint there, Waiting seen)
    {
        using var busy = new ManualResetEventSlim();
        loop.Post(busy.Wait);
        seen.Next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Stopwatch.GetTimestamp();
        await peer.SendAsync(new byte[] { 1 }, there, TestContext.Current.CancellationToken);
        var sent = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(sent) > TimeSpan.FromMilliseconds(20));
        var least = Stopwatch.GetElapsedTime(sent);
        busy.Set();
        var waited = await seen.Next.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        return (least, waited, Stopwatch.GetElapsedTime(before));
    }

    sealed class Waiting(SipLoop loop) : IDatagrams
    {
        public TaskCompletionSource<TimeSpan> Next = new();

        public void OnDatagram(ReadOnlySpan<byte> datagram, SipFlow from) => Next.TrySetResult(loop.Waited);
    }

    sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
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
