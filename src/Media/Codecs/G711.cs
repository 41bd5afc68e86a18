namespace CallCenter.Media.Codecs;

/// <summary>
/// ITU-T G.711: µ-law and A-law to and from 16-bit linear, and straight from one law to the other, all by table.
/// The tables are made once from the segment formulas of the recommendation.
/// </summary>
public static class G711
{
    /// <summary>µ-law: bias added to the 14-bit magnitude scaled to 16 bits, so that segments begin at powers of two.</summary>
    const int MuBias = 0x84;
    const int MuClip = 32635;
    const int SignBit = 0x80, SegmentShift = 4, SegmentMask = 0x70, StepMask = 0x0F;

    /// <summary>A-law: even bits are inverted on the line (G.711 §3, note 2).</summary>
    const int AlawInversion = 0x55;

    static readonly short[] muToLinear = Table(DecodeMu), aToLinear = Table(DecodeA);

    /// <summary>Indexed by the sample's 16 bits: 64 kB each, of which speech, being quiet, touches little.</summary>
    static readonly byte[] linearToMu = Encoder(EncodeMu), linearToA = Encoder(EncodeA);

    static readonly byte[] muToA = Direct(muToLinear, EncodeA), aToMu = Direct(aToLinear, EncodeMu);

    public static short Decode(AudioCodec codec, byte code) => codec == AudioCodec.Pcmu ? muToLinear[code] : aToLinear[code];

    public static byte Encode(AudioCodec codec, short sample) =>
        codec == AudioCodec.Pcmu ? linearToMu[(ushort)sample] : linearToA[(ushort)sample];

    /// <summary>Decodes <paramref name="codes"/> into as many samples.</summary>
    public static void Decode(AudioCodec codec, ReadOnlySpan<byte> codes, Span<short> samples)
    {
        var table = codec == AudioCodec.Pcmu ? muToLinear : aToLinear;
        for (var i = 0; i < codes.Length; i++) samples[i] = table[codes[i]];
    }

    /// <summary>Encodes <paramref name="samples"/> into as many codes.</summary>
    public static void Encode(AudioCodec codec, ReadOnlySpan<short> samples, Span<byte> codes)
    {
        var table = codec == AudioCodec.Pcmu ? linearToMu : linearToA;
        for (var i = 0; i < samples.Length; i++) codes[i] = table[(ushort)samples[i]];
    }

    /// <summary>Rewrites codes of one law as codes of the other, in place or not; the same law is a copy.</summary>
    public static void Translate(AudioCodec from, AudioCodec to, ReadOnlySpan<byte> codes, Span<byte> result)
    {
        if (from == to)
        {
            codes.CopyTo(result);
            return;
        }
        var table = from == AudioCodec.Pcmu ? muToA : aToMu;
        for (var i = 0; i < codes.Length; i++) result[i] = table[codes[i]];
    }

    static short DecodeMu(int code)
    {
        code = ~code & 0xFF;
        var magnitude = (((code & StepMask) << 3) + MuBias << ((code & SegmentMask) >> SegmentShift)) - MuBias;
        return (short)((code & SignBit) != 0 ? -magnitude : magnitude);
    }

    static byte EncodeMu(int sample)
    {
        var sign = sample < 0 ? SignBit : 0;
        var magnitude = Math.Min(Math.Abs(sample), MuClip) + MuBias;
        var segment = 24 - int.LeadingZeroCount(magnitude);
        return (byte)~(sign | segment << SegmentShift | magnitude >> segment + 3 & StepMask);
    }

    static short DecodeA(int code)
    {
        code ^= AlawInversion;
        var segment = (code & SegmentMask) >> SegmentShift;
        var magnitude = ((code & StepMask) << 4) + 8;
        if (segment > 0) magnitude = magnitude + 0x100 << segment - 1;
        return (short)((code & SignBit) != 0 ? magnitude : -magnitude);
    }

    static byte EncodeA(int sample)
    {
        var sign = sample >= 0 ? SignBit : 0;
        var magnitude = Math.Min(sample >= 0 ? sample : -sample - 1, short.MaxValue);
        var segment = Math.Max(0, 24 - int.LeadingZeroCount(magnitude));
        var step = magnitude >> (segment == 0 ? 4 : segment + 3) & StepMask;
        return (byte)((sign | segment << SegmentShift | step) ^ AlawInversion);
    }

    static short[] Table(Func<int, short> decode) => [.. Enumerable.Range(0, 256).Select(decode)];

    static byte[] Direct(short[] decode, Func<int, byte> encode) => [.. decode.Select(s => encode(s))];

    static byte[] Encoder(Func<int, byte> encode) => [.. Enumerable.Range(0, 65536).Select(i => encode((short)i))];
}
