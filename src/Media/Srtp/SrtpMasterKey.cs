using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CallCenter.Media.Srtp;

/// <summary>A master key with its salt, of one direction. Its text never shows it.</summary>
public sealed class SrtpMasterKey : IEquatable<SrtpMasterKey>
{
    readonly byte[] bytes;
    readonly int keySize;

    SrtpMasterKey(SrtpSuite suite, byte[] bytes) => (this.bytes, keySize) = (bytes, suite.KeySize);

    internal ReadOnlySpan<byte> Key => bytes.AsSpan(0, keySize);

    internal ReadOnlySpan<byte> Salt => bytes.AsSpan(keySize);

    /// <summary>A new one, of the system's random numbers.</summary>
    public static SrtpMasterKey Create(SrtpSuite suite) => new(suite, RandomNumberGenerator.GetBytes(suite.MasterSize));

    /// <summary>Key, then salt. False: not of the suite's size.</summary>
    public static bool TryOf(SrtpSuite suite, ReadOnlySpan<byte> keyAndSalt, [NotNullWhen(true)] out SrtpMasterKey? key)
    {
        key = keyAndSalt.Length == suite.MasterSize ? new(suite, keyAndSalt.ToArray()) : null;
        return key is not null;
    }

    /// <summary>As <c>a=crypto</c> writes it (RFC 4568 §6.1); some leave out the padding at its end.</summary>
    public static bool TryRead(SrtpSuite suite, ReadOnlySpan<char> base64, [NotNullWhen(true)] out SrtpMasterKey? key)
    {
        key = null;
        Span<char> padded = stackalloc char[80];
        Span<byte> read = stackalloc byte[60];
        var text = base64.TrimEnd('=');
        var whole = (text.Length + 3) & ~3;
        if (whole > padded.Length || whole - base64.Length < 0) return false;
        text.CopyTo(padded);
        padded[text.Length..whole].Fill('=');
        return Convert.TryFromBase64Chars(padded[..whole], read, out var length) && TryOf(suite, read[..length], out key);
    }

    /// <summary>For a session description, and nothing else.</summary>
    public string ToBase64() => Convert.ToBase64String(bytes);

    public bool Equals(SrtpMasterKey? other) => other is not null && keySize == other.keySize && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    public override bool Equals(object? obj) => Equals(obj as SrtpMasterKey);

    public override int GetHashCode() => keySize; // of the secret itself nothing is told

    public override string ToString() => "***";
}
