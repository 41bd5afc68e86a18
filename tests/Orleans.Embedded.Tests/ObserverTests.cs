using System.Runtime.CompilerServices;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Embedded.Tests;

public interface IListener : IGrainObserver
{
    void Heard(string what);
    Task<string> Answer(string what);
    Task Fail();
}

public interface ISpeaker : IGrainWithStringKey
{
    Task Subscribe(IListener listener);
    Task<int> Subscribers();
    Task Tell(string what);
    Task<string[]> AskAll(string what);
    Task LetFail();
}

public sealed class SpeakerGrain : Grain, ISpeaker
{
    readonly HashSet<IListener> listeners = [];

    public Task Subscribe(IListener listener)
    {
        listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task<int> Subscribers() => Task.FromResult(listeners.Count);

    public Task Tell(string what)
    {
        foreach (var listener in listeners) listener.Heard(what);
        return Task.CompletedTask;
    }

    public async Task<string[]> AskAll(string what) => await Task.WhenAll(listeners.Select(l => l.Answer(what)));

    public Task LetFail() => listeners.First().Fail();
}

public sealed class Listener(string name) : IListener
{
    readonly TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int inside;

    public Task<string> FirstHeard => heard.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Heard(string what) => heard.TrySetResult(what);

    public async Task<string> Answer(string what)
    {
        if (Interlocked.Exchange(ref inside, 1) != 0) throw new InvalidOperationException("two calls at once");
        await Task.Yield();
        Interlocked.Exchange(ref inside, 0);
        return $"{name}: {what}";
    }

    public Task Fail() => throw new InvalidOperationException("not mine");
}

public sealed class ObserverTests : IAsyncLifetime
{
    TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start(silo => silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(5)));

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    ISpeaker Speaker() => cluster.Client.GetGrain<ISpeaker>(Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_grain_calls_observers_with_and_without_answer()
    {
        var (speaker, listener) = (Speaker(), new Listener("anna"));
        await speaker.Subscribe(cluster.Client.CreateObjectReference<IListener>(listener));
        await speaker.Tell("news");
        Assert.Equal("news", await listener.FirstHeard);
        Assert.Equal(["anna: well?"], await speaker.AskAll("well?"));
        Assert.Equal("not mine", (await Assert.ThrowsAsync<InvalidOperationException>(speaker.LetFail)).Message);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_reference_stays_equal_on_its_way_through_messages()
    {
        var (speaker, listener) = (Speaker(), new Listener("anna"));
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await speaker.Subscribe(reference);
        await speaker.Subscribe(reference);
        Assert.Equal(1, await speaker.Subscribers());
        await speaker.Subscribe(cluster.Client.CreateObjectReference<IListener>(new Listener("bert")));
        Assert.Equal(2, await speaker.Subscribers());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_to_one_observer_come_one_after_the_other()
    {
        var (listener, speakers) = (new Listener("anna"), Enumerable.Range(0, 20).Select(_ => Speaker()).ToArray());
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await Task.WhenAll(speakers.Select(s => s.Subscribe(reference)));
        var answers = await Task.WhenAll(speakers.Select(s => s.AskAll("?")));
        Assert.All(answers, a => Assert.Equal(["anna: ?"], a));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_to_a_deleted_observer_fail()
    {
        var (speaker, listener) = (Speaker(), new Listener("anna"));
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await speaker.Subscribe(reference);
        cluster.Client.DeleteObjectReference<IListener>(reference);
        await FailsInTime(speaker.AskAll("gone?"));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_nobody_keeps_alive_is_collected_and_calls_to_it_fail()
    {
        var speaker = Speaker();
        await SubscribeAndForget(speaker);
        for (int n = 0; n < 3; n++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        await FailsInTime(speaker.AskAll("gone?"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    async Task SubscribeAndForget(ISpeaker speaker) => await speaker.Subscribe(Made());

    [MethodImpl(MethodImplOptions.NoInlining)]
    IListener Made() => cluster.Client.CreateObjectReference<IListener>(new Listener("gone"));

    async Task FailsInTime(Task call)
    {
        while (!call.IsCompleted) // Orleans lets it time out
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }

    [Fact]
    public async Task What_is_not_a_reference_cannot_be_sent() =>
        await Assert.ThrowsAnyAsync<Exception>(() => Speaker().Subscribe(new Listener("raw")));
}
