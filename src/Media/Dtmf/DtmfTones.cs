using CallCenter.Media.Codecs;

namespace CallCenter.Media.Dtmf;

/// <summary>The two tones of each key (ITU-T Q.23 §6): one of a low group of four, one of a high group.</summary>
static class DtmfTones
{
    /// <summary>Length of a key as we play it: 100 ms, and as long a pause after it; ITU-T Q.24 asks receivers for 40 ms of either.</summary>
    public const int Samples = 5 * Audio.FrameSamples;

    /// <summary>dBm0 of the low group and of the high one: lines weaken high tones more, so these are sent 2 dB stronger (ETSI ES 201 235-2 §4.2.4).</summary>
    const double LowLevel = -9, HighLevel = -7;

    /// <summary>The ends are rounded off: an edge would click.</summary>
    const int Ramp = 2 * Audio.SamplesPerMs;

    static readonly byte[][] pcmu = Keys(AudioCodec.Pcmu), pcma = Keys(AudioCodec.Pcma);

    /// <summary>Hz.</summary>
    public static ReadOnlySpan<int> Low => [697, 770, 852, 941];

    /// <summary>Hz.</summary>
    public static ReadOnlySpan<int> High => [1209, 1336, 1477, 1633];

    /// <summary>Event codes (RFC 4733 §3.2) by low tone × 4 + high tone: 1 2 3 A, 4 5 6 B, 7 8 9 C, * 0 # D.</summary>
    public static ReadOnlySpan<byte> Codes => [1, 2, 3, 12, 4, 5, 6, 13, 7, 8, 9, 14, 10, 0, 11, 15];

    /// <summary>A key's whole sound in a law; empty for flash, which has none.</summary>
    public static ReadOnlySpan<byte> Of(byte code, AudioCodec codec)
    {
        var keys = codec == AudioCodec.Pcmu ? pcmu : pcma;
        return code < keys.Length ? keys[code] : default;
    }

    /// <summary>Peak of a sine on the 16-bit scale, whose full scale is +3.17 dBm0 (ITU-T G.711).</summary>
    public static double Amplitude(double dBm0) => 32_768 * Math.Pow(10, (dBm0 - 3.17) / 20);

    static byte[][] Keys(AudioCodec codec)
    {
        var keys = new byte[Codes.Length][];
        for (var i = 0; i < keys.Length; i++) keys[Codes[i]] = Key(Low[i / 4], High[i % 4], codec);
        return keys;
    }

    static byte[] Key(int low, int high, AudioCodec codec)
    {
        var (a, b) = (Amplitude(LowLevel), Amplitude(HighLevel));
        var codes = new byte[Samples];
        for (var i = 0; i < codes.Length; i++)
        {
            var edge = Math.Min(1, Math.Min(i + 1, codes.Length - i) / (double)Ramp);
            var t = 2 * Math.PI * i / Audio.Rate;
            codes[i] = G711.Encode(codec, (short)Math.Round(edge * (a * Math.Sin(low * t) + b * Math.Sin(high * t))));
        }
        return codes;
    }
}
