using Orleans.Concurrency;

namespace Orleans.Embedded.Tests;

public interface ICounting : IGrainWithStringKey
{
    Task<int> Count();

    [ResponseTimeout("00:00:02")]
    Task<string> Meet(string name);

    Task<bool> OnCallersStack();
}

public sealed class CountingGrain : Grain, ICounting
{
    int inside, count;

    public async Task<int> Count()
    {
        if (Interlocked.Exchange(ref inside, 1) != 0) throw new InvalidOperationException("two turns at once");
        int seen = ++count;
        await Task.Yield();
        if (seen != count) throw new InvalidOperationException("another request came between");
        if (Interlocked.Exchange(ref inside, 0) != 1) throw new InvalidOperationException("two turns at once");
        return count;
    }

    public async Task<string> Meet(string name)
    {
        await Meeting.Of(name).Wait();
        return name;
    }

    public Task<bool> OnCallersStack() => Task.FromResult(TurnTests.Calling);
}

public interface IMingling : IGrainWithStringKey
{
    Task Meet(string name);

    [AlwaysInterleave]
    Task<string> Peek();

    [ReadOnly]
    Task Read(string name);

    Task<string> Write();
}

public sealed class MinglingGrain : Grain, IMingling
{
    public Task Meet(string name) => Meeting.Of(name).Wait();

    public Task<string> Peek() => Task.FromResult("peeked");

    public Task Read(string name) => Meeting.Of(name).Wait();

    public Task<string> Write() => Task.FromResult("written");
}

public interface IReentering : IGrainWithStringKey
{
    Task Meet(string name);
    Task<string> Now();
}

[Reentrant]
public sealed class ReenteringGrain : Grain, IReentering
{
    public Task Meet(string name) => Meeting.Of(name).Wait();

    public Task<string> Now() => Task.FromResult("now");
}

public interface IChoosy : IGrainWithStringKey
{
    Task Meet(string name);
    Task<string> Hurry();
}

[MayInterleave(nameof(IsHurried))]
public sealed class ChoosyGrain : Grain, IChoosy
{
    public static bool IsHurried(Serialization.Invocation.IInvokable request) => request.GetMethodName() == nameof(Hurry);

    public Task Meet(string name) => Meeting.Of(name).Wait();

    public Task<string> Hurry() => Task.FromResult("hurried");
}

internal interface IWorker : IGrainWithStringKey
{
    Task Meet(string name);
}

[StatelessWorker(2)]
public sealed class WorkerGrain : Grain, IWorker
{
    public Task Meet(string name) => Meeting.Of(name).Wait();
}

public sealed class TurnTests : IAsyncLifetime
{
    [ThreadStatic] static bool calling;

    TestCluster cluster = null!;

    internal static bool Calling => calling;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_grain_never_runs_on_its_callers_stack()
    {
        for (int n = 0; n < 10_000; n++)
        {
            calling = true;
            var call = cluster.Client.GetGrain<ICounting>($"{n % 7}").OnCallersStack();
            calling = false;
            Assert.False(await call);
        }
    }

    [Fact]
    public async Task A_request_waits_for_the_one_before_it()
    {
        var grain = cluster.Client.GetGrain<ICounting>("waiting");
        var first = grain.Meet("turn-1");
        await Meeting.Of("turn-1").Came;
        var second = grain.Count();
        await cluster.Client.GetGrain<ICounting>("other").Count();
        Assert.False(second.IsCompleted);
        Meeting.Of("turn-1").LetOn();
        Assert.Equal("turn-1", await first);
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task Always_interleaving_methods_do_not_wait_and_others_do()
    {
        var grain = cluster.Client.GetGrain<IMingling>("m");
        var first = grain.Meet("mingle-1");
        await Meeting.Of("mingle-1").Came;
        var write = grain.Write();
        Assert.Equal("peeked", await grain.Peek());
        Assert.False(write.IsCompleted);
        Meeting.Of("mingle-1").LetOn();
        await first;
        Assert.Equal("written", await write);
    }

    [Fact]
    public async Task Read_only_methods_run_beside_each_other_and_not_beside_writers()
    {
        var grain = cluster.Client.GetGrain<IMingling>("r");
        var first = grain.Read("read-1");
        await Meeting.Of("read-1").Came;
        var second = grain.Read("read-2");
        await Meeting.Of("read-2").Came;
        var write = grain.Write();
        Meeting.Of("read-1").LetOn();
        await first;
        Assert.False(write.IsCompleted);
        Meeting.Of("read-2").LetOn();
        await second;
        Assert.Equal("written", await write);
    }

    [Fact]
    public async Task Several_waiting_readers_start_together_when_the_writer_ends()
    {
        var grain = cluster.Client.GetGrain<IMingling>("w");
        var writer = grain.Meet("write-1");
        await Meeting.Of("write-1").Came;
        Task[] readers = [grain.Read("reader-1"), grain.Read("reader-2"), grain.Read("reader-3")];
        Meeting.Of("write-1").LetOn();
        await writer;
        foreach (var name in (string[])["reader-1", "reader-2", "reader-3"]) await Meeting.Of(name).Came;
        foreach (var name in (string[])["reader-1", "reader-2", "reader-3"]) Meeting.Of(name).LetOn();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Requests_that_waited_for_a_reentrant_grains_activation_all_begin()
    {
        var grain = cluster.Client.GetGrain<IReentering>("crowd");
        Task[] calls = [.. Enumerable.Range(0, 5).Select(n => grain.Meet($"crowd-{n}"))];
        for (int n = 0; n < 5; n++) await Meeting.Of($"crowd-{n}").Came;
        for (int n = 0; n < 5; n++) Meeting.Of($"crowd-{n}").LetOn();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Requests_begin_in_the_order_they_came()
    {
        var grain = cluster.Client.GetGrain<ICounting>("order");
        var meeting = grain.Meet("order-1");
        await Meeting.Of("order-1").Came;
        var calls = Enumerable.Range(0, 100).Select(_ => grain.Count()).ToArray();
        Meeting.Of("order-1").LetOn();
        await meeting;
        Assert.Equal(Enumerable.Range(1, 100), await Task.WhenAll(calls));
    }

    [Fact]
    public async Task A_reentrant_grain_takes_requests_at_every_await()
    {
        var grain = cluster.Client.GetGrain<IReentering>("x");
        var first = grain.Meet("re-1");
        await Meeting.Of("re-1").Came;
        Assert.Equal("now", await grain.Now());
        Meeting.Of("re-1").LetOn();
        await first;
    }

    [Fact]
    public async Task A_predicate_of_the_class_lets_requests_interleave()
    {
        var grain = cluster.Client.GetGrain<IChoosy>("x");
        var first = grain.Meet("choosy-1");
        await Meeting.Of("choosy-1").Came;
        Assert.Equal("hurried", await grain.Hurry());
        Meeting.Of("choosy-1").LetOn();
        await first;
    }

    [Fact]
    public async Task A_stateless_worker_works_on_several_calls_of_one_key()
    {
        var worker = cluster.Client.GetGrain<IWorker>("x");
        var first = worker.Meet("work-1");
        await Meeting.Of("work-1").Came;
        var second = worker.Meet("work-2");
        await Meeting.Of("work-2").Came;
        Meeting.Of("work-1").LetOn();
        Meeting.Of("work-2").LetOn();
        await Task.WhenAll(first, second);
    }
}
