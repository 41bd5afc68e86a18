using System.IO.Hashing;
using System.Text;

namespace CallCenter.Gateway.Tests.Hashing;

/// <summary>Published values: the reference implementation's own sanity check (xxhash, <c>xsum_sanity_check</c>) and well-known strings.</summary>
public sealed class XxHash64Tests
{
    private const long Prime32 = 2654435761;

    [Theory]
    [InlineData("", 0, 0xEF46DB3751D8E999)]
    [InlineData("a", 0, 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0, 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0, 0xFBCEA83C8A378BF1)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0, 0x0B242D361FDA71BC)]
    public void Known_texts_have_their_published_hashes(string text, long seed, ulong hash) =>
        Assert.Equal(hash, XxHash64.HashToUInt64(Encoding.ASCII.GetBytes(text), seed));

    [Theory]
    [InlineData(0, 0, 0xEF46DB3751D8E999)]
    [InlineData(0, Prime32, 0xAC75FDA2929B17EF)]
    [InlineData(1, 0, 0xE934A84ADB052768)]
    [InlineData(1, Prime32, 0x5014607643A9B4C3)]
    [InlineData(4, 0, 0x9136A0DCA57457EE)]
    [InlineData(14, 0, 0x8282DCC4994E35C8)]
    [InlineData(14, Prime32, 0xC3BD6BF63DEB6DF0)]
    [InlineData(222, 0, 0xB641AE8CB691C174)]
    [InlineData(222, Prime32, 0x20CB8AB7AE10C14A)]
    public void The_reference_implementations_test_buffer_has_its_published_hashes(int length, long seed, ulong hash) =>
        Assert.Equal(hash, XxHash64.HashToUInt64(TestBuffer(length), seed));

    [Fact]
    public void Any_way_of_cutting_the_input_gives_the_same_hash()
    {
        var input = TestBuffer(222);
        var whole = XxHash64.Hash(input);
        for (var cut = 0; cut <= input.Length; cut++)
        {
            var hash = new XxHash64();
            hash.Append(input.AsSpan(0, cut));
            hash.Append(input.AsSpan(cut));
            Assert.Equal(whole, hash.GetHashAndReset());
        }
    }

    [Fact]
    public async Task A_stream_hashes_as_its_bytes_do()
    {
        var input = TestBuffer(10_000);
        var hash = new XxHash64(7);
        hash.Append(new MemoryStream(input));
        Assert.Equal(XxHash64.Hash(input, 7), hash.GetHashAndReset());
        await hash.AppendAsync(new MemoryStream(input), TestContext.Current.CancellationToken);
        Assert.Equal(XxHash64.Hash(input, 7), hash.GetCurrentHash());
    }

    [Fact]
    public void The_hash_is_written_in_big_endian_order() =>
        Assert.Equal(Convert.FromHexString("EF46DB3751D8E999"), XxHash64.Hash([]));

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        Assert.False(XxHash64.TryHash([1], new byte[7], out var written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>(() => new XxHash64().GetCurrentHash(new byte[7]));
    }

    /// <summary>The generator of xsum_sanity_check.</summary>
    private static byte[] TestBuffer(int length)
    {
        var buffer = new byte[length];
        ulong generator = 2654435761;
        for (var i = 0; i < length; i++)
        {
            buffer[i] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }
        return buffer;
    }
}
