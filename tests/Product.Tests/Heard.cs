using CallCenter.Kit.Media;

namespace CallCenter.Product.Tests;

/// <summary>What an ear must hear.</summary>
static class Heard
{
    /// <summary>ms without a packet that a conversation may have.</summary>
    const double LongestGap = 60;

    /// <summary>The tone, for as long as asked: SNR above 20 dB and no gap over 60 ms. What came before the tone does not count.</summary>
    public static async Task Tone(RtpEar ear, double hz, double seconds = 1, double within = Patience.Seconds) =>
        Gapless(await Purely(ear, hz, seconds, within));

    /// <summary>No time over 60 ms without a packet.</summary>
    public static void Gapless(IReadOnlyList<HeardPacket> heard)
    {
        var gap = Gap.Longest(heard);
        Assert.True(gap.Length <= LongestGap, $"{gap}");
    }

    /// <summary>The same where others stand in the way, whose gaps are their own.</summary>
    public static async Task<HeardPacket[]> Purely(RtpEar ear, double hz, double seconds = 1, double within = Patience.Seconds)
    {
        var packets = (int)(seconds * 50);
        await ear.Hears(heard => Start(heard, hz) is >= 0 and var at && heard.Count >= at + packets, $"{hz} Hz for {seconds} s", TimeSpan.FromSeconds(within + seconds));
        var all = ear.Heard();
        var tone = all[Start(all, hz)..];
        Assert.InRange(Kit.Media.Tone.MedianSnr(RtpEar.Samples(tone), hz), 20, double.PositiveInfinity);
        return tone;
    }

    /// <summary>The tone has begun: three pure packets in a row.</summary>
    public static Task Begins(RtpEar ear, double hz, double within) =>
        ear.Hears(heard => Start(heard, hz) >= 0, $"{hz} Hz", TimeSpan.FromSeconds(within));

    /// <summary>Something that is no silence, such as a prompt or music; the instant of its first packet.</summary>
    public static async Task<long> Sound(RtpEar ear, double within = Patience.Seconds)
    {
        await ear.Hears(heard => heard.Any(p => IsLoud(p)), "any sound", TimeSpan.FromSeconds(within));
        return ear.Heard().First(IsLoud).At;
    }

    /// <summary>Fails if a sound comes within the time.</summary>
    public static async Task Silence(RtpEar ear, TimeSpan time)
    {
        ear.Forget();
        await Task.Delay(time);
        Assert.DoesNotContain(ear.Heard(), IsLoud);
    }

    /// <summary>The first of three packets in a row that hold the tone and little else; −1 without.</summary>
    public static int Start(IReadOnlyList<HeardPacket> heard, double hz)
    {
        for (int i = 0, run = 0; i < heard.Count; i++)
        {
            run = heard[i].IsAudio && Kit.Media.Tone.SnrNear(heard[i].Samples(), hz) > 15 ? run + 1 : 0;
            if (run == 3) return i - 2;
        }
        return -1;
    }

    static bool IsLoud(HeardPacket packet) => packet.IsAudio && Kit.Media.Tone.Power(packet.Samples()) > 10_000; // −50 dBov
}
