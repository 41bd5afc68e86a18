using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;
using CallCenter.Contracts.Media;
using CallCenter.Kit.Ports;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CallCenter.Edge.Tests;

/// <summary>A real edge on loopback over grains that only write down what they are told, so that a test plays the calls' part.</summary>
public sealed class EdgeScene : IAsyncDisposable
{
    static int started;

    readonly IHost host;
    readonly List<IAsyncDisposable> peers = [];

    EdgeScene(IHost host) => this.host = host;

    public Script Script => host.Services.GetRequiredService<Script>();
    internal IEdges Edges => host.Services.GetRequiredService<IEdges>();
    internal MemoryBlobs Blobs => (MemoryBlobs)host.Services.GetRequiredService<IBlobs>();
    internal IRecordingReader Recordings => host.Services.GetRequiredService<IRecordingReader>();
    public IPEndPoint Sip => IPEndPoint.Parse(Edges.SipAddress!);

    public static Task<EdgeScene> Start(params (string Key, string Value)[] settings) => Start(new MemoryDialogs(), settings);

    /// <param name="kept">What an earlier start of the edge left behind.</param>
    public static Task<EdgeScene> Start(IDialogStore kept, params (string Key, string Value)[] settings) => Start(kept, TimeProvider.System, settings);

    public static async Task<EdgeScene> Start(IDialogStore kept, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        var first = 40_000 + 100 * (Interlocked.Increment(ref started) % 200); // by its turn the scenes before it are gone
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sip:Port"] = "0", ["Sip:BindAddress"] = "127.0.0.1", ["Media:BindAddress"] = "127.0.0.1",
            ["Media:PortFirst"] = $"{first}", ["Media:PortLast"] = $"{first + 99}", ["Media:Threads"] = "1",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Script>().AddSingleton(time).AddSingleton<IBlobs, MemoryBlobs>().AddSingleton<ITenantCipher, NoCipher>().AddSingleton(kept);
        builder.UseOrleans(silo => silo.UseInMemoryReminderService().Configure<ClusterOptions>(o => o.ClusterId = $"edge-{first}"));
        builder.Services.AddEdge(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <param name="at">The edge to which it speaks; null = the first.</param>
    public ScriptedSipPeer Peer(IPEndPoint? at = null)
    {
        var peer = new ScriptedSipPeer(at ?? Sip);
        peers.Add(peer);
        return peer;
    }

    /// <summary>Where one of several edges listens.</summary>
    public async Task<IPEndPoint> SipOf(string edge) => IPEndPoint.Parse((await host.Services.GetRequiredService<IGrainFactory>().Edge(new(edge)).Present())!.Reach.Sip);

    /// <summary>One of the edges as others reach it.</summary>
    public async Task<IEdgeObserver> Observer(string edge = "edge-0") => (await host.Services.GetRequiredService<IGrainFactory>().Edge(new(edge)).Present())!.Edge;

    /// <summary>The edge's loop has come round: what was due by then is done.</summary>
    public async Task ComesRound()
    {
        var edge = await Observer();
        await edge.Ping(); // timers come after what was posted
        await edge.Ping();
    }

    /// <summary>One of several edges is stopped in good order.</summary>
    public Task Stop(string edge) => ((EdgeHost)Edges).Running.Single(e => e.Core.Id.Value == edge).Stop(gently: true);

    /// <summary>The edge asks the trunks now.</summary>
    public void AskTrunks()
    {
        var core = ((EdgeHost)Edges).Running[0].Core;
        core.Loop.Post(() => _ = core.Trunks.Ask(all: true));
    }

    /// <summary>The edge says now how it is.</summary>
    public async Task<EdgeReport> Report()
    {
        await ((EdgeHost)Edges).Running[0].Report();
        return Script.Report!;
    }

    public Task Stop() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in peers) await peer.DisposeAsync();
        await host.StopAsync();
        host.Dispose();
    }
}

/// <summary>What the grains of a scene know, and what they were told.</summary>
public sealed class Script
{
    readonly Channel<CallEvent> told = Channel.CreateUnbounded<CallEvent>();
    readonly Channel<(CallRef, LegId)> signs = Channel.CreateUnbounded<(CallRef, LegId)>();
    readonly Channel<CallRef> wordless = Channel.CreateUnbounded<CallRef>();

    public ConcurrentDictionary<string, Registrations> Stations { get; } = new();

    /// <summary>What became of browsers.</summary>
    public BrowserScript Browsers { get; } = new();

    /// <summary>Events acknowledge themselves, unless a test says no.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Calls refuse to be told while this is set.</summary>
    public bool Unreachable { get; set; }

