using System.Security.Cryptography;

namespace CallCenter.Media.Dtls;

/// <summary>Hash of a certificate, as <c>a=fingerprint</c> tells it (RFC 8122 §5): who has the certificate is who signed the session description.</summary>
/// <param name="Hash">sha-256, sha-384 or sha-512; the weaker ones prove nothing any more.</param>
/// <param name="Hex">Upper case, without colons.</param>
public sealed record DtlsFingerprint(string Hash, string Hex)
{
    const string Sha256 = "sha-256", Sha384 = "sha-384", Sha512 = "sha-512";

    /// <summary>Bytes of the longest.</summary>
    public const int MaxSize = 64;

    public static DtlsFingerprint Of(ReadOnlySpan<byte> certificate) => new(Sha256, Convert.ToHexString(SHA256.HashData(certificate)));

    /// <summary>False: a hash that we do not believe in, or no value of it.</summary>
    public static bool TryRead(string value, out DtlsFingerprint fingerprint)
    {
        fingerprint = null!;
        if (value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var text]) return false;
        var hash = name.ToLowerInvariant();
        var size = SizeOf(hash);
        if (size == 0 || text.Length != 3 * size - 1) return false;
        for (var i = 0; i < text.Length; i++)
            if (i % 3 == 2 ? text[i] != ':' : !char.IsAsciiHexDigit(text[i])) return false;
        fingerprint = new(hash, text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
        return true;
    }

    /// <summary>As an attribute's value.</summary>
    public override string ToString() => $"{Hash} {string.Join(':', Hex.Chunk(2).Select(two => new string(two)))}";

    /// <summary>Of several hashes only the strongest counts, of it any value (RFC 8122 §5.1).</summary>
    public static IReadOnlyList<DtlsFingerprint> Strongest(IEnumerable<DtlsFingerprint> all)
    {
        var known = all.ToList();
        return [.. known.Where(f => f.Hex.Length == known.Max(k => k.Hex.Length)).Distinct()];
    }

    /// <param name="certificate">An X509 of OpenSSL's.</param>
    internal unsafe bool Fits(nint certificate)
    {
        var digest = stackalloc byte[MaxSize];
        uint length;
        return LibSsl.CertificateDigest(certificate, Hash switch { Sha256 => LibSsl.Sha256(), Sha384 => LibSsl.Sha384(), _ => LibSsl.Sha512() }, digest, &length) == 1
            && Convert.ToHexString(new ReadOnlySpan<byte>(digest, (int)length)) == Hex;
    }

    static int SizeOf(string hash) => hash switch { Sha256 => 32, Sha384 => 48, Sha512 => 64, _ => 0 };
}
