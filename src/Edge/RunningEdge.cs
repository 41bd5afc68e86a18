using System.Net;
using CallCenter.Contracts.Media;
using CallCenter.Edge.Calls;
using CallCenter.Edge.Links;
using CallCenter.Edge.Recording;
using CallCenter.Edge.Restart;
using CallCenter.Edge.Signalling;
using CallCenter.Edge.Speech;
using CallCenter.Edge.Trunks;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge;

/// <summary>What every edge of this process is made with.</summary>
sealed record EdgeMakings(IGrainFactory Grains, IBlobs Blobs, ITenantCipher Cipher, IDialogStore Dialogs, ISpeech Speech, TimeProvider Time, ILoggerFactory Logs, TestingOptions Testing);

/// <summary>One edge from its start to its end: it listens, keeps itself known to the grains, and says goodbye.</summary>
sealed class RunningEdge : IDisposable
{
    /// <summary>How often the edge's reference is told anew.</summary>
    static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for the last words of calls that it cuts off, and how often it looks.</summary>
    static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1), GoodbyeLook = TimeSpan.FromMilliseconds(20);

    readonly EdgeMakings makings;
    readonly EdgeSlice slice;
    readonly ILogger log;
    readonly CancellationTokenSource stopping = new();
    readonly EdgeObserver observer;
    IDialogBook? book;
    Task renewing = Task.CompletedTask;
    volatile bool announced;

    public RunningEdge(EdgeMakings makings, EdgeSlice slice)
    {
        (this.makings, this.slice, log) = (makings, slice, makings.Logs.CreateLogger<EdgeHost>());
        Core = Build();
        observer = new(Core, Report);
    }

    public EdgeCore Core { get; }
    public bool Ready => announced;
    public int LiveCalls => Core.Calls.Live + Core.Links.Live;
    public string? SipAddress { get; private set; }

    public async Task Start()
    {
        book = makings.Dialogs.Open(Core.Id);
        await Listen();
        var keeper = new SessionKeeper(Core, book);
        Core.Agent.Watch = keeper;
        Core.Reference = makings.Grains.CreateObjectReference<IEdgeObserver>(observer);
        LoopContext.Install(Core.Loop); // before the first datagram: the socket has been filling since it was bound
        Core.Loop.Post(Core.Media.Gather);
        Core.Loop.RoundEnds = Core.Media.Flush;
        Core.Loop.Start();
        Core.Loop.Post(keeper.Live);
        Core.Tcp.Start();
        await Announce();
        Core.Loop.Post(new Orphans(Core, book).End);
        Core.Loop.Post(Core.Trunks.Live);
        renewing = Renew();
    }

    EdgeCore Build()
    {
        var (sip, media, time, logs) = (slice.Sip, slice.Media, makings.Time, makings.Logs);
        var made = new EdgeCore
        {
            Id = slice.Id,
            Epoch = time.GetUtcNow().UtcTicks,
            Grains = makings.Grains,
            Loop = new(time, fault => log.WorkFailed(fault)),
            Log = log,
            Prompts = new(new(makings.Blobs, makings.Cipher), makings.Speech, ShippedPrompts.Folder, logs.CreateLogger<PromptLibrary>()),
            LostAfter = media.LostAfter,
            Codecs = media.Spoken(),
            Traces = sip.Trace ? new(time) : null,
            Faults = makings.Testing.LinkFaults > 0 ? new(makings.Testing.Seed, makings.Testing.LinkFaults, time) : null,
            Recorder = new(makings.Blobs, makings.Cipher, new(makings.Blobs, time, log), logs.CreateLogger<Recorder>()),
        };
        made.Calls = new(made);
        made.Links = new(made);
        made.Trunks = new(made, () => _ = Report());
        made.Stations = new(made);
        made.Media = new(ToEngine(media), new MediaEvents(made), made.Recorder, time);
        var door = new Doorkeeper(made, new(new Nonces(Nonces.NewKey(), TimeSpan.FromSeconds(sip.NonceSeconds), time), offered: sip.StrongDigest ? null : [DigestAlgorithm.Md5]), new(sip.FailuresAllowed));
        var limits = RegistrarLimits.Usual with { Least = TimeSpan.FromSeconds(sip.MinExpires), Most = TimeSpan.FromSeconds(sip.MaxExpires), Default = TimeSpan.FromSeconds(sip.MaxExpires) };
        var requests = new Requests(made, new(made, door), new(made, door, limits));
        made.Agent = new(made.Loop, SipTimers.Rfc with { T1 = TimeSpan.FromMilliseconds(sip.T1) }, new(), Requests.Rules, requests) { Product = "CallCenter" };
        made.Agent.Endpoint.Tap = made.Traces;
        return made;
    }

    async Task Listen()
    {
        (Core.Udp, Core.Tcp) = await SipPorts.Bind(slice.Sip, Core.Loop, Core.Agent.Endpoint, makings.Logs);
        Core.Udp.Attach(Core.Loop, Core.Agent.Endpoint);
        SipAddress = $"{Core.Udp.Host}:{Core.Udp.Local.Port}";
        log.Listening(Core.Id.Value, SipAddress, slice.Media.PortFirst, slice.Media.PortLast);
        if (slice.Media.Codecs is null && !LocalAudio.Spoken.Contains(AudioCodec.Opus)) log.NoOpus();
        if (slice.Media.Dtls != DtlsUse.Off && !Core.Media.SpeaksDtls) log.NoDtls();
        if (slice.Media.Ring && !CallCenter.Media.MediaEngine.CanUseRing) log.NoRing();
    }

    static IPAddress Address(string? text) => text is null ? IPAddress.Any : IPAddress.Parse(text);

    static CallCenter.Media.MediaOptions ToEngine(MediaOptions o) => new()
    {
        PortFirst = o.PortFirst,
        PortLast = o.PortLast,
        BindAddress = Address(o.BindAddress),
        AdvertisedAddress = o.AdvertisedAddress is { } seen ? IPAddress.Parse(seen) : null,
        Shards = o.Threads,
        Ring = o.Ring,
        RealTime = o.RealTime,
        Niceness = o.Niceness,
        Dtls = o.Dtls != DtlsUse.Off,
        StreamPort = o.TcpPort < 0 ? null : o.TcpPort,
        SilenceTimeout = o.LostAfter,
    };

    async Task Announce()
    {
        try
        {
            await makings.Grains.Edge(Core.Id).Subscribe(Core.Reference, Core.Epoch, new(SipAddress!, Core.Links.Key), book!.LastAlive);
            announced = true;
            await Report();
        }
        catch (Exception fault) // an outage of the grains: the next renewal tries again
        {
            log.NotAnnounced(fault.GetType().Name);
        }
    }

    /// <summary>Says how it is, now.</summary>
    public async Task Report()
    {
        var trunks = await Core.Trunks.Reports();
        await Core.Directory.Report(new(Core.Id, SipAddress!, new(Core.Epoch, TimeSpan.Zero), LiveCalls, (int)Core.Media.Figures.Legs, Core.Draining, makings.Time.GetUtcNow(), trunks));
    }

    async Task Renew()
    {
        using var timer = new PeriodicTimer(Renewal, makings.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token)) await Announce();
        }
        catch (OperationCanceledException)
        {
            // the edge stops
        }
    }

    /// <param name="gently">False: as if the machine had lost its power. For tests.</param>
    public async Task Stop(bool gently)
    {
        if (stopping.IsCancellationRequested) return; // stopped before: the loop answers nobody any more
        await stopping.CancelAsync();
        await renewing;
        announced = false;
        if (gently) await SayGoodbye();
        if (!gently) Core.Loop.Dispose();
        await Core.Tcp.DisposeAsync();
        Core.Media.Dispose();
        Core.Loop.Dispose();
        Core.Udp.Dispose();
        book?.Dispose();
        GC.KeepAlive(observer); // references to observers are weak
    }

    /// <summary>Calls that outlived the drain end in good order: their phones hear a BYE, and the calls hear what became of their legs.</summary>
    async Task SayGoodbye()
    {
        Core.Draining = true;
        Core.Loop.Post(static core =>
        {
            core.Calls.HangUpAll();
            core.Links.HangUpAll();
        }, Core);
        using var pace = new PeriodicTimer(GoodbyeLook, makings.Time);
        for (var since = makings.Time.GetTimestamp(); makings.Time.GetElapsedTime(since) < LongestGoodbye;)
        {
            var quiet = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            Core.Loop.Post(() => quiet.SetResult(Core.Calls.IsQuiet && Core.Links.Live == 0));
            if (await quiet.Task) return;
            await pace.WaitForNextTickAsync();
        }
    }

    public void Dispose() => stopping.Dispose();
}
