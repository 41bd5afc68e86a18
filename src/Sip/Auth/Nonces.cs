using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenter.Sip.Auth;

public enum NonceState : byte
{
    /// <summary>Not made with our key.</summary>
    Forged,
    /// <summary>Ours, but too old, or so old that its counts are forgotten.</summary>
    Stale,
    Fresh,
}

/// <summary>Nonces that need no memory: time and a serial number under an HMAC, so that a challenge costs nothing to hold and any edge with the key can check it.</summary>
/// <remarks>
/// <code>
/// 0        8         16               32
/// | ms UTC | random  | HMAC-SHA256/128 |   in hexadecimal, 64 digits
/// </code>
/// </remarks>
public sealed class Nonces(ReadOnlyMemory<byte> key, TimeSpan lifetime, TimeProvider time)
{
    const int Body = 16, Whole = 32, Hex = 2 * Whole;

    /// <summary>Five minutes: a phone that registers anew within it saves the round trip of a challenge.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public string Issue()
    {
        Span<byte> nonce = stackalloc byte[Whole];
        BinaryPrimitives.WriteInt64BigEndian(nonce, time.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce[8..Body]);
        Seal(nonce[..Body], nonce[Body..]);
        return Convert.ToHexStringLower(nonce);
    }

    /// <param name="id">Names the nonce in the memory of counts.</param>
    /// <param name="issuedAt">ms UTC.</param>
    internal NonceState Check(ReadOnlySpan<byte> text, out ulong id, out long issuedAt)
    {
        (id, issuedAt) = (0, 0);
        Span<byte> nonce = stackalloc byte[Whole];
        if (text.Length != Hex || Convert.FromHexString(text, nonce, out _, out var written) != System.Buffers.OperationStatus.Done || written != Whole) return NonceState.Forged;
        Span<byte> seal = stackalloc byte[Whole - Body];
        Seal(nonce[..Body], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, nonce[Body..])) return NonceState.Forged;
        issuedAt = BinaryPrimitives.ReadInt64BigEndian(nonce);
        id = BinaryPrimitives.ReadUInt64BigEndian(nonce[8..]);
        return time.GetUtcNow().ToUnixTimeMilliseconds() - issuedAt <= lifetime.TotalMilliseconds ? NonceState.Fresh : NonceState.Stale;
    }

    void Seal(ReadOnlySpan<byte> body, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Span, body, hash);
        hash[..seal.Length].CopyTo(seal);
    }
}
