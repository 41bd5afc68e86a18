using System.Diagnostics.Metrics;
using System.Net;
using CallCenter.Contracts.Media;
using CallCenter.Edge.Calls;
using CallCenter.Edge.Recording;
using CallCenter.Edge.Restart;
using CallCenter.Edge.Signalling;
using CallCenter.Edge.Speech;
using CallCenter.Media;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge;

/// <summary>Starts and stops one edge, and keeps it known to the grains.</summary>
sealed class EdgeHost(
    IOptions<EdgeOptions> edgeOptions, IOptions<SipOptions> sipOptions, IOptions<MediaOptions> mediaOptions, IOptions<TestingOptions> testing,
    IGrainFactory grains, IBlobs blobs, ITenantCipher cipher, IDialogStore dialogs, ISpeech speech, TimeProvider time, ILoggerFactory logs) : IHostedService, IEdges, IDisposable
{
    /// <summary>How often the edge's reference is told anew.</summary>
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for the last words of calls that it cuts off, and how often it looks.</summary>
    static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1), GoodbyeLook = TimeSpan.FromMilliseconds(20);

    readonly ILogger log = logs.CreateLogger<EdgeHost>();
    readonly Meter meter = new("CallCenter.Edge");
    readonly CancellationTokenSource stopping = new();
    SipLoop? loop;
    EdgeCore? edge;
    EdgeObserver? observer;
    IDialogBook? book;
    Task renewing = Task.CompletedTask;
    volatile bool announced;

    public bool Ready => announced;
    public int LiveCalls => edge?.Calls.Live ?? 0;
    public string? SipAddress { get; private set; }

    public void Drain()
    {
        if (edge is { } e) e.Draining = true;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        book = dialogs.Open(new(edgeOptions.Value.Id));
        edge = Build();
        loop = edge.Loop;
        await Listen(edge);
        var keeper = new SessionKeeper(edge, book);
        edge.Agent.Watch = keeper;
        observer = new(edge);
        edge.Reference = grains.CreateObjectReference<IEdgeObserver>(observer);
        LoopContext.Install(loop); // before the first datagram: the socket has been filling since it was bound
        loop.Start();
        loop.Post(keeper.Live);
        edge.Tcp.Start();
        Measure(edge);
        await Announce();
        loop.Post(new Orphans(edge, book).End);
        renewing = Renew();
    }

    EdgeCore Build()
    {
        var sip = sipOptions.Value;
        var media = mediaOptions.Value;
        var made = new EdgeCore
        {
            Id = new(edgeOptions.Value.Id),
            Epoch = time.GetUtcNow().UtcTicks,
            Grains = grains,
            Loop = new(time, fault => log.WorkFailed(fault)),
            Log = log,
            Prompts = new(blobs, speech, Path.Combine(AppContext.BaseDirectory, "Prompts"), logs.CreateLogger<PromptLibrary>()),
            Faults = testing.Value.LinkFaults > 0 ? new(testing.Value.Seed, testing.Value.LinkFaults, time) : null,
            Recorder = new(blobs, cipher, logs.CreateLogger<Recorder>()),
        };
        made.Calls = new(made);
        made.Media = new(ToEngine(media), new MediaEvents(made), made.Recorder, time);
        var door = new Doorkeeper(made, new(new Nonces(Nonces.NewKey(), TimeSpan.FromSeconds(sip.NonceSeconds), time), offered: sip.StrongDigest ? null : [DigestAlgorithm.Md5]), new(sip.FailuresAllowed));
        var limits = RegistrarLimits.Usual with { Least = TimeSpan.FromSeconds(sip.MinExpires), Most = TimeSpan.FromSeconds(sip.MaxExpires), Default = TimeSpan.FromSeconds(sip.MaxExpires) };
        var requests = new Requests(made, new(made, door), new(made, door, limits));
        made.Agent = new(made.Loop, SipTimers.Rfc, new(), Requests.Rules, requests) { Product = "CallCenter" };
        return made;
    }

    async Task Listen(EdgeCore made)
    {
        (made.Udp, made.Tcp) = await SipPorts.Bind(sipOptions.Value, made.Loop, made.Agent.Endpoint, logs);
        made.Udp.Attach(made.Loop, made.Agent.Endpoint);
        SipAddress = $"{made.Udp.Host}:{made.Udp.Local.Port}";
        log.Listening(made.Id.Value, SipAddress, mediaOptions.Value.PortFirst, mediaOptions.Value.PortLast);
    }

    static IPAddress Address(string? text) => text is null ? IPAddress.Any : IPAddress.Parse(text);

    static CallCenter.Media.MediaOptions ToEngine(MediaOptions o) => new()
    {
        PortFirst = o.PortFirst,
        PortLast = o.PortLast,
        BindAddress = Address(o.BindAddress),
        AdvertisedAddress = o.AdvertisedAddress is { } seen ? IPAddress.Parse(seen) : null,
        Shards = o.Threads,
    };

    void Measure(EdgeCore e)
    {
        meter.CreateObservableGauge("callcenter_edge_calls", () => e.Calls.Live, description: "Calls with a live leg");
        meter.CreateObservableGauge("callcenter_media_legs", () => e.Media.Figures.Legs, description: "Open media legs");
        meter.CreateObservableGauge("callcenter_media_worst_stall_seconds", () => e.Media.TakeWorstStall() / 1e9, description: "Latest start of a 20 ms round against its deadline since the last look");
        meter.CreateObservableCounter("callcenter_media_received", () => e.Media.Figures.Received, description: "RTP packets received");
        meter.CreateObservableCounter("callcenter_media_sent", () => e.Media.Figures.Sent, description: "RTP packets sent");
        meter.CreateObservableCounter("callcenter_media_dropped", () => e.Media.Figures.Dropped, description: "Packets that were no RTP of their leg, or of a stranger");
        meter.CreateObservableCounter("callcenter_recording_segments_lost", () => e.Media.Figures.SegmentsLost, description: "Recording segments that could not be kept");
        meter.CreateObservableCounter("callcenter_sip_malformed", () => e.Agent.Endpoint.Counters.Malformed, description: "Datagrams that were no SIP");
        meter.CreateObservableCounter("callcenter_sip_malformed_answered", () => e.Agent.Endpoint.Counters.MalformedAnswered, description: "Of these, requests that were answered with what is wrong with them");
        meter.CreateObservableCounter("callcenter_sip_responses", () => e.Agent.Endpoint.Counters.Responses, description: "SIP responses received");
        meter.CreateObservableCounter("callcenter_sip_in_dialog", () => e.Agent.Endpoint.Counters.InDialog, description: "SIP requests inside a dialog that is there");
        meter.CreateObservableCounter("callcenter_sip_requests", () => e.Agent.Endpoint.Counters.Requests, description: "SIP requests received");
        meter.CreateObservableCounter("callcenter_sip_retransmissions", () => e.Agent.Endpoint.Counters.Retransmissions, description: "SIP requests that came again");
    }

    async Task Announce()
    {
        try
        {
            await grains.Edge(edge!.Id).Subscribe(edge.Reference, edge.Epoch, book!.LastAlive);
            announced = true;
        }
        catch (Exception fault) // an outage of the grains: the next renewal tries again
        {
            log.NotAnnounced(fault.GetType().Name);
        }
    }

    async Task Renew()
    {
        using var timer = new PeriodicTimer(Renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token)) await Announce();
        }
        catch (OperationCanceledException)
        {
            // the edge stops
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (stopping.IsCancellationRequested) return; // stopped before: the loop answers nobody any more
        await stopping.CancelAsync();
        await renewing;
        announced = false;
        if (edge is { } e) await SayGoodbye(e);
        if (edge is { Tcp: { } tcp }) await tcp.DisposeAsync();
        edge?.Media.Dispose();
        loop?.Dispose();
        edge?.Udp.Dispose();
        book?.Dispose();
        GC.KeepAlive(observer); // references to observers are weak
    }

    /// <summary>Calls that outlived the drain end in good order: their phones hear a BYE, and the calls hear what became of their legs.</summary>
    async Task SayGoodbye(EdgeCore e)
    {
        e.Draining = true;
        e.Loop.Post(static e => e.Calls.HangUpAll(), e);
        using var pace = new PeriodicTimer(GoodbyeLook, time);
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < LongestGoodbye;)
        {
            var quiet = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            e.Loop.Post(() => quiet.SetResult(e.Calls.IsQuiet));
            if (await quiet.Task) return;
            await pace.WaitForNextTickAsync();
        }
    }

    public void Dispose()
    {
        meter.Dispose();
        stopping.Dispose();
    }
}
