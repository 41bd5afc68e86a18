using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Dtmf;

/// <summary>One tone as its filter saw it.</summary>
/// <param name="Sum">Σ x·e^(−iωn): its angle turns from window to window by what the tone's frequency is.</param>
/// <param name="Share">Of all the power, 0–1; less than the truth where the tone lies beside the filter's middle.</param>
readonly record struct SeenTone(Complex Sum, double Share);

/// <summary>What one look at the audio shows.</summary>
/// <param name="Code">The key whose two tones stand out; <see cref="ToneBank.None"/> if there is none.</param>
/// <param name="Power">Of all, mean square.</param>
/// <param name="IsTwisted">One of the tones is weaker than a key's may be.</param>
readonly record struct ToneGlance(byte Code, SeenTone Low, SeenTone High, double Power, bool IsTwisted = false)
{
    public static readonly ToneGlance Nothing = NoKey(0);

    public static ToneGlance NoKey(double power) => new(ToneBank.None, default, default, power);
}

/// <summary>
/// Eight Goertzel filters, one for each tone of ITU-T Q.23, over a window of 15 ms under a Hann taper: the sums Σ x·e^(−iωn) are taken from tables,
/// eight tones at a time, instead of by Goertzel's recurrence, whose steps wait for each other. The taper keeps speech and the other group out
/// of a filter (−31 dB and falling); tones of one group are nearer (73 Hz) than the window can part, so the detector tells them
/// apart by how fast the phase turns from window to window.
/// </summary>
static class ToneBank
{
    public const int Window = 15 * Audio.SamplesPerMs;

    /// <summary>From one window to the next.</summary>
    public const int Hop = 5 * Audio.SamplesPerMs;

    /// <summary>Of all the power, so much must be in the two tones at the least: half, less the 0.9 dB that a filter loses at the edge of its tolerance.</summary>
    const double LeastShare = 0.4;

    public const byte None = byte.MaxValue;
    const int Tones = 8, Group = 4;

    /// <summary>Mean power of a tone from its filter's |Σ|²: a sine of amplitude A gives A·N/4 under the taper.</summary>
    const float Scale = 8f / (Window * Window);

    /// <summary>The taper's Σw² is 3N/8.</summary>
    const float TaperPower = 8f / (3 * Window);

    /// <summary>Half the width of a filter at its foot, Hz.</summary>
    const int Lobe = 2 * Audio.Rate / Window;

    /// <summary>A tone below −36 dBm0 is no key: receivers must take −25 dBm (ITU-T Q.24 table A.1, North America), less what twist takes.</summary>
    static readonly double weakest = PowerOf(DtmfTones.Amplitude(-36));

    /// <summary>Power ratios: the high tone may be 6 dB stronger than the low one, or 10 dB weaker (Q.24: 4 and 8 dB).</summary>
    static readonly double mostHigh = Ratio(6), mostLow = Ratio(10);

    /// <summary>Beyond 14 dB either way the weaker one is not looked for.</summary>
    static readonly double mostTwist = Ratio(14);

    /// <summary>What a tone has at twice its frequency must be 13 dB below it: keys are pure, voices and instruments are not.</summary>
    static readonly double purest = Ratio(13);

