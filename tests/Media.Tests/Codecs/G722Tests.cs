using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Codecs;

/// <summary>Bit for bit what another implementation (spandsp 0.0.6, lower sub-band) makes of the same input: noise at eight levels, then any codes.</summary>
public sealed class G722Tests
{
    uint noise = 1;

    uint Next()
    {
        noise = unchecked(noise * 1_103_515_245 + 12_345);
        return noise >> 16;
    }

    short[] Levels() => [.. Enumerable.Range(0, 8000).Select(n => (short)((short)Next() >> n / 400 % 8))];

    [Fact]
    public void Noise_of_all_levels_is_encoded_as_others_do()
    {
        var codes = new byte[8000];
        using var encoder = new G722Encoder();
        Assert.Equal(8000, encoder.Encode(Levels(), codes));
        Assert.Equal("98217E52ACCB6E721C9556865B00655348AE714F1100A75007D813D96B6E25B1", Convert.ToHexString(SHA256.HashData(codes)));
    }

    [Fact]
    public void Any_codes_are_decoded_as_others_do()
    {
        Levels();
        byte[] codes = [.. Enumerable.Range(0, 8000).Select(_ => (byte)Next())];
        var samples = new short[8000];
        using var decoder = new G722Decoder();
        Assert.Equal(8000, decoder.Decode(codes, samples));
        Assert.Equal("36829A8CF058E23F9971733532742F47B407D2235F3F1993455F839044567D40", Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<short>(samples))));
    }
}
