namespace CallCenter.Media.Codecs;

/// <summary>
/// Band-limited conversion between sample rates: a polyphase FIR, sinc under a Kaiser window (β = 9, stop band below −85 dB),
/// pass band to 0.45 of the lower rate (3.6 kHz at 8 kHz). Meant for files, once; not for the media loop.
/// </summary>
public static class Resampler
{
    const double Beta = 9, PassBand = 0.45, StopBand = 0.5;

    /// <summary>Width of a Kaiser window for its transition band: (A − 7.95) / 14.36 cycles, with A = β / 0.1102 + 8.7 dB.</summary>
    const double TapsPerCycle = (Beta / 0.1102 + 8.7 - 7.95) / 14.36;

    public static float[] Resample(ReadOnlySpan<float> input, int from, int to)
    {
        var divisor = Gcd(from, to);
        int up = to / divisor, down = from / divisor;
        var scale = Math.Min(1.0, (double)to / from);
        var half = (int)Math.Ceiling(TapsPerCycle / ((StopBand - PassBand) * scale) / 2);
        var filters = new float[up][]; // one per phase, made when met: a short prompt at an odd rate needs few of them
        var output = new float[(long)input.Length * up / down];
        for (var i = 0; i < output.Length; i++)
        {
            var position = (long)i * down;
            var phase = (int)(position % up);
            output[i] = Apply(filters[phase] ??= Phase((double)phase / up, half, scale), input, (int)(position / up) - half + 1);
        }
        return output;
    }

    static float Apply(ReadOnlySpan<float> filter, ReadOnlySpan<float> input, int first)
    {
        var sum = 0f;
        var from = Math.Max(0, -first);
        var end = Math.Min(filter.Length, input.Length - first);
        for (var k = from; k < end; k++) sum += filter[k] * input[first + k];
        return sum;
    }

    /// <summary>Taps for an output that lies <paramref name="fraction"/> of an input sample behind tap half − 1; their sum is 1.</summary>
    static float[] Phase(double fraction, int half, double scale)
    {
        var cutoff = (PassBand + StopBand) * scale; // twice the corner, in cycles a sample
        var taps = new double[2 * half];
        for (var k = 0; k < taps.Length; k++)
        {
            var x = k - (half - 1) - fraction;
            taps[k] = Sinc(cutoff * x) * Kaiser(x / half);
        }
        var sum = taps.Sum();
        return [.. taps.Select(t => (float)(t / sum))];
    }

    static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - x * x)) / Bessel(Beta);

    /// <summary>I₀ by its power series.</summary>
    static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
