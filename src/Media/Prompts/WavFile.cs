using System.Buffers.Binary;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Prompts;

/// <summary>Why a file is no WAV we can play.</summary>
public enum WavFault
{
    None,
    NotWav,
    NoFormat,
    UnknownFormat,
    BadFormat,
    NoData,
}

/// <summary>
/// A WAV file as mono floats: PCM of 8, 16, 24, 32 bits, IEEE float of 32 or 64, A-law, µ-law, also as WAVE_FORMAT_EXTENSIBLE;
/// channels are averaged.
/// </summary>
public sealed class WavFile
{
    const ushort Pcm = 1, IeeeFloat = 3, Alaw = 6, Mulaw = 7, Extensible = 0xFFFE;
    const int RiffHead = 12, ChunkHead = 8, FormatSize = 16, SubFormatAt = 24;
    const int MinRate = 1000, MaxRate = 384_000, MaxChannels = 16;

    WavFile(float[] mono, int rate, bool isCut = false) => (Mono, Rate, IsCut) = (mono, rate, isCut);

    /// <summary>−1 … 1.</summary>
    public float[] Mono { get; }

    /// <summary>Samples a second.</summary>
    public int Rate { get; }

    /// <summary>The file tells of more sound than it holds: it was cut off on its way. One that was written as a stream tells of none in particular.</summary>
    public bool IsCut { get; }

    readonly record struct Format(ushort Tag, int Channels, int Rate, int Bits)
    {
        public int FrameSize => Channels * Bits / 8;

        public bool IsKnown => Tag switch
        {
            Pcm => Bits is 8 or 16 or 24 or 32,
            IeeeFloat => Bits is 32 or 64,
            Alaw or Mulaw => Bits == 8,
            _ => false,
        };
    }

    public static bool TryRead(ReadOnlySpan<byte> file, out WavFile wav, out WavFault fault)
    {
        wav = new([], Audio.Rate);
        fault = WavFault.NotWav;
        if (file.Length < RiffHead || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8)) return false;
        Format? format = null;
        for (var rest = file[RiffHead..]; rest.Length >= ChunkHead;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var id = rest[..4];
            var body = rest[ChunkHead..];
            if (body.Length > size) body = body[..(int)size]; // a streamed file tells 0xFFFFFFFF: take what is there
            if (id.SequenceEqual("fmt "u8))
            {
                if (!TryReadFormat(body, out var read, out fault)) return false;
                format = read;
            }
            else if (id.SequenceEqual("data"u8))
            {
                fault = format is null ? WavFault.NoFormat : WavFault.None;
                if (format is not { } f) return false;
                wav = new(Decode(body, f), f.Rate, isCut: size > body.Length && size != uint.MaxValue);
                return true;
            }
            var step = (int)Math.Min(rest.Length, ChunkHead + (long)size + (size & 1)); // chunks stand on even offsets
            rest = rest[step..];
        }
        fault = format is null ? WavFault.NoFormat : WavFault.NoData;
        return false;
    }

    static bool TryReadFormat(ReadOnlySpan<byte> body, out Format format, out WavFault fault)
    {
        format = default;
        fault = WavFault.BadFormat;
        if (body.Length < FormatSize) return false;
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        if (tag == Extensible && body.Length >= SubFormatAt + 2) tag = BinaryPrimitives.ReadUInt16LittleEndian(body[SubFormatAt..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        format = new(tag, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), (int)Math.Min(rate, int.MaxValue), BinaryPrimitives.ReadUInt16LittleEndian(body[14..]));
        if (format.Rate is < MinRate or > MaxRate || format.Channels is < 1 or > MaxChannels) return false;
        fault = format.IsKnown ? WavFault.None : WavFault.UnknownFormat;
        return format.IsKnown;
    }

    static float[] Decode(ReadOnlySpan<byte> data, Format format)
    {
        var mono = new float[data.Length / format.FrameSize];
        var step = format.Bits / 8;
        for (var i = 0; i < mono.Length; i++)
        {
            var frame = data.Slice(i * format.FrameSize, format.FrameSize);
            var sum = 0f;
            for (var c = 0; c < format.Channels; c++) sum += Sample(frame.Slice(c * step, step), format);
            mono[i] = sum / format.Channels;
        }
        return mono;
    }

    static float Sample(ReadOnlySpan<byte> s, Format format) => (format.Tag, format.Bits) switch
    {
        (Pcm, 8) => (s[0] - 128) / 128f, // the only unsigned one
        (Pcm, 16) => BinaryPrimitives.ReadInt16LittleEndian(s) / 32768f,
        (Pcm, 24) => ((s[0] | s[1] << 8 | s[2] << 16) << 8 >> 8) / 8388608f,
        (Pcm, _) => BinaryPrimitives.ReadInt32LittleEndian(s) / 2147483648f,
        (IeeeFloat, 32) => Finite(BinaryPrimitives.ReadSingleLittleEndian(s)),
        (IeeeFloat, _) => Finite((float)BinaryPrimitives.ReadDoubleLittleEndian(s)),
        (Alaw, _) => G711.Decode(AudioCodec.Pcma, s[0]) / 32768f,
        _ => G711.Decode(AudioCodec.Pcmu, s[0]) / 32768f,
    };

    static float Finite(float value) => float.IsFinite(value) ? value : 0;
}
