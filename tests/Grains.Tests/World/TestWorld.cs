using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CallCenter.Grains.Tests.World;

/// <summary>A whole silo on a test clock, with ports in memory, one tenant with its agents, and a scripted edge.</summary>
sealed class TestWorld : IAsyncDisposable
{
    public static readonly TenantId Acme = new("acme");
    public static readonly QueueId Sales = new("sales"), Vip = new("vip");
    public const string SalesNumber = "86-4008001002", VipNumber = "86-4008001003", MenuNumber = "86-4008001001";

    static readonly TimeSpan LongestSettling = TimeSpan.FromMilliseconds(10), WorkOfSettling = TimeSpan.FromMilliseconds(20), Grace = TimeSpan.FromSeconds(1);

    readonly InProcessTestCluster cluster;
    bool commitsWait;

    TestWorld(InProcessTestCluster cluster, TestClock clock, MemoryJournal journal, MemoryConfigurationStore store, CallTraffic traffic, ScriptedEdge edge) =>
        (this.cluster, Clock, Journal, Store, Traffic, Edge) = (cluster, clock, journal, store, traffic, edge);

    public TestClock Clock { get; }
    public MemoryJournal Journal { get; }
    public MemoryConfigurationStore Store { get; }
    public CallTraffic Traffic { get; }
    public ScriptedEdge Edge { get; }
    public IGrainFactory Grains => cluster.Client;

    /// <param name="agents">Agents anna, bob … of queue sales (and vip), signed in by their phones 1001, 1002 …</param>
    /// <param name="faults">Percent of the messages between edge and calls, and between grains, that meet a fault.</param>
    public static async Task<TestWorld> Start(int agents = 1, int faults = 0, int seed = 1, int? callLimit = null, bool signIn = true)
    {
        var (clock, journal, store) = (new TestClock(), new MemoryJournal(), new MemoryConfigurationStore());
        var traffic = new CallTraffic(seed, faults);
        await store.PutMany(TestSettings.All(agents, callLimit), Author.Product);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IJournal>(journal).AddSingleton<IPersonal>(journal).AddSingleton<IConfigurationStore>(store).AddSingleton<ITenantCipher, MemoryCipher>();
            foreach (var name in GrainStores.All) silo.AddMemoryGrainStorage(name);
            silo.AddGrains();
            silo.AddIncomingGrainCallFilter(traffic);
            silo.AddOutgoingGrainCallFilter(traffic);
#if !ORLEANS_PACKAGES
            silo.DetectWaitCycles();
#endif
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        var edge = new ScriptedEdge(cluster.Client, clock, new("edge-0"), faults == 0 ? null : new(seed, faults, clock));
        var world = new TestWorld(cluster, clock, journal, store, traffic, edge);
        await edge.Start();
        if (signIn) await world.SignIn(agents);
        return world;
    }

    public async Task SignIn(int agents)
    {
        for (var i = 1; i <= agents; i++) await Register(1000 + i);
        for (var i = 1; i <= agents; i++)
        {
            var agent = Grains.Agent(new(Acme, new($"agent{1000 + i}")));
            await Until(async () => (await agent.Look()).Presence == Presence.Available, $"agent{1000 + i} is signed in");
        }
    }

    /// <summary>A phone registers for an hour, or (0) un-registers.</summary>
    public async Task Register(int extension, int seconds = 3600)
    {
        var station = Grains.Station(Acme, $"{extension}");
        var before = await station.Registrations();
        Items<Binding> bindings = seconds == 0 ? [] : [new($"sip:{extension}@127.0.0.1", "127.0.0.1:5070", Edge.Id, "id", 1, Clock.GetUtcNow().AddSeconds(seconds), 1, "phone")];
        Assert.True(await station.Save(new(before.Version, bindings)));
    }

    /// <summary>Lets time pass until something is so.</summary>
    /// <param name="within">Seconds of the test's time.</param>
    public async Task Until(Func<Task<bool>> so, string what, double within = 30)
    {
        var end = Clock.GetUtcNow() + TimeSpan.FromSeconds(within);
        await Settle();
        while (!await so())
        {
            if (Clock.GetUtcNow() >= end)
            {
                Assert.True(await StillComes(so), $"{what}: not within {within} s. {Edge}");
                return;
            }
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Settle();
        }
    }

    /// <summary>The test's time is up; what is due may still wait for a processor.</summary>
    async Task<bool> StillComes(Func<Task<bool>> so)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Grace)
        {
            await Settle();
            if (await so()) return true;
        }
        return false;
    }

    public Task Until(Func<bool> so, string what, double within = 30) => Until(() => Task.FromResult(so()), what, within);

    /// <summary>Lets time pass.</summary>
    public async Task Pass(double seconds)
    {
        var end = Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        await Settle();
        while (Clock.GetUtcNow() < end)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Settle();
        }
    }

    /// <summary>Lets time pass while commits are held back.</summary>
    public async Task PassWhileCommitsWait(double seconds)
    {
        commitsWait = true;
        await Pass(seconds);
        commitsWait = false;
    }

#if ORLEANS_PACKAGES
    static bool TurnsAreDone => true; // they run on the thread pool
#else
    static bool TurnsAreDone => Turns.AreDone;
#endif

    /// <summary>Time on the wall says little where others have the processors: then what is under way gets its share first.</summary>
    static bool IsLongEnough(TimeSpan passed, TimeSpan worked) => passed >= LongestSettling && (worked >= WorkOfSettling || passed >= Grace);

    /// <summary>Waits until nothing is under way: no call between grains, no commit, nothing at the edge, no turn.</summary>
    async Task Settle()
    {
        var (began, spent) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var quiet = 0; quiet < 4 && !IsLongEnough(Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - spent);) // what waits for the clock never settles
        {
            await Task.Yield();
            quiet = Traffic.IsQuiet && (commitsWait || Journal.Pending == 0) && Edge.IsQuiet && ThreadPool.PendingWorkItemCount == 0 && TurnsAreDone ? quiet + 1 : 0;
        }
    }

    public Task<QueueLive> Live(QueueId queue) => Grains.Routing(Acme, PoolId.Default).Live(new(Acme, queue));

    public Task<AgentView> Agent(int extension = 1001) => Grains.Agent(new(Acme, new($"agent{extension}"))).Look();

    public Items<Fact> Facts(CallId call) => Journal.Facts(Subject.Call(Acme, call));

    public bool IsClosed(CallId call) => Journal.Entries(Subject.Call(Acme, call)) is { IsEmpty: false } entries && entries[^1].Closed;

    public bool Has<T>(CallId call) where T : Fact => Facts(call).Any(f => f is T);

    /// <summary>What a crash of the silo's process loses; the edge lives on.</summary>
    public int Crash()
    {
        Journal.LosePending();
        return cluster.CrashActivations();
    }

    public async ValueTask DisposeAsync()
    {
        Edge.Stop();
        await cluster.DisposeAsync();
    }
}
