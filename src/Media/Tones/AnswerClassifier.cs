using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tones;

/// <summary>Who answered a call that we made.</summary>
public enum Answerer : byte
{
    Person,

    /// <summary>An announcement: an answering machine, a mailbox, the network.</summary>
    Machine,

    /// <summary>Nobody said anything.</summary>
    Nobody,
}

/// <param name="Confidence">0.5 (a guess) – 1 (certain).</param>
readonly record struct AnswerGuess(Answerer By, double Confidence);

/// <summary>
/// Tells a person who answers ("Hello?", and then listens) from a machine (speaks at length, then beeps), frame by frame from the
/// answer on. A greeting that ended, with a pause of 0.8 s behind it, is judged by its length and its words; one that goes on is a machine as soon as that is
/// likely enough; a beep is one at once. The log-odds of a machine are 2.2 × (greeting in s − 1.9) + 0.45 × (words − 4), fitted to
/// 200 made answers in ten voices (docs/measurements.md) and to be fitted to real ones when there are such. Pure: it acts on nothing.
/// </summary>
struct AnswerClassifier
{
    const int Ms = Audio.SamplesPerMs;

    /// <summary>Samples. A voice that pauses for so long has ended its greeting; for less, its word.</summary>
    const int GreetingPause = 800 * Ms, WordPause = 100 * Ms, ShortestWord = 80 * Ms;

    /// <summary>Samples without any voice, after which nobody is there; and the longest that is listened for.</summary>
    const int LongestSilence = 4000 * Ms, Longest = 7000 * Ms;

    /// <summary>Samples of one steady tone that are a beep, and its range in Hz; ringback and busy tones lie at 425–480 Hz.</summary>
    const int Beep = 180 * Ms;
    const double BeepLow = 600, BeepHigh = 2500, BeepDrift = 25;

    const double PerSecond = 2.2, Seconds = 1.9, PerWord = 0.45, Words = 4;

    /// <summary>Log-odds at which a greeting that goes on is believed to be a machine's: 0.92.</summary>
    const double Sure = 2.5;

    const double BeepConfidence = 0.98, SilenceConfidence = 0.9;

    /// <summary>Voice is 12 dB above the noise (power), and above −45 dBm0.</summary>
    const double AboveNoise = 16;

    /// <summary>The noise is the quietest of late: it follows a rise by 3 dB a second.</summary>
    const double NoiseRise = 2.0;

    static readonly double faintest = ToneMeter.Power(-45), noiseAtFirst = ToneMeter.Power(-57);

    double noise, beepHz;
    int time, firstVoice, lastVoice, word, words, beep;
    bool decided;

    /// <summary>Takes a frame of so many samples in. True, once: the guess is made.</summary>
    public bool Take(in ToneMeasure frame, int samples, out AnswerGuess guess)
    {
        guess = default;
        if (decided) return false;
        time += samples;
        if (HearsBeep(frame, samples)) guess = new(Answerer.Machine, BeepConfidence);
        else
        {
            Listen(frame, samples);
            if (!TryJudge(out guess)) return false;
        }
        return decided = true;
    }

    /// <summary>So many samples were silence that the other side did not send. True, once: the guess is made.</summary>
    public bool Rest(int samples, out AnswerGuess guess)
    {
        guess = default;
        if (decided) return false;
        time += samples;
        beep = 0;
        return decided = TryJudge(out guess);
    }

    bool HearsBeep(in ToneMeasure frame, int samples)
    {
        if (!frame.IsTone || frame.Power < faintest || frame.Hz is < BeepLow or > BeepHigh) beep = 0;
        else if (beep > 0 && Math.Abs(frame.Hz - beepHz) > BeepDrift) (beep, beepHz) = (samples, frame.Hz);
        else (beep, beepHz) = (beep + samples, beep == 0 ? frame.Hz : beepHz);
        return beep >= Beep;
    }

    void Listen(in ToneMeasure frame, int samples)
    {
        if (noise == 0) noise = noiseAtFirst;
        noise = frame.Power < noise ? Math.Max(frame.Power, 1) : noise * Math.Pow(NoiseRise, samples / (double)Audio.Rate);
        if (frame.Power > faintest && frame.Power > noise * AboveNoise)
        {
            if (time - samples - lastVoice >= WordPause) word = 0;
            if (words == 0 && word == 0) firstVoice = time - samples; // what came before was a click
            var before = word;
            word += samples;
            if (before < ShortestWord && word >= ShortestWord) words++;
            lastVoice = time;
        }
    }

    readonly bool TryJudge(out AnswerGuess guess)
    {
        guess = default;
        if (words == 0)
        {
            guess = new(Answerer.Nobody, SilenceConfidence);
            return time >= LongestSilence;
        }
        var odds = PerSecond * ((lastVoice - firstVoice) / (double)Audio.Rate - Seconds) + PerWord * (words - Words);
        guess = new(odds > 0 ? Answerer.Machine : Answerer.Person, 1 / (1 + Math.Exp(-Math.Abs(odds))));
        return odds >= Sure || time - lastVoice >= GreetingPause || time >= Longest;
    }
}
