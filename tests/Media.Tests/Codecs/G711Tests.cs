using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Codecs;

public sealed class G711Tests
{
    [Theory] // ITU-T G.711 tables 1a–2b, scaled to 16 bits
    [InlineData(AudioCodec.Pcmu, 0x00, -32124)]
    [InlineData(AudioCodec.Pcmu, 0x80, 32124)]
    [InlineData(AudioCodec.Pcmu, 0xFF, 0)]
    [InlineData(AudioCodec.Pcmu, 0xFE, 8)]
    [InlineData(AudioCodec.Pcmu, 0x7E, -8)]
    [InlineData(AudioCodec.Pcmu, 0xEF, 132)]
    [InlineData(AudioCodec.Pcma, 0xD5, 8)]
    [InlineData(AudioCodec.Pcma, 0x55, -8)]
    [InlineData(AudioCodec.Pcma, 0xAA, 32256)]
    [InlineData(AudioCodec.Pcma, 0x2A, -32256)]
    [InlineData(AudioCodec.Pcma, 0xC5, 264)]
    public void Codes_decode_as_the_tables_say(AudioCodec codec, byte code, short sample) => Assert.Equal(sample, G711.Decode(codec, code));

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma)]
    public void Every_code_survives_decoding_and_encoding(AudioCodec codec)
    {
        for (var code = 0; code < 256; code++)
        {
            if (codec == AudioCodec.Pcmu && code == 0x7F) continue; // minus zero has no sample of its own
            Assert.Equal((byte)code, G711.Encode(codec, G711.Decode(codec, (byte)code)));
        }
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu, 644)] // half a step of the last segment, and the clipping above it
    [InlineData(AudioCodec.Pcma, 512)]
    public void Encoding_errs_by_less_than_a_step(AudioCodec codec, int most)
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var error = Math.Abs(G711.Decode(codec, G711.Encode(codec, (short)sample)) - sample);
            Assert.True(error <= Math.Max(8, Math.Min(most, Math.Abs(sample) / 16 + 8)), $"{sample} errs by {error}");
        }
    }

    [Fact]
    public void Silence_is_the_code_next_to_zero()
    {
        Assert.Equal(Audio.Silence(AudioCodec.Pcmu), G711.Encode(AudioCodec.Pcmu, 0));
        Assert.Equal(Audio.Silence(AudioCodec.Pcma), G711.Encode(AudioCodec.Pcma, 0));
    }

    [Fact]
    public void Translation_in_place_is_decoding_and_encoding()
    {
        var codes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var expected = codes.Select(c => G711.Encode(AudioCodec.Pcma, G711.Decode(AudioCodec.Pcmu, c))).ToArray();
        G711.Translate(AudioCodec.Pcmu, AudioCodec.Pcma, codes, codes);
        Assert.Equal(expected, codes);
    }
}
