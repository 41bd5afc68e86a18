namespace CallCenter.Kit.Media;

/// <summary>Test tones at 8 kHz, and how purely one is heard.</summary>
public static class Tone
{
    public const int Rate = 8000;

    /// <param name="amplitude">Of 32,767; 8,000 is about −12 dBov.</param>
    public static short[] Make(double hz, TimeSpan length, double amplitude = 8000)
    {
        var samples = new short[(int)(length.TotalSeconds * Rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * hz * i / Rate));
        return samples;
    }

    /// <summary>A key's two tones (ITU-T Q.23), at −9 and −7 dBm0.</summary>
    public static short[] Key(char key, TimeSpan length)
    {
        var at = "123A456B789C*0#D".IndexOf(key, StringComparison.Ordinal);
        var low = Make(lowTones[at / 4], length, 8070);
        var high = Make(highTones[at % 4], length, 10_160);
        return [.. low.Zip(high, (a, b) => (short)(a + b))];
    }

    static readonly int[] lowTones = [697, 770, 852, 941], highTones = [1209, 1336, 1477, 1633];

    /// <summary>Mean square of the part of the sound at one frequency (Goertzel, as a projection on sine and cosine).</summary>
    public static double Power(ReadOnlySpan<short> samples, double hz, int rate = Rate)
    {
        double re = 0, im = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * hz * i / rate);
            re += samples[i] * cos;
            im += samples[i] * sin;
        }
        var n = Math.Max(1, samples.Length);
        return 2 * (re * re + im * im) / ((double)n * n);
    }

    public static double Power(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var s in samples) sum += (double)s * s;
        return sum / Math.Max(1, samples.Length);
    }

    /// <summary>The tone against all that is not the tone, in dB; −∞ for silence.</summary>
    public static double Snr(ReadOnlySpan<short> samples, double hz, int rate = Rate)
    {
        var tone = Fit(samples, hz, rate);
        var rest = Math.Max(Power(samples) - tone, 1e-9);
        return tone < 1 ? double.NegativeInfinity : 10 * Math.Log10(tone / rest);
    }

    /// <summary>
    /// As <see cref="Snr(ReadOnlySpan{short}, double, int)"/>, of a tone that may be off by <see cref="Drift"/>. For pieces of some ten ms: over longer
    /// ones a tone whose pace changes within the piece is not one tone.
    /// </summary>
    public static double SnrNear(ReadOnlySpan<short> samples, double hz, int rate = Rate)
    {
        var best = double.NegativeInfinity;
        for (var step = -DriftSteps; step <= DriftSteps; step++) best = Math.Max(best, Snr(samples, hz * (1 + Drift * step / DriftSteps), rate));
        return best;
    }

    /// <summary>
    /// As <see cref="SnrNear"/>, the median over windows of 20 ms that begin half a packet in, so that each has the seam of two packets in its middle. A
    /// lost or doubled packet shifts the phase, which would spoil one long measurement but is not noise; nor is delay that a
    /// jitter buffer gives back (one sample in three packets, which is 0.2 %, but 0.6 % within one of the three).
    /// </summary>
    public static double MedianSnr(ReadOnlySpan<short> samples, double hz, int rate = Rate)
    {
        var window = rate / 50;
        List<double> all = [];
        for (var at = window / 2; at + window <= samples.Length; at += window) all.Add(SnrNear(samples.Slice(at, window), hz, rate));
        all.Sort();
        return all.Count == 0 ? double.NegativeInfinity : all[all.Count / 2];
    }

    /// <summary>A pitch off by so much is no fault of what is heard: see <see cref="MedianSnr"/>.</summary>
    const double Drift = 0.007;

    const int DriftSteps = 3;

    /// <summary>Mean square of the sine of that frequency which leaves the least of the sound over (least squares; other than <see cref="Power(ReadOnlySpan{short}, double, int)"/> it is exact over parts of a period too).</summary>
    static double Fit(ReadOnlySpan<short> samples, double hz, int rate)
    {
        double xc = 0, xs = 0, cc = 0, cs = 0, ss = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * hz * i / rate);
            (xc, xs) = (xc + samples[i] * cos, xs + samples[i] * sin);
            (cc, cs, ss) = (cc + cos * cos, cs + cos * sin, ss + sin * sin);
        }
        var det = cc * ss - cs * cs;
        return det < 1e-9 ? 0 : (xc * (xc * ss - xs * cs) + xs * (xs * cc - xc * cs)) / det / samples.Length;
    }
}
