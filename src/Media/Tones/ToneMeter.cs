using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tones;

/// <summary>A frame of audio, measured.</summary>
/// <param name="Power">Mean square, on the 16-bit scale.</param>
/// <param name="Hz">The frequency, if it is one tone.</param>
/// <param name="IsTone">One steady tone, 12 dB or more above all else.</param>
readonly record struct ToneMeasure(double Power, double Hz, bool IsTone);

/// <summary>
/// Tells whether a frame is a single tone, of whatever frequency, from its autocorrelation at lags 0, 1 and 2: a sine of ω has r₁ = cos ω, and is
/// told in advance by its last two samples (the second reflection coefficient, (r₂ − r₁²)/(1 − r₁²), is −1).
/// Sixty multiplications a frame, so that it may listen to every leg.
/// </summary>
static class ToneMeter
{
    /// <summary>The second reflection coefficient of a tone under white noise 12 dB below it, at frequencies of signalling (1 kHz and above).</summary>
    const double Predictable = -0.8;

    /// <summary>A frame shorter than 5 ms tells nothing.</summary>
    const int Shortest = 5 * Audio.SamplesPerMs;

    /// <summary>Below −50 dBm0 there is nothing to be found.</summary>
    static readonly double quiet = Power(-50);

    /// <summary>Mean square of a sine of that level on the 16-bit scale, whose full scale is +3.17 dBm0.</summary>
    public static double Power(double dBm0) => 32_768.0 * 32_768 / 2 * Math.Pow(10, (dBm0 - 3.17) / 10);

    public static ToneMeasure Measure(ReadOnlySpan<float> samples)
    {
        if (samples.Length < Shortest) return default;
        var n = samples.Length;
        var r0 = Dot(samples, 0) / n;
        if (r0 < quiet) return new(r0, 0, false);
        var (r1, r2) = (Dot(samples, 1) / (n - 1) / r0, Dot(samples, 2) / (n - 2) / r0);
        var second = (r2 - r1 * r1) / Math.Max(1 - r1 * r1, 1e-6);
        return new(r0, Math.Acos(Math.Clamp(r1, -1, 1)) * Audio.Rate / (2 * Math.PI), second <= Predictable);
    }

    /// <summary>Σ x[i]·x[i + lag].</summary>
    static double Dot(ReadOnlySpan<float> samples, int lag)
    {
        ref var x = ref MemoryMarshal.GetReference(samples);
        var (sum, i, count) = (Vector256<float>.Zero, 0, samples.Length - lag);
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            sum = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, (nuint)i), Vector256.LoadUnsafe(ref x, (nuint)(i + lag)), sum);
        double rest = Vector256.Sum(sum);
        for (; i < count; i++) rest += samples[i] * samples[i + lag];
        return rest;
    }
}
