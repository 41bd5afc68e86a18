using System.Buffers.Binary;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Prompts;

/// <summary>A sound as it is kept: WAV, PCM of 16 bits, mono, at the rate of the telephone.</summary>
public static class PhoneWav
{
    const int HeadSize = 44, FormatSize = 16, SampleSize = 2;

    /// <summary>The whole file. The sound is resampled (<see cref="Resampler"/>).</summary>
    public static byte[] Of(WavFile wav)
    {
        var samples = wav.Rate == Audio.Rate ? wav.Mono : Resampler.Resample(wav.Mono, wav.Rate, Audio.Rate);
        var file = new byte[HeadSize + samples.Length * SampleSize];
        WriteHead(file);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeadSize + i * SampleSize), (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue));
        return file;
    }

    /// <summary>Length in ms of a file that <see cref="Of"/> made.</summary>
    public static int DurationMs(ReadOnlySpan<byte> file) => (file.Length - HeadSize) / SampleSize / Audio.SamplesPerMs;

    static void WriteHead(Span<byte> file)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], FormatSize);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], Audio.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], Audio.Rate * SampleSize);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], SampleSize);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 8 * SampleSize);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - HeadSize);
    }
}