    public TenantId Tenant { get; } = new("acme");
    public string Domain => "acme.localhost";
    public string Number => "86-4008001001";
    public string Trunk { get; set; } = "demo-trunk";
    public TrunkWay? WayOut { get; set; }
    public Items<TrunkProbe> Probed { get; set; }

    /// <summary>What the edge last said of itself.</summary>
    public EdgeReport? Report { get; set; }

    /// <summary>False: nothing can be stored.</summary>
    public bool TakesCalls { get; set; } = true;

    /// <summary>False: settings cannot be read either.</summary>
    public bool ReadsSettings { get; set; } = true;
    public Contracts.Tenants.EmergencyWay? EmergencyWay { get; set; }
    public CallRef Call { get; private set; }
    public IEdgeObserver? Edge { get; private set; }
    public Sender Sender { get; private set; }
    public List<Message<CallEvent>> All { get; } = [];

    /// <summary>What edges said of visitors' places.</summary>
    public ConcurrentQueue<string> Door { get; } = new();

    public async Task Take(string key, Letter<CallEvent> letter, IEdgeObserver edge)
    {
        if (Unreachable) throw new TimeoutException("the test says no");
        var acknowledges = Acknowledges; // before the test hears of it, which may change its mind at once
        (Call, Edge, Sender) = (new(GrainKeys.Owner(key), new(GrainKeys.Name(key))), edge, letter.From);
        if (letter.Messages.IsEmpty)
        {
            wordless.Writer.TryWrite(Call);
            return;
        }
        foreach (var message in letter.Messages)
        {
            lock (All) All.Add(message);
            if (message.Number > 0) told.Writer.TryWrite(message.Body);
            else if (message.Body is StillThere sign) signs.Writer.TryWrite((Call, sign.Leg));
        }
        if (acknowledges && letter.Messages[^1].Number > 0) await edge.Acknowledge(Call, new(SenderKind.Call, key, letter.From.Epoch, letter.Messages[^1].Number));
    }

    /// <summary>The next event of that kind; others are passed over.</summary>
    public async Task<T> Hears<T>() where T : CallEvent
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (true)
                if (await told.Reader.ReadAsync(limit.Token) is T wanted) return wanted;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the call was not told {typeof(T).Name}; it heard {string.Join(", ", All.Select(m => m.Body.GetType().Name))}");
        }
    }

    /// <summary>Completes when the watchdog asserts that leg.</summary>
    public async Task Asserted(CallRef call, LegId leg)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await signs.Reader.ReadAsync(limit.Token) != (call, leg)) { }
    }

    /// <summary>Completes when the edge says, without a word besides, that it still holds a call; gives its name.</summary>
    public async Task<CallRef> Held()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await wordless.Reader.ReadAsync(limit.Token);
    }

    public Task Orders(params Items<EdgeCommand> commands) => Edge!.Do(new(Call, 1, Sender.Epoch, commands));

    /// <summary>With a value for the personal field "dial-x".</summary>
    public Task OrdersFor(string number, params Items<EdgeCommand> commands) => Edge!.Do(new(Call, 1, Sender.Epoch, commands, [new("dial-x", number)]));
}

sealed class MemoryBlobs : IBlobs
{
    readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> files = new();
    readonly Channel<bool> changes = Channel.CreateUnbounded<bool>();

    public ICollection<string> Names => files.Keys;

    /// <summary>Until it completes nothing is written.</summary>
    public Task Opened { get; set; } = Task.CompletedTask;

    /// <summary>Completes when the files are as they must be; one waits at a time.</summary>
    public async Task Until(Func<ICollection<string>, bool> right)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!right(files.Keys)) await changes.Reader.ReadAsync(limit.Token);
    }

    public async Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default)
    {
        await Opened;
        files[name] = content.ToArray();
        changes.Writer.TryWrite(true);
    }

    public Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default) => Task.FromResult(files.TryGetValue(name, out var file) ? file : (ReadOnlyMemory<byte>?)null);

    public Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default) =>
        Task.FromResult(files.Keys.Where(f => f.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToItems());

    public Task Delete(TenantId owner, string name, CancellationToken stop = default)
    {
        files.TryRemove(name, out _);
        changes.Writer.TryWrite(true);
        return Task.CompletedTask;
    }
}

sealed class NoCipher : ITenantCipher
{
    public byte[] Encrypt(TenantId owner, ReadOnlySpan<byte> plain) => plain.ToArray();

    public bool TryDecrypt(TenantId owner, ReadOnlySpan<byte> cipher, out byte[] plain)
    {
        plain = cipher.ToArray();
        return true;
    }
}
