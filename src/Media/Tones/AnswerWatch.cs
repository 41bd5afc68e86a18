using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tones;

/// <summary>
/// An <see cref="AnswerClassifier"/> on a line that may send nothing: where no packet came for a while the other side is silent, as one that detects
/// voice activity is, and a party that never sends anything is nobody. Pure: time comes with the packets and ticks.
/// </summary>
/// <param name="since">The answer; ns, monotonic.</param>
sealed class AnswerWatch(long since)
{
    /// <summary>ns: a packet may be so late before its place counts as silence.</summary>
    const long Patience = 3 * Audio.FrameMs * MediaClock.PerMillisecond;

    const long NsPerSample = MediaClock.PerMillisecond / Audio.SamplesPerMs;

    AnswerClassifier classifier;

    /// <summary>Up to here everything is counted, as sound or as silence.</summary>
    long counted = since;

    public long Since { get; } = since;

    /// <summary>Takes a frame in. True, once: the guess is made.</summary>
    public bool Take(in ToneMeasure frame, int samples, long now, out AnswerGuess guess)
    {
        counted = now;
        return classifier.Take(frame, samples, out guess);
    }

    /// <summary>Each tick. True, once: the guess is made.</summary>
    public bool Tick(long now, out AnswerGuess guess)
    {
        guess = default;
        if (now - counted < Patience) return false;
        var silent = (int)((now - counted) / NsPerSample);
        counted = now;
        return classifier.Rest(silent, out guess);
    }
}
