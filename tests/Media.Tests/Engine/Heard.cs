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
            Assert.InRange((int)(heard[i].Timestamp - heard[i - 1].Timestamp), 0, 4000);
            if (heard[i].At - heard[i - 1].At > 60_000_000) late++;
        }
        Assert.InRange(late, 0, Math.Max(1, heard.Count / 10));
    }

    /// <summary>Each packet begins where the one before ended, or later; the packets of a key share their beginning.</summary>
    public static void NeverGoesBack(IReadOnlyList<HeardPacket> heard)
    {
        for (var i = 1; i < heard.Count; i++)
            Assert.True((int)(heard[i].Timestamp - heard[i - 1].Timestamp) >= (heard[i - 1].IsAudio ? heard[i - 1].Payload.Length : 0), $"packet {i} of {heard.Count} overlaps the one before");
    }

    /// <summary>Apart from silence there is this tone, at over 20 dB.</summary>
    public static void IsTone(IReadOnlyList<HeardPacket> heard, double hz) =>
        Assert.InRange(Tone.MedianSnr(RtpEar.Samples(heard.Where(p => !p.IsSilence).Skip(2)), hz), 20, 100);
}
