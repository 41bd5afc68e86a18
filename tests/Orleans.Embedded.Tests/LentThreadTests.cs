#if !ORLEANS_PACKAGES // a seam of the embedded runtime alone
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface IPlaced : IGrainWithIntegerKey
{
    Task<int> Thread();
    Task Keep();
}

/// <summary>Tells where its turns run, and keeps the thread if told to, as no grain may.</summary>
public sealed class PlacedGrain : Grain, IPlaced
{
    internal static readonly TaskCompletionSource Inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal static readonly ManualResetEventSlim Gate = new();

    public Task<int> Thread() => Task.FromResult(Environment.CurrentManagedThreadId);

    public Task Keep()
    {
        Inside.TrySetResult();
        Gate.Wait();
        return Task.CompletedTask;
    }
}

public sealed class LentThreadTests
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A thread with time for others: it sleeps until somebody rouses it.</summary>
    sealed class Loan : IDisposable
    {
        readonly AutoResetEvent roused = new(false);
        readonly Thread thread;
        volatile bool over;

        public Loan()
        {
            Lent = new(() => IsFree, () => roused.Set());
            thread = new(Run) { IsBackground = true };
            thread.Start();
        }

        public LentThread Lent { get; }
        public volatile bool IsFree = true;
        public int Id => thread.ManagedThreadId;

        void Run()
        {
            while (!over)
            {
                while (Lent.Waits) Lent.Run();
                roused.WaitOne();
            }
        }

        public void Dispose()
        {
            Lent.Dispose();
            over = true;
            roused.Set();
            thread.Join();
            roused.Dispose();
        }
    }

    /// <summary>Where turns run that neither the pool nor a grain asks for: tests beside this one use the loan too, so one of many is enough.</summary>
    static async Task<bool> Comes(TestCluster cluster, Func<int, bool> to)
    {
        for (var (began, key) = (Environment.TickCount64, 0); Environment.TickCount64 - began < Limit.TotalMilliseconds; key++)
            if (to(await Outside(() => cluster.Client.GetGrain<IPlaced>(key).Thread()))) return true;
        return false;
    }

    /// <summary>As a thread asks that is not of the pool.</summary>
    static Task<T> Outside<T>(Func<Task<T>> ask)
    {
        var asked = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => asked.SetResult(ask())) { IsBackground = true }.Start();
        return asked.Task.Unwrap();
    }

    [Fact]
    public async Task Turns_run_on_a_lent_thread_while_it_has_time_and_elsewhere_when_it_has_none()
    {
        await using var cluster = await TestCluster.Start();
        using var loan = new Loan();
        Assert.True(await Comes(cluster, thread => thread == loan.Id));
        loan.IsFree = false;
        Assert.True(await Comes(cluster, thread => thread != loan.Id));
    }

    [Fact]
    public async Task A_turn_that_keeps_the_lent_thread_holds_up_no_other_grain()
    {
        await using var cluster = await TestCluster.Start();
        using var loan = new Loan();
        var kept = Outside(async () =>
        {
            await cluster.Client.GetGrain<IPlaced>(-1).Keep();
            return true;
        });
        await PlacedGrain.Inside.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        var others = Enumerable.Range(0, 40).Select(key => Outside(() => cluster.Client.GetGrain<IPlaced>(key).Thread())).ToArray();
        for (var seen = Environment.TickCount64; !Array.TrueForAll(others, o => o.IsCompleted); await Task.Yield())
        {
            if (Environment.TickCount64 == seen) continue; // blocking shows in real time only
            seen = Environment.TickCount64;
            cluster.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        Assert.False(kept.IsCompleted);
        PlacedGrain.Gate.Set();
        Assert.True(await kept.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_thread_that_was_taken_back_gets_nothing_more()
    {
        await using var cluster = await TestCluster.Start();
        using var loan = new Loan();
        loan.Lent.Dispose();
        for (var key = 0; key < 100; key++) Assert.NotEqual(loan.Id, await Outside(() => cluster.Client.GetGrain<IPlaced>(key).Thread()));
        Assert.False(loan.Lent.Waits);
    }
}
#endif
