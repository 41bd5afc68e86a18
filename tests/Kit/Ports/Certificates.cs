using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Kit.Ports;

/// <summary>Certificates that tests make for themselves, in PEM.</summary>
public static class Certificates
{
    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Made out for some hosts, and signed by itself.</summary>
    public static (string Chain, string Key) For(params string[] hosts) => For(hosts, Now.AddDays(-1), Now.AddDays(90));

    public static (string Chain, string Key) For(string[] hosts, DateTimeOffset from, DateTimeOffset until, string use = "1.3.6.1.5.5.7.3.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(hosts, new CertificateRequest("CN=" + hosts[0], key, HashAlgorithmName.SHA256), use);
        using var made = request.CreateSelfSigned(from, until);
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The same with an RSA key of so many bits.</summary>
    public static (string Chain, string Key) OfRsa(int bits, params string[] hosts)
    {
        using var key = RSA.Create(bits);
        var request = Request(hosts, new CertificateRequest("CN=" + hosts[0], key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "1.3.6.1.5.5.7.3.1");
        using var made = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(90));
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    static CertificateRequest Request(string[] hosts, CertificateRequest request, string use)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts) names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        return request;
    }
}
