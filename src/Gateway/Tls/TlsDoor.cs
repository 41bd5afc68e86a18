using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Gateway.Tls;

/// <summary>The port at which browsers speak TLS.</summary>
public static class TlsDoor
{
    /// <summary>Shows each host its own certificate, and the platform's where a host has none or is nobody's. TLS 1.2 and 1.3 only (RFC 8996).</summary>
    /// <param name="file">The platform's: a PEM file with certificates and key, or a PKCS#12 file.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds none.</exception>
    public static ListenOptions UseTenantCertificates(this ListenOptions door, string file, string? password)
    {
        var services = door.ApplicationServices;
        var fallback = new DefaultCertificate(file, password, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>().CreateLogger<DefaultCertificate>());
        var certificates = ActivatorUtilities.CreateInstance<HostCertificates>(services, fallback);
        door.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = async hello => new SslServerAuthenticationOptions
            {
                ServerCertificateContext = await certificates.For(hello.ClientHelloInfo.ServerName, hello.CancellationToken),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
        });
        return door;
    }
}