    static readonly float[] taper = [.. Enumerable.Range(0, Window).Select(i => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Window)))];
    static readonly float[] cos = Table(1, Math.Cos), sin = Table(1, Math.Sin), cosTwice = Table(2, Math.Cos), sinTwice = Table(2, Math.Sin);

    public static int Hz(int tone) => tone < Group ? DtmfTones.Low[tone] : DtmfTones.High[tone - Group];

    /// <summary>Place of a code's low tone and of its high one among the eight.</summary>
    public static (int Low, int High) TonesOf(byte code)
    {
        var at = DtmfTones.Codes.IndexOf(code);
        return (at / Group, Group + at % Group);
    }

    /// <param name="samples"><see cref="Window"/> of them, on the 16-bit scale.</param>
    public static ToneGlance Look(ReadOnlySpan<float> samples)
    {
        Span<float> tapered = stackalloc float[Window];
        var power = Taper(samples, tapered);
        if (power < weakest) return ToneGlance.NoKey(power);
        Span<float> re = stackalloc float[Tones], im = stackalloc float[Tones], strength = stackalloc float[Tones];
        Correlate(tapered, cos, sin, re, im);
        for (var i = 0; i < Tones; i++) strength[i] = re[i] * re[i] + im[i] * im[i];
        var (low, high) = (Strongest(strength[..Group]), Group + Strongest(strength[Group..]));
        var (lowPower, highPower) = (strength[low] * Scale, strength[high] * Scale);
        if (lowPower < weakest || highPower < weakest || highPower > lowPower * mostTwist || lowPower > highPower * mostTwist) return ToneGlance.NoKey(power);
        if (lowPower + highPower < LeastShare * power || !IsPure(tapered, low, high, strength)) return ToneGlance.NoKey(power);
        return new(DtmfTones.Codes[low * Group + high - Group], new(new(re[low], -im[low]), lowPower / power), new(new(re[high], -im[high]), highPower / power), power, highPower > lowPower * mostHigh || lowPower > highPower * mostLow);
    }

    /// <summary>What a filter keeps of the power of a tone so many Hz beside its middle: (1 − (π²/6 − 1)·b²)², with b in filters' widths; within 2 % up to half a width.</summary>
    public static double Response(double hz)
    {
        var b = Math.Min(0.5, Math.Abs(hz) * Window / Audio.Rate);
        var kept = 1 - (Math.PI * Math.PI / 6 - 1) * b * b;
        return kept * kept;
    }

    static double PowerOf(double amplitude) => amplitude * amplitude / 2;

    static double Ratio(double dB) => Math.Pow(10, dB / 10);

    /// <returns>Mean power.</returns>
    static float Taper(ReadOnlySpan<float> samples, Span<float> tapered)
    {
        var sum = Vector256<float>.Zero;
        ref var from = ref MemoryMarshal.GetReference(samples[..Window]);
        ref var to = ref MemoryMarshal.GetReference(tapered[..Window]);
        ref var by = ref MemoryMarshal.GetArrayDataReference(taper);
        for (nuint i = 0; i < Window; i += (nuint)Vector256<float>.Count)
        {
            var x = Vector256.LoadUnsafe(ref from, i) * Vector256.LoadUnsafe(ref by, i);
            x.StoreUnsafe(ref to, i);
            sum += x * x;
        }
        return Vector256.Sum(sum) * TaperPower;
    }

    /// <summary>All eight sums at once; four samples a round, so that no addition waits for the one before.</summary>
    static void Correlate(ReadOnlySpan<float> tapered, float[] cosines, float[] sines, Span<float> re, Span<float> im)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        ref var x = ref MemoryMarshal.GetReference(tapered[..Window]);
        ref var u = ref MemoryMarshal.GetArrayDataReference(cosines);
        ref var v = ref MemoryMarshal.GetArrayDataReference(sines);
        for (var i = 0; i < Window; i += 4)
        {
            var at = (nuint)(i * Tones);
            var one = Vector256.Create(Unsafe.Add(ref x, i));
            var two = Vector256.Create(Unsafe.Add(ref x, i + 1));
            var three = Vector256.Create(Unsafe.Add(ref x, i + 2));
            var four = Vector256.Create(Unsafe.Add(ref x, i + 3));
            a = Vector256.MultiplyAddEstimate(one, Vector256.LoadUnsafe(ref u, at), a);
            b = Vector256.MultiplyAddEstimate(one, Vector256.LoadUnsafe(ref v, at), b);
            c = Vector256.MultiplyAddEstimate(two, Vector256.LoadUnsafe(ref u, at + Tones), c);
            d = Vector256.MultiplyAddEstimate(two, Vector256.LoadUnsafe(ref v, at + Tones), d);
            e = Vector256.MultiplyAddEstimate(three, Vector256.LoadUnsafe(ref u, at + 2 * Tones), e);
            f = Vector256.MultiplyAddEstimate(three, Vector256.LoadUnsafe(ref v, at + 2 * Tones), f);
            g = Vector256.MultiplyAddEstimate(four, Vector256.LoadUnsafe(ref u, at + 3 * Tones), g);
            h = Vector256.MultiplyAddEstimate(four, Vector256.LoadUnsafe(ref v, at + 3 * Tones), h);
        }
        (a + c + (e + g)).CopyTo(re);
        (b + d + (f + h)).CopyTo(im);
    }

    /// <summary>Looked at for what passes for a key only, which is rare.</summary>
    static bool IsPure(ReadOnlySpan<float> tapered, int low, int high, ReadOnlySpan<float> strength)
    {
        Span<float> re = stackalloc float[Tones], im = stackalloc float[Tones];
        Correlate(tapered, cosTwice, sinTwice, re, im);
        var lowIsAlone = Math.Abs(2 * Hz(low) - Hz(high)) > Lobe;
        return (!lowIsAlone || Square(re[low], im[low]) * purest <= strength[low]) && Square(re[high], im[high]) * purest <= strength[high];
    }

    static double Square(double re, double im) => re * re + im * im;

    static int Strongest(ReadOnlySpan<float> strength)
    {
        var best = 0;
        for (var i = 1; i < strength.Length; i++)
            if (strength[i] > strength[best]) best = i;
        return best;
    }

    /// <summary>Rows of eight: one sample's factors for all tones, at so many times their frequency.</summary>
    static float[] Table(int times, Func<double, double> wave) =>
        [.. Enumerable.Range(0, Window * Tones).Select(i => (float)wave(2 * Math.PI * times * Hz(i % Tones) * (i / Tones) / Audio.Rate))];
}
