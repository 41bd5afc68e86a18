using CallCenter.Kit.Media;

namespace CallCenter.Media.Tests.Engine;

/// <summary>What engine tests demand of a stream.</summary>
static class Heard
{
    /// <summary>
    /// One SSRC, sequence and timeline without holes. Arrival: nine gaps in ten are below 60 ms; other processes share the machine, so
    /// that the bar itself is for a quiet one.
    /// </summary>
    public static void IsOneStream(IReadOnlyList<HeardPacket> heard)
    {
        Assert.Single(heard.Select(p => p.Ssrc).Distinct());
        var late = 0;
        for (var i = 1; i < heard.Count; i++)
        {
            Assert.Equal(1, (ushort)(heard[i].Sequence - heard[i - 1].Sequence));
            if (heard[i].At - heard[i - 1].At > 60_000_000) late++;
        }
        Assert.InRange(late, 0, Math.Max(1, heard.Count / 10));
        var timeline = Timeline(heard);
        for (var i = 1; i < timeline.Length; i++)
        {
            var (before, after) = (timeline[i - 1], timeline[i]);
            var still = Standstill.Within(before.At, after.At) / NsPerSample;
            Assert.InRange((int)(after.Timestamp - before.Timestamp), 0, 4000 + still);
        }
    }

    /// <summary>At 8 kHz.</summary>
    const long NsPerSample = 125_000;

    /// <summary>ms from one instant to another in which this process, and the engine in it, ran. To be asked once a mouth has had time to say that it was late.</summary>
    public static double Took(MediaInstant from, MediaInstant to) => Standstill.Without(from.Nanoseconds, to.Nanoseconds) / 1e6;

    /// <summary>Without what repeats the beginning of a key: where a key's packets come late it does so after sound that was sent meanwhile.</summary>
    static HeardPacket[] Timeline(IReadOnlyList<HeardPacket> heard)
    {
        var keys = new HashSet<uint>();
        return [.. heard.Where(p => p.IsAudio || keys.Add(p.Timestamp))];
    }

    /// <summary>Each packet begins where the one before ended, or later; the packets of a key share their beginning.</summary>
    public static void NeverGoesBack(IReadOnlyList<HeardPacket> heard)
    {
        var timeline = Timeline(heard);
        for (var i = 1; i < timeline.Length; i++)
            Assert.True((int)(timeline[i].Timestamp - timeline[i - 1].Timestamp) >= (timeline[i - 1].IsAudio ? timeline[i - 1].Payload.Length : 0), $"packet {i} of {timeline.Length} overlaps the one before");
    }

    /// <summary>Apart from silence there is this tone, at over 20 dB.</summary>
    public static void IsTone(IReadOnlyList<HeardPacket> heard, double hz) =>
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(heard.Where(p => !p.IsSilence).Skip(2)), hz), 20, 100);
}
