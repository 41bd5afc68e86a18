using System.Diagnostics.Metrics;
using CallCenter.Contracts.Media;
using CallCenter.Sip.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge;

/// <summary>Starts and stops the edges of this process, and measures them together.</summary>
sealed class EdgeHost(
    IOptions<EdgeOptions> edgeOptions, IOptions<SipOptions> sipOptions, IOptions<MediaOptions> mediaOptions, IOptions<TestingOptions> testing,
    IGrainFactory grains, IBlobs blobs, ITenantCipher cipher, IDialogStore dialogs, ISpeech speech, TimeProvider time, ILoggerFactory logs) : IHostedService, IEdges, IDisposable
{
    readonly Meter meter = new(edgeOptions.Value.Meter);
    RunningEdge[] edges = [];

    /// <summary>For tests, which hurry what has its time.</summary>
    public IReadOnlyList<RunningEdge> Running => edges;

    public bool Ready => edges.Length > 0 && Array.TrueForAll(edges, e => e.Ready);
    public int LiveCalls => edges.Sum(e => e.LiveCalls);
    public string? SipAddress => edges.Length > 0 ? edges[0].SipAddress : null;

    public IReadOnlyList<ISpareTime> SpareTime => Array.ConvertAll(edges, e => new LoopTime(e.Core.Loop));

    public void Drain()
    {
        foreach (var edge in edges) edge.Core.Draining = true;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var makings = new EdgeMakings(grains, blobs, cipher, dialogs, speech, time, logs, testing.Value);
        edges = [.. EdgeSlice.Of(edgeOptions.Value, sipOptions.Value, mediaOptions.Value).Select(slice => new RunningEdge(makings, slice))];
        foreach (var edge in edges) await edge.Start();
        Measure();
    }

    void Measure()
    {
        Gauge("callcenter_edge_calls", e => e.LiveCalls, "Calls with a live leg");
        Gauge("callcenter_media_legs", e => e.Core.Media.Figures.Legs, "Open media legs");
        meter.CreateObservableGauge("callcenter_media_worst_stall_seconds", () => edges.Max(e => e.Core.Media.TakeWorstStall()) / 1e9, description: "Latest start of a 20 ms round against its deadline since the last look");
        Counter("callcenter_media_received", e => e.Core.Media.Figures.Received, "RTP packets received");
        Counter("callcenter_media_sent", e => e.Core.Media.Figures.Sent, "RTP packets sent");
        Counter("callcenter_media_dropped", e => e.Core.Media.Figures.Dropped, "Packets that were no RTP of their leg, or of a stranger");
        Counter("callcenter_recording_segments_lost", e => e.Core.Media.Figures.SegmentsLost, "Recording segments that could not be kept");
        SipCounter("callcenter_sip_malformed", c => c.Malformed, "Datagrams that were no SIP");
        SipCounter("callcenter_sip_malformed_answered", c => c.MalformedAnswered, "Of these, requests that were answered with what is wrong with them");
        SipCounter("callcenter_sip_responses", c => c.Responses, "SIP responses received");
        SipCounter("callcenter_sip_in_dialog", c => c.InDialog, "SIP requests inside a dialog that is there");
        SipCounter("callcenter_sip_requests", c => c.Requests, "SIP requests received");
        SipCounter("callcenter_sip_retransmissions", c => c.Retransmissions, "SIP requests that came again");
    }

    void Gauge(string name, Func<RunningEdge, long> of, string description) => meter.CreateObservableGauge(name, () => edges.Sum(of), description: description);

    void Counter(string name, Func<RunningEdge, long> of, string description) => meter.CreateObservableCounter(name, () => edges.Sum(of), description: description);

    void SipCounter(string name, Func<SipCounters, long> of, string description) => Counter(name, e => of(e.Core.Agent.Endpoint.Counters), description);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var edge in edges) await edge.Stop(gently: true);
    }

    public async Task<bool> Lose(EdgeId edge)
    {
        if (Array.Find(edges, e => e.Core.Id == edge) is not { } found) return false;
        await found.Stop(gently: false);
        return true;
    }

    public void Dispose()
    {
        meter.Dispose();
        foreach (var edge in edges) edge.Dispose();
    }
}
