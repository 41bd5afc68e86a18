namespace CallCenter.Media.Tests.Codecs;

/// <summary>Sound to try codecs with, the same at each run.</summary>
static class Voices
{
    const int Rate = 8000;

    /// <summary>Formants of five vowels, Hz (Peterson and Barney 1952, men): a, e, i, o, u.</summary>
    static readonly (double F1, double F2, double F3)[] vowels = [(730, 1090, 2440), (530, 1840, 2480), (270, 2290, 3010), (570, 840, 2410), (300, 870, 2240)];

    /// <summary>Something like speech: syllables of a voice whose pitch glides through three resonances, with hiss and pauses between them.</summary>
    public static short[] Speech(TimeSpan length, int seed = 1)
    {
        var random = new Random(seed);
        var sound = new double[(int)(length.TotalSeconds * Rate)];
        for (var at = 0; at < sound.Length;)
        {
            var vowel = vowels[random.Next(vowels.Length)];
            var voiced = random.Next(5) > 0;
            var count = Math.Min(random.Next(Rate / 10, Rate / 4), sound.Length - at);
            var pitch = 90 + 90 * random.NextDouble();
            Syllable(sound.AsSpan(at, count), voiced, pitch, pitch + 40 * (random.NextDouble() - 0.5), vowel, random);
            at += count + random.Next(Rate / 25);
        }
        var loudest = sound.Max(Math.Abs);
        return [.. sound.Select(s => (short)(s / loudest * 16_000))];
    }

    /// <summary>Noise below a corner, as an amplitude out of 32,767.</summary>
    public static short[] Noise(int count, double amplitude, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (short)(amplitude * (2 * random.NextDouble() - 1)))];
    }

    /// <summary>Signal over error, dB, as the mean over frames of 20 ms that hold a signal, each within −10 and 35 dB (segmental SNR).</summary>
    public static double SegmentalSnr(ReadOnlySpan<short> said, ReadOnlySpan<short> heard)
    {
        var (sum, frames) = (0.0, 0);
        for (var at = 0; at + 160 <= Math.Min(said.Length, heard.Length); at += 160)
        {
            double signal = 0, error = 1;
            for (var i = at; i < at + 160; i++)
            {
                signal += (double)said[i] * said[i];
                error += ((double)said[i] - heard[i]) * ((double)said[i] - heard[i]);
            }
            if (signal < 160 * 500 * 500) continue;
            sum += Math.Clamp(10 * Math.Log10(signal / error), -10, 35);
            frames++;
        }
        return sum / Math.Max(1, frames);
    }

    static void Syllable(Span<double> sound, bool voiced, double from, double to, (double F1, double F2, double F3) vowel, Random random)
    {
        Span<double> source = new double[sound.Length];
        var phase = 0.0;
        for (var i = 0; i < source.Length; i++)
        {
            phase += (from + (to - from) * i / source.Length) / Rate;
            source[i] = voiced ? phase >= 1 ? 1 : 0 : 0.1 * (random.NextDouble() - 0.5);
            if (phase >= 1) phase--;
        }
        Resonance(source, vowel.F1, 80);
        Resonance(source, vowel.F2, 100);
        Resonance(source, vowel.F3, 140);
        for (var i = 0; i < sound.Length; i++) sound[i] = source[i] * Math.Sin(Math.PI * i / sound.Length);
    }

    /// <summary>A two-pole resonator of gain 1 at zero.</summary>
    static void Resonance(Span<double> sound, double hz, double width)
    {
        var radius = Math.Exp(-Math.PI * width / Rate);
        var (a1, a2) = (2 * radius * Math.Cos(2 * Math.PI * hz / Rate), -radius * radius);
        double y1 = 0, y2 = 0;
        for (var i = 0; i < sound.Length; i++) (sound[i], y1, y2) = ((1 - a1 - a2) * sound[i] + a1 * y1 + a2 * y2, (1 - a1 - a2) * sound[i] + a1 * y1 + a2 * y2, y1);
    }
}
