using CallCenter.Media.Codecs;

namespace CallCenter.Media.Mixing;

/// <summary>One of those whom a hearer hears.</summary>
/// <param name="Since">Sample from which on: what was said before, to others, is not for this one.</param>
readonly record struct Speaker(SpeechRing Speech, long Since);

/// <summary>The sum of several speakers as one frame.</summary>
static class Mixer
{
    /// <summary>Up to 3/4 of full scale (−2.5 dB) the sum is exact; what lies above is bent towards full scale and never reaches it, which sounds softer than clipping.</summary>
    const int Knee = 24_576, Room = short.MaxValue - Knee;

    /// <param name="speakers">Without the hearer: nobody hears himself (N−1).</param>
    /// <param name="due">ns.</param>
    public static void Fill(ReadOnlySpan<Speaker> speakers, long due, Span<byte> frame, AudioCodec codec)
    {
        Span<int> sum = stackalloc int[Audio.FrameSamples];
        sum.Clear();
        foreach (var speaker in speakers) speaker.Speech.AddTo(sum, due, speaker.Since);
        Span<short> limited = stackalloc short[Audio.FrameSamples];
        for (var i = 0; i < limited.Length; i++) limited[i] = Limit(sum[i]);
        G711.Encode(codec, limited, frame);
    }

    /// <summary>Of either sign; the excess x over the knee becomes r·x/(r+x), with r the room above it: steady in value and slope at the knee.</summary>
    public static short Limit(int sum)
    {
        var excess = Math.Abs(sum) - Knee;
        if (excess <= 0) return (short)sum;
        var bent = Knee + (int)((long)Room * excess / (Room + excess));
        return (short)(sum < 0 ? -bent : bent);
    }
}
