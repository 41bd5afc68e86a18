using System.Security.Cryptography;

namespace CallCenter.Media.Srtp;

/// <summary>HMAC-SHA1 (RFC 2104) under one key. What SHA-1 makes of the two padded keys is kept, which saves half of its work on a packet.</summary>
sealed unsafe class HmacSha1 : IDisposable
{
    const int Block = 64, Digest = 20;
    const byte InnerPad = 0x36, OuterPad = 0x5C;

    LibCrypto.Sha1State inner, outer;

    /// <param name="key">Up to 64 bytes.</param>
    public HmacSha1(ReadOnlySpan<byte> key) => (inner, outer) = (Begin(key, InnerPad), Begin(key, OuterPad));

    /// <summary>The first bytes of the HMAC of <paramref name="data"/> and then <paramref name="trailer"/>; as many as <paramref name="tag"/> has, 20 at most.</summary>
    public void Compute(ReadOnlySpan<byte> data, ReadOnlySpan<byte> trailer, Span<byte> tag)
    {
        var digest = stackalloc byte[Digest];
        var state = inner;
        fixed (byte* bytes = data) LibCrypto.Sha1Update(&state, bytes, (nuint)data.Length);
        fixed (byte* bytes = trailer) LibCrypto.Sha1Update(&state, bytes, (nuint)trailer.Length);
        LibCrypto.Sha1Final(digest, &state);
        state = outer;
        LibCrypto.Sha1Update(&state, digest, Digest);
        LibCrypto.Sha1Final(digest, &state);
        new Span<byte>(digest, tag.Length).CopyTo(tag);
    }

    public bool Matches(ReadOnlySpan<byte> data, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag)
    {
        Span<byte> ours = stackalloc byte[Digest];
        ours = ours[..tag.Length];
        Compute(data, trailer, ours);
        return CryptographicOperations.FixedTimeEquals(ours, tag);
    }

    public void Dispose() => (inner, outer) = (default, default);

    static LibCrypto.Sha1State Begin(ReadOnlySpan<byte> key, byte pad)
    {
        var block = stackalloc byte[Block];
        for (var i = 0; i < Block; i++) block[i] = (byte)(i < key.Length ? key[i] ^ pad : pad);
        LibCrypto.Sha1State state;
        LibCrypto.Sha1Init(&state);
        LibCrypto.Sha1Update(&state, block, Block);
        CryptographicOperations.ZeroMemory(new(block, Block));
        return state;
    }
}
