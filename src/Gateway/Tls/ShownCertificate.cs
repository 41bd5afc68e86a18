using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Gateway.Tls;

/// <summary>A certificate as handshakes take it: the host's own, the issuers' that go with it, and the key.</summary>
internal static class ShownCertificate
{
    /// <summary>Null: chain and key are no pair that can be shown.</summary>
    public static SslStreamCertificateContext? FromPem(string chain, string key)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(chain);
            return Of(X509Certificate2.CreateFromPem(chain, key), certificates);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>From a PEM file with certificates and key, or a PKCS#12 file.</summary>
    public static SslStreamCertificateContext FromFile(string file, string? password)
    {
        var certificates = new X509Certificate2Collection();
        if (!file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)) return Of(X509CertificateLoader.LoadPkcs12FromFile(file, password), certificates);
        certificates.ImportFromPemFile(file);
        return Of(X509Certificate2.CreateFromPemFile(file), certificates);
    }

    private static SslStreamCertificateContext Of(X509Certificate2 own, X509Certificate2Collection all)
    {
        var issuers = new X509Certificate2Collection(all.Where(one => one.Thumbprint != own.Thumbprint).ToArray());
        return SslStreamCertificateContext.Create(own, issuers, offline: true); // nothing is fetched while a browser waits
    }
}
