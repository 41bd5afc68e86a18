using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Media.Dtls;

/// <summary>Our side of every DTLS handshake: a self-signed certificate that lives as long as its engine, and what we agree to.</summary>
public sealed class DtlsIdentity : IDisposable
{
    /// <summary>Forward secrecy always, and what RFC 8827 §6.5 makes everybody have.</summary>
    const string Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:!aNULL";

    /// <summary>Nobody looks at the dates of a certificate that is known by its hash; some read them, though.</summary>
    static readonly TimeSpan before = TimeSpan.FromDays(1), validity = TimeSpan.FromDays(365);

    DtlsIdentity(SslContextHandle context, DtlsFingerprint fingerprint) => (Context, Fingerprint) = (context, fingerprint);

    internal SslContextHandle Context { get; }

    public DtlsFingerprint Fingerprint { get; }

    /// <summary>Null where OpenSSL 3 is not installed.</summary>
    public static DtlsIdentity? TryCreate(TimeProvider time) => LibSsl.IsInstalled ? Create(time) : null;

    /// <exception cref="CryptographicException">OpenSSL lacks what is needed.</exception>
    static DtlsIdentity Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        using var certificate = new CertificateRequest("CN=media", key, HashAlgorithmName.SHA256).CreateSelfSigned(now - before, now + validity);
        var secret = key.ExportECPrivateKey();
        var context = new SslContextHandle();
        try
        {
            if (context.IsInvalid || !TrySetUp(context, certificate.RawData, secret)) throw new CryptographicException("OpenSSL cannot do DTLS 1.2 with SRTP");
            return new(context, DtlsFingerprint.Of(certificate.RawData));
        }
        catch
        {
            context.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    static unsafe bool TrySetUp(SslContextHandle context, byte[] certificate, byte[] secret)
    {
        LibSsl.ClearErrors();
        LibSsl.ContextSetOptions(context, LibSsl.NoQueryMtu | LibSsl.NoTicket | LibSsl.NoRenegotiation);
        LibSsl.ContextControl(context, LibSsl.SetSessionCache, LibSsl.CacheOff, 0);
        LibSsl.ContextControl(context, LibSsl.SetMode, LibSsl.ReleaseBuffers, 0);
        LibSsl.ContextControl(context, LibSsl.SetMostSent, DtlsSession.Mtu, 0); // else each session has a buffer of 16 kB for it
        LibSsl.ContextSetVerify(context, LibSsl.VerifyPeer | LibSsl.VerifyMustExist, 0);
        LibSsl.ContextSetVerifyCallback(context, &DtlsSession.Verify, 0);
        fixed (byte* der = certificate)
        fixed (byte* key = secret)
        {
            return LibSsl.ContextControl(context, LibSsl.SetLeastVersion, LibSsl.Dtls12, 0) == 1
                && LibSsl.ContextSetCiphers(context, Ciphers) == 1
                && LibSsl.ContextUseSrtp(context, DtlsProfile.Offered) == 0
                && LibSsl.ContextUseCertificate(context, certificate.Length, der) == 1
                && LibSsl.ContextUseKey(LibSsl.EllipticKey, context, key, secret.Length) == 1;
        }
    }

    public void Dispose() => Context.Dispose();
}
