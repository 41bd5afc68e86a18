using System.Diagnostics.Metrics;
using CallCenter.Media.Quality;

namespace CallCenter.Edge;

/// <summary>How the legs of all edges sound, window by window.</summary>
static class SoundMeters
{
    static readonly Meter meter = new("CallCenter.Edge");

    /// <summary>The borders of satisfaction of ITU-T G.109: R 50, 60, 70, 80, 90.</summary>
    static readonly Histogram<double> mos = Make("callcenter_media_mos", null, "Mean opinion score of what came from a leg, by windows of 10 s", 1.5, 2, 2.58, 3.1, 3.6, 4.03, 4.34);
    static readonly Histogram<double> peerMos = Make("callcenter_media_peer_mos", null, "Mean opinion score of what a leg heard, by its own reports", 1.5, 2, 2.58, 3.1, 3.6, 4.03, 4.34);
    static readonly Histogram<double> loss = Make("callcenter_media_loss_percent", null, "RTP packets of a leg lost in a window, %", 0.1, 0.5, 1, 2, 3, 5, 10, 20, 50);
    static readonly Histogram<double> jitter = Make("callcenter_media_jitter", "ms", "Interarrival jitter of a leg in a window", 1, 2, 5, 10, 20, 30, 50, 100, 200);
    static readonly Histogram<double> roundTrip = Make("callcenter_media_round_trip", "ms", "Round trip to a leg by its reports", 1, 5, 10, 20, 50, 100, 200, 300, 500, 1000);

    public static void Measured(in LegWindow window)
    {
        mos.Record(window.Mos);
        loss.Record(window.Loss);
        jitter.Record(window.Jitter);
        if (window.RoundTrip is { } trip) roundTrip.Record(trip);
        if (window.PeerMos is { } peer) peerMos.Record(peer);
    }

    static Histogram<double> Make(string name, string? unit, string description, params double[] bounds) =>
        meter.CreateHistogram(name, unit, description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
