namespace Orleans.Embedded.Tests;

[GenerateSerializer, Alias("tests.note")]
public sealed record Note([property: Id(0)] string Text, [property: Id(1)] Note? Next);

public interface IEchoBase : IGrainWithStringKey
{
    Task<string> Key();
}

public interface IEcho : IEchoBase
{
    Task<string> Say(string text);
    ValueTask<int> Add(int a, int b);
    ValueTask Nothing();
    Task<Note?> Send(Note? note);
    Task Fail();
    ValueTask<int> FailLater();
    Task<string> Itself();
    Task<IEcho> Reference();
    Task<int> WaitFor(CancellationToken stop);
    Task<string> Ask(IEcho other, string text);
}

public sealed class EchoGrain : Grain, IEcho
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<string> Say(string text) => Task.FromResult(text);

    public async ValueTask<int> Add(int a, int b)
    {
        await Task.Yield();
        return a + b;
    }

    public ValueTask Nothing() => default;

    public Task<Note?> Send(Note? note) => Task.FromResult(note);

    public Task Fail() => throw new InvalidOperationException("no");

    public async ValueTask<int> FailLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("not now");
    }

    public Task<string> Itself() => Task.FromResult(this.GetGrainId().ToString());

    public Task<IEcho> Reference() => Task.FromResult(this.AsReference<IEcho>());

    public async Task<int> WaitFor(CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        return 0;
    }

    public async Task<string> Ask(IEcho other, string text) => await other.Say(text);
}

public interface IGuidKeyed : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public sealed class GuidKeyedGrain : Grain, IGuidKeyed
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public interface INumberKeyed : IGrainWithIntegerKey
{
    Task<long> Key();
}

public sealed class NumberKeyedGrain : Grain, INumberKeyed
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public interface ITwoClasses : IGrainWithStringKey
{
    Task<string> Class();
}

public sealed class FirstOfTwoGrain : Grain, ITwoClasses
{
    public Task<string> Class() => Task.FromResult("first");
}

[GrainType("the-second")]
public sealed class SecondOfTwoGrain : Grain, ITwoClasses
{
    public Task<string> Class() => Task.FromResult(this.GetGrainId().Type.ToString());
}

public sealed class CallTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    IEcho Echo(string key = "a") => cluster.Client.GetGrain<IEcho>(key);

    [Fact]
    public async Task A_call_brings_back_its_result()
    {
        Assert.Equal("hello", await Echo().Say("hello"));
        Assert.Equal(5, await Echo().Add(2, 3));
        await Echo().Nothing();
        Assert.Equal(new Note("a", new("b", null)), await Echo().Send(new("a", new("b", null))));
        Assert.Null(await Echo().Send(null));
    }

    [Fact]
    public async Task A_call_brings_back_the_callees_exception()
    {
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(Echo().Fail)).Message);
        Assert.Equal("not now", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await Echo().FailLater())).Message);
        Assert.Equal("still here", await Echo().Say("still here"));
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        var guid = Guid.NewGuid();
        Assert.Equal("x y/z", await Echo("x y/z").Key());
        Assert.Equal(guid, await cluster.Client.GetGrain<IGuidKeyed>(guid).Key());
        Assert.Equal(-7, await cluster.Client.GetGrain<INumberKeyed>(-7).Key());
        Assert.Equal("x", Echo("x").GetPrimaryKeyString());
        Assert.Equal("echo/x", await Echo("x").Itself());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal_and_lead_to_it()
    {
        Assert.Equal(Echo("a"), Echo("a"));
        Assert.NotEqual(Echo("a"), Echo("b"));
        Assert.Equal(Echo("a"), await Echo("a").Reference());
        Assert.Equal(Echo("a").GetHashCode(), (await Echo("a").Reference()).GetHashCode());
        Assert.Equal("a", await Echo("a").AsReference<IEchoBase>().Key());
    }

    [Fact]
    public async Task A_grain_calls_another_by_a_reference_it_was_sent() => Assert.Equal("through", await Echo("a").Ask(Echo("b"), "through"));

    [Fact]
    public async Task Cancelling_reaches_caller_and_callee()
    {
        using var stop = new CancellationTokenSource();
        var call = Echo().WaitFor(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("free again", await Echo().Say("free again"));
    }

    [Fact]
    public async Task A_prefix_tells_which_of_several_classes()
    {
        string space = typeof(FirstOfTwoGrain).Namespace!;
        Assert.Equal("first", await cluster.Client.GetGrain<ITwoClasses>("k", $"{space}.First").Class());
        Assert.Equal("the-second", await cluster.Client.GetGrain<ITwoClasses>("k", $"{space}.Second").Class());
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<ITwoClasses>("k"));
    }
}
