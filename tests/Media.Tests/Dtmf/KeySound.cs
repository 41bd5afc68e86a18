using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>How a phone's keys sound: made here from ITU-T Q.23's frequencies, not by the product's own sender.</summary>
sealed record KeySound(double LowLevel = -9, double HighLevel = -7, int ToneMs = 100, int PauseMs = 100, double LowOff = 0, double HighOff = 0)
{
    static readonly double[] low = [697, 770, 852, 941], high = [1209, 1336, 1477, 1633];

    /// <summary>Hz, before any error of the sender.</summary>
    public static (double Low, double High) Of(char key)
    {
        var at = "123A456B789C*0#D".IndexOf(key, StringComparison.Ordinal);
        return (low[at / 4], high[at % 4]);
    }

    public double LowHz(char key) => Of(key).Low * (1 + LowOff);

    public double HighHz(char key) => Of(key).High * (1 + HighOff);

    /// <summary>The tone and the pause after it, on the 16-bit scale; phases by chance.</summary>
    public IEnumerable<double> Say(char key, Random chance)
    {
        var (a, b) = (Amplitude(LowLevel), Amplitude(HighLevel));
        var (p, q) = (chance.NextDouble() * 2 * Math.PI, chance.NextDouble() * 2 * Math.PI);
        for (var i = 0; i < ToneMs * 8; i++) yield return a * Math.Sin(2 * Math.PI * LowHz(key) * i / 8000 + p) + b * Math.Sin(2 * Math.PI * HighHz(key) * i / 8000 + q);
        for (var i = 0; i < PauseMs * 8; i++) yield return 0;
    }

    public static double Amplitude(double dBm0) => 32_768 * Math.Pow(10, (dBm0 - 3.17) / 20);
}

/// <summary>Sounds of tests, and a line that carries them.</summary>
static class Line
{
    public const string Keys = "0123456789*#ABCD";

    public static char[] RandomKeys(Random chance, int count) => [.. Enumerable.Range(0, count).Select(_ => Keys[chance.Next(16)])];

    /// <summary>White noise, roughly Gaussian.</summary>
    public static double Noise(Random chance, double dBm0) =>
        KeySound.Amplitude(dBm0) / Math.Sqrt(2) * (chance.NextDouble() + chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 2) * Math.Sqrt(3);

    /// <summary>Through a G.711 line, with noise.</summary>
    public static byte[] Carry(IEnumerable<double> sound, AudioCodec codec, Random chance, double noise = double.NegativeInfinity)
    {
        var quiet = double.IsNegativeInfinity(noise);
        return [.. sound.Select(s => G711.Encode(codec, (short)Math.Clamp(Math.Round(s + (quiet ? 0 : Noise(chance, noise))), short.MinValue, short.MaxValue)))];
    }

    /// <summary>What the detector hears in it.</summary>
    public static List<(char Key, long From, long To)> Hear(ReadOnlySpan<byte> codes, AudioCodec codec)
    {
        var detector = new DtmfDetector();
        List<(char, long, long)> heard = [];
        Span<float> frame = stackalloc float[Audio.FrameSamples];
        for (; !codes.IsEmpty; codes = codes[Math.Min(codes.Length, frame.Length)..])
        {
            var count = Math.Min(codes.Length, frame.Length);
            LinearTable.Decode(codec, codes[..count], frame);
            if (detector.Take(frame[..count], out var key)) Add(key);
        }
        if (detector.Finish(out var last)) Add(last);
        return heard;

        void Add(HeardKey key)
        {
            Assert.True(DtmfKeys.TryKey(key.Code, out var name));
            heard.Add((name, key.From, key.To));
        }
    }

    public static string Names(this List<(char Key, long From, long To)> heard) => string.Concat(heard.Select(h => h.Key));
}
