using CallCenter.Media.Codecs;

namespace CallCenter.Media.Recording;

/// <summary>
/// Finds the speech in a track, segment after segment, on the recording thread: pauses up to <see cref="Pause"/> belong to it, and sounds shorter
/// than <see cref="Click"/> do not.
/// </summary>
sealed class SpeechMeter
{
    /// <summary>ms: longer than the closure of a consonant, shorter than a pause between phrases.</summary>
    const int Pause = 300;

    /// <summary>ms.</summary>
    const int Click = 60;

    /// <summary>Every second sample tells the mean magnitude as well, at half the cost.</summary>
    const int Step = 2;

    static readonly ushort[] magnitudes = [.. Enumerable.Range(0, 256).Select(code => (ushort)Math.Abs((int)G711.Decode(AudioCodec.Pcmu, (byte)code)))];

    readonly List<Spurt> spurts = [];
    VoiceActivity activity;
    int from = -1, to;

    /// <param name="first">Number of the first sample.</param>
    /// <param name="mulaw">Whole: the segment's.</param>
    public void Take(long first, ReadOnlySpan<byte> mulaw)
    {
        for (var at = 0; at + Audio.FrameSamples <= mulaw.Length; at += Audio.FrameSamples)
            if (activity.IsVoice(Magnitude(mulaw.Slice(at, Audio.FrameSamples)))) Voice((int)((first + at) / Audio.SamplesPerMs));
    }

    /// <param name="samples">Of the track.</param>
    public SpeechTrace Finish(MediaInstant start, long samples)
    {
        End();
        return new(start, samples / Audio.SamplesPerMs, spurts);
    }

    void Voice(int at)
    {
        if (from < 0 || at - to > Pause)
        {
            End();
            from = at;
        }
        to = at + Audio.FrameMs;
    }

    void End()
    {
        if (from >= 0 && to - from >= Click) spurts.Add(new(from, to));
        from = -1;
    }

    static int Magnitude(ReadOnlySpan<byte> frame)
    {
        var sum = 0;
        for (var i = 0; i < frame.Length; i += Step) sum += magnitudes[frame[i]];
        return sum / (frame.Length / Step);
    }
}
