using System.Security.Cryptography;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Auth;

/// <summary>Hash functions of digest authentication: RFC 2617's and RFC 8760's first. Session variants are not offered, so nobody may use them.</summary>
public enum DigestAlgorithm : byte { Md5, Sha256 }

public static class DigestAlgorithms
{
    /// <summary>Longest hash in hexadecimal digits.</summary>
    internal const int MostHex = 64;

    public static ReadOnlySpan<byte> Name(this DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? "SHA-256"u8 : "MD5"u8;

    /// <summary>An absent name means MD5 (RFC 7616 §3.3).</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out DigestAlgorithm algorithm)
    {
        algorithm = SipText.Same(name, "SHA-256"u8) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5;
        return algorithm == DigestAlgorithm.Sha256 || name.IsEmpty || SipText.Same(name, "MD5"u8);
    }

    /// <summary>H(user:realm:password), which is all a server needs to keep (RFC 7616 §3.4.2).</summary>
    public static byte[] Ha1(this DigestAlgorithm algorithm, string user, string realm, string password) =>
        algorithm.Hash(Encoding.UTF8.GetBytes($"{user}:{realm}:{password}"));

    // MD5 is what RFC 3261 demands of every phone; it guards nothing but the exchange here, and SHA-256 is offered before it.
#pragma warning disable CA5351
    internal static byte[] Hash(this DigestAlgorithm algorithm, ReadOnlySpan<byte> text) => algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(text) : MD5.HashData(text);
#pragma warning restore CA5351
}
