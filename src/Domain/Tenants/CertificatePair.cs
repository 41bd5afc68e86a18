using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Domain.Tenants;

/// <summary>A certificate chain with its key as somebody sends them, judged before they are kept.</summary>
public static class CertificatePair
{
    private const int LongestChain = 64 * 1024, LongestKey = 16 * 1024, MostCertificates = 10, LeastRsaBits = 2048;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Reads and judges a pair. A refusal has a code for programs in <c>Code</c>, the field in the fault.</summary>
    /// <param name="made">Without owner's seal: the key is left empty.</param>
    public static CertificateFault? Check(TenantId owner, string host, string? chain, string? key, DateTimeOffset now, out HostCertificate? made)
    {
        made = null;
        if (chain is not { Length: > 0 and <= LongestChain } || !TryReadChain(chain, out var certificates)) return new("certificateUnreadable", "chain", "is no chain of certificates in PEM");
        try
        {
            var leaf = certificates[0];
            if (FaultOf(certificates, host, now) is { } fault) return fault;
            if (KeyFault(leaf, key) is { } wrong) return wrong;
            made = new(owner, host, chain, default, Names(leaf), leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: true), leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime(), leaf.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
            return null;
        }
        finally
        {
            foreach (var certificate in certificates) certificate.Dispose();
        }
    }

    private static bool TryReadChain(string pem, out X509Certificate2Collection certificates)
    {
        certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
            return certificates.Count is > 0 and <= MostCertificates;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static CertificateFault? FaultOf(X509Certificate2Collection certificates, string host, DateTimeOffset now)
    {
        var leaf = certificates[0];
        if (leaf.NotAfter.ToUniversalTime() <= now.UtcDateTime) return new("certificateExpired", "chain", string.Create(CultureInfo.InvariantCulture, $"has expired on {leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}"));
        if (leaf.NotBefore.ToUniversalTime() > now.UtcDateTime) return new("certificateNotYetValid", "chain", string.Create(CultureInfo.InvariantCulture, $"is valid from {leaf.NotBefore.ToUniversalTime():yyyy-MM-dd} on only"));
        if (!leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false)) return new("certificateWrongName", "chain", $"is not made out for {host}, but for {(Names(leaf) is { IsEmpty: false } names ? string.Join(", ", names) : "no host at all")}");
        if (leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses && !uses.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value == ServerAuthentication)) return new("certificateWrongUse", "chain", "is not made out for servers");
        for (var i = 0; i + 1 < certificates.Count; i++)
            if (!certificates[i].IssuerName.RawData.AsSpan().SequenceEqual(certificates[i + 1].SubjectName.RawData)) return new("certificateChainBroken", "chain", $"is out of order: certificate {i + 2} has not issued certificate {i + 1}");
        return null;
    }

    private static CertificateFault? KeyFault(X509Certificate2 leaf, string? key)
    {
        if (key is not { Length: > 0 and <= LongestKey }) return new("keyUnreadable", "key", "is no private key in PEM");
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal)) return new("keyEncrypted", "key", "is locked by a pass phrase; send it without one");
        try
        {
            using var pair = X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), key);
            using var rsa = pair.GetRSAPublicKey();
            return rsa is { KeySize: < LeastRsaBits } ? new("keyWeak", "key", $"has {rsa.KeySize} bits; {LeastRsaBits} are the least") : null;
        }
        catch (ArgumentException) // the key is a key, and another's
        {
            return new("keyMismatch", "key", "does not belong to the certificate");
        }
        catch (CryptographicException)
        {
            return IsKey(key) ? new("keyMismatch", "key", "does not belong to the certificate") : new("keyUnreadable", "key", "is no private key in PEM");
        }
    }

    private static bool IsKey(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            return IsCurveKey(pem);
        }
    }

    private static bool IsCurveKey(string pem)
    {
        try
        {
            using var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return true;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static Items<string> Names(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).Take(100).ToItems();
}

/// <param name="Code">For programs, such as <c>certificateExpired</c>.</param>
public sealed record CertificateFault(string Code, string Field, string Text);
