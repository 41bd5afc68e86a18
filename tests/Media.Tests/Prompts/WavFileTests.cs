using System.Buffers.Binary;
using CallCenter.Kit.Media;
using CallCenter.Media.Prompts;

namespace CallCenter.Media.Tests.Prompts;

public sealed class WavFileTests
{
    /// <summary>A WAV around raw sample data, as some other program would write it.</summary>
    static byte[] Wav(ushort tag, int channels, int rate, int bits, byte[] data, bool extensible = false, bool streamed = false)
    {
        var format = new byte[extensible ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, extensible ? (ushort)0xFFFE : tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        if (extensible) BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(24), tag);
        return [.. "RIFF\0\0\0\0WAVE"u8, .. "fmt "u8, .. Size(format.Length), .. format, .. "LIST"u8, .. Size(3), 1, 2, 3, 0, .. "data"u8, .. Size(streamed ? -1 : data.Length), .. data];

        static byte[] Size(int size) => BitConverter.GetBytes(size);
    }

    static float[] Mono(byte[] file)
    {
        Assert.True(WavFile.TryRead(file, out var wav, out var fault), fault.ToString());
        return wav.Mono;
    }

    [Fact]
    public void Every_sample_format_reads_the_same_level()
    {
        Assert.Equal([0.5f, -0.5f], Mono(Wav(1, 1, 8000, 8, [192, 64])));
        Assert.Equal([0.5f, -0.5f], Mono(Wav(1, 1, 8000, 16, [0, 0x40, 0, 0xC0])));
        Assert.Equal([0.5f, -0.5f], Mono(Wav(1, 1, 8000, 24, [0, 0, 0x40, 0, 0, 0xC0])));
        Assert.Equal([0.5f, -0.5f], Mono(Wav(1, 1, 8000, 32, [0, 0, 0, 0x40, 0, 0, 0, 0xC0])));
        Assert.Equal([0.5f, -0.5f], Mono(Wav(3, 1, 8000, 32, [.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(-0.5f)])));
        Assert.Equal([0.5f, 0f], Mono(Wav(3, 1, 8000, 64, [.. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(double.NaN)])));
        Assert.Equal([8 / 32768f, -32256 / 32768f], Mono(Wav(6, 1, 8000, 8, [0xD5, 0x2A])));
        Assert.Equal([0f, -32124 / 32768f], Mono(Wav(7, 1, 8000, 8, [0xFF, 0x00])));
    }

    [Fact]
    public void Channels_are_averaged() => Assert.Equal([0.25f], Mono(Wav(1, 2, 8000, 16, [0, 0x40, 0, 0])));

    [Fact]
    public void Extensible_and_streamed_files_are_read()
    {
        Assert.Equal([0.5f], Mono(Wav(1, 1, 8000, 16, [0, 0x40], extensible: true)));
        Assert.Equal([0.5f], Mono(Wav(1, 1, 8000, 16, [0, 0x40], streamed: true)));
    }

    [Fact]
    public void A_file_that_was_cut_off_says_so_and_a_streamed_one_does_not()
    {
        Assert.True(WavFile.TryRead(Wav(1, 1, 8000, 16, [0, 0x40, 0, 0x40])[..^2], out var cut, out _));
        Assert.True(cut.IsCut);
        Assert.True(WavFile.TryRead(Wav(1, 1, 8000, 16, [0, 0x40], streamed: true), out var streamed, out _));
        Assert.False(streamed.IsCut);
    }

    [Fact]
    public void What_is_kept_is_eight_kilohertz_of_sixteen_bits_and_reads_the_same_again()
    {
        var tone = new Wav(48_000, 2, [.. Tone.Make(440, TimeSpan.FromSeconds(6)).SelectMany(sample => new[] { sample, sample })]).ToBytes(); // 440 Hz at 8 kHz are 2640 at 48
        Assert.True(WavFile.TryRead(tone, out var wav, out _));
        var kept = PhoneWav.Of(wav);
        Assert.InRange(PhoneWav.DurationMs(kept), 999, 1001);
        var read = Kit.Media.Wav.Read(kept);
        Assert.Equal((8000, 1), (read.Rate, read.Channels));
        Assert.InRange(Tone.MedianSnr(read.Samples, 2640), 20, double.PositiveInfinity);
    }

    [Fact]
    public void What_cannot_be_played_is_refused_by_name()
    {
        Assert.Equal(WavFault.NotWav, Fault([1, 2, 3]));
        Assert.Equal(WavFault.UnknownFormat, Fault(Wav(85, 1, 8000, 16, [])));
        Assert.Equal(WavFault.BadFormat, Fault(Wav(1, 0, 8000, 16, [])));
        Assert.Equal(WavFault.BadFormat, Fault(Wav(1, 1, 10, 16, [])));
        Assert.Equal(WavFault.NoFormat, Fault([.. "RIFF\0\0\0\0WAVEdata\0\0\0\0"u8]));
        Assert.Equal(WavFault.NoData, Fault(Wav(1, 1, 8000, 16, [])[..^8]));

        static WavFault Fault(byte[] file)
        {
            Assert.False(WavFile.TryRead(file, out _, out var fault));
            return fault;
        }
    }

    [Fact]
    public void A_cut_or_flipped_file_never_throws()
    {
        var file = Wav(1, 2, 44100, 24, new byte[60]);
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bad = file.AsSpan(0, random.Next(file.Length + 1)).ToArray();
            if (bad.Length > 0) bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            WavFile.TryRead(bad, out _, out _);
        }
    }

    [Fact]
    public void A_prompt_is_resampled_and_kept_in_both_laws()
    {
        var file = new Wav(8000, 1, Tone.Make(440, TimeSpan.FromMilliseconds(100))).ToBytes();
        Assert.True(PromptAudio.TryFromWav(file, out var audio, out _));
        Assert.Equal(TimeSpan.FromMilliseconds(100), audio.Duration);
        Assert.Equal(800, audio.Samples);
    }
}
