using CallCenter.Media.Codecs;

namespace CallCenter.Media.Quality;

/// <summary>How a leg sounded for a while: what came from its party, and what its party said of what it was sent.</summary>
/// <param name="Packets">Received.</param>
/// <param name="Lost">Not received, though their numbers were used.</param>
/// <param name="Loss">%.</param>
/// <param name="Jitter">Mean of |D| (RFC 3550 §6.4.1), of which the protocol's own jitter is a running average; ms.</param>
/// <param name="RoundTrip">ms; null if the peer never told enough.</param>
/// <param name="Mos">1–4.5 by <see cref="EModel"/>, of what comes from the party.</param>
/// <param name="PeerLoss">What the party lost of what it was sent, %; null if it did not say.</param>
/// <param name="PeerJitter">ms.</param>
/// <param name="PeerMos">1–4.5, of what the party hears.</param>
public readonly record struct LegWindow(long Packets, long Lost, double Loss, double Jitter, double? RoundTrip, double Mos, double? PeerLoss, double? PeerJitter, double? PeerMos)
{
    /// <summary>A receiver waits about twice the jitter before it plays (ms at most): less and too much comes late, more and talk becomes slow.</summary>
    const double LongestWait = 200;

    internal static LegWindow Of(in Reception r, double? roundTrip)
    {
        var loss = Percent(r.Lost, r.Received + r.Lost);
        var jitter = r.Timed == 0 ? 0 : (double)r.TransitChange / r.Timed / Audio.SamplesPerMs;
        var mos = Score(loss, jitter, roundTrip, EModel.BurstRatio(r.Received, r.Lost, r.LossRuns));
        if (r.Reports == 0) return new((long)r.Received, (long)r.Lost, loss, jitter, roundTrip, mos, null, null, null);
        var (peerLoss, peerJitter) = (100 * r.ReportedLoss / r.Reports, r.ReportedJitter / r.Reports);
        return new((long)r.Received, (long)r.Lost, loss, jitter, roundTrip, mos, peerLoss, peerJitter, Score(peerLoss, peerJitter, roundTrip, burstRatio: 1));
    }

    /// <summary>The delay that is known: half the round trip, the wait for late packets, and the packet itself.</summary>
    internal static double Score(double loss, double jitter, double? roundTrip, double burstRatio) =>
        EModel.Mos(EModel.Rating((roundTrip ?? 0) / 2 + Math.Min(LongestWait, 2 * jitter) + Audio.FrameMs, Math.Min(100, loss), burstRatio, CodecImpairment.G711Concealed));

    static double Percent(ulong part, ulong whole) => whole == 0 ? 0 : 100.0 * part / whole;
}
