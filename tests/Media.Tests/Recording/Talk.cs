using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

/// <summary>Speech for tests: noise that rises and falls with four syllables a second, over a steady background.</summary>
static class Talk
{
    /// <param name="length">ms.</param>
    /// <param name="background">Amplitude of the line's noise, of 32,767.</param>
    /// <param name="words">Stretches of speech, ms.</param>
    public static byte[] Make(int length, int background, params (int From, int To)[] words) => Make(length, background, 6000, words);

    public static byte[] Make(int length, int background, int loudness, params (int From, int To)[] words)
    {
        var random = new Random(3);
        var samples = new short[length * Audio.SamplesPerMs];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = i / Audio.SamplesPerMs;
            var sample = background * (2 * random.NextDouble() - 1);
            foreach (var (from, to) in words)
                if (at >= from && at < to) sample += loudness * (0.25 + 0.75 * Math.Abs(Math.Sin(Math.PI * 4 * (at - from) / 1000))) * (2 * random.NextDouble() - 1);
            samples[i] = (short)sample;
        }
        var codes = new byte[samples.Length];
        G711.Encode(AudioCodec.Pcmu, samples, codes);
        return codes;
    }

    /// <summary>What the meter finds, fed segment by segment.</summary>
    public static SpeechTrace Trace(byte[] codes)
    {
        var meter = new SpeechMeter();
        for (var at = 0; at < codes.Length; at += Segment.Samples) meter.Take(at, codes.AsSpan(at, Math.Min(Segment.Samples, codes.Length - at)));
        return meter.Finish(new(0), codes.Length);
    }
}
