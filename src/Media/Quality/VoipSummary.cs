using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Quality;

/// <summary>What we tell a peer of its stream since its beginning (RFC 3611 §4.7).</summary>
static class VoipSummary
{
    /// <param name="roundTrip">ms; null = unknown.</param>
    public static VoipMetrics Of(in ReceiveStatistics heard, double? roundTrip)
    {
        var p = heard.Pattern;
        var (received, lost) = (p.ReceivedByNow, p.LostByNow);
        var all = received + lost;
        var (count, sum) = heard.TransitChanges;
        var loss = all == 0 ? 0 : 100.0 * lost / all;
        var burst = EModel.BurstRatio(received, lost, p.RunsByNow);
        var jitter = count == 0 ? 0 : (double)sum / count / Audio.SamplesPerMs;
        return new(
            heard.Ssrc, Part(lost, all), 0, Part(p.BurstLosses, p.BurstPackets), Part(lost - p.BurstLosses, all - p.BurstPackets),
            Length(p.BurstPackets, p.Bursts), Length(all - p.BurstPackets, p.Bursts + 1), Milliseconds(roundTrip ?? 0), 0,
            (byte)Math.Clamp(Math.Round(EModel.Rating(0, loss, burst, CodecImpairment.G711Concealed)), 0, 100),
            Tenths(LegWindow.Score(loss, 0, 0, burst)), Tenths(LegWindow.Score(loss, jitter, roundTrip, burst)));
    }

    static byte Part(ulong part, ulong whole) => whole == 0 ? (byte)0 : (byte)Math.Min(255, part * 256 / whole);

    /// <summary>Mean length in ms of so many stretches, at a packet every 20 ms.</summary>
    static ushort Length(ulong packets, uint stretches) => stretches == 0 ? (ushort)0 : Milliseconds((double)packets * Audio.FrameMs / stretches);

    static ushort Milliseconds(double time) => (ushort)Math.Clamp(Math.Round(time), 0, ushort.MaxValue);

    static byte Tenths(double mos) => (byte)Math.Round(mos * 10);
}
