using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>Notices that a speaker has fallen quiet: nothing was sent, or nothing that is loud enough for a voice.</summary>
/// <param name="after">So long, ns; 0 = it watches nothing.</param>
/// <param name="start">From here on, ns.</param>
struct QuietWatch(long after, long start)
{
    /// <summary>Mean magnitude of a packet's 16-bit samples: -42 dB below full scale, above the noise of a line and below a low voice (Asterisk's <c>silencethreshold</c>).</summary>
    const int Voice = 256;

    long voiceAt = start;
    bool told;

    public void Take(ReadOnlySpan<byte> payload, AudioCodec codec, long now)
    {
        if (after == 0 || payload.IsEmpty || !IsVoice(payload, codec)) return;
        (voiceAt, told) = (Math.Max(voiceAt, now), false);
    }

    /// <summary>True once for each time.</summary>
    /// <param name="since">When the voice was heard last, ns.</param>
    public bool FallsQuiet(long now, out long since)
    {
        since = voiceAt;
        if (after == 0 || told || now - voiceAt < after) return false;
        return told = true;
    }

    static bool IsVoice(ReadOnlySpan<byte> payload, AudioCodec codec)
    {
        var sum = 0;
        foreach (var code in payload) sum += Math.Abs((int)G711.Decode(codec, code));
        return sum >= Voice * payload.Length;
    }
}
