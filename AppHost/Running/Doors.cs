using System.Net;
using System.Security.Cryptography.X509Certificates;
using CallCenter.AppHost.Settings;
using CallCenter.Domain.Prompts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CallCenter.AppHost.Running;

/// <summary>The ports at which HTTP is heard.</summary>
internal static class Doors
{
    /// <summary>Bodies are settings and flows; the largest flow has a million characters, of up to three octets each. The sound of a prompt may be larger: its endpoint says so.</summary>
    private const int MostBody = 4 * 1024 * 1024;

    /// <summary>The gateway passes on the largest body that any endpoint takes.</summary>
    private const int MostPassedOn = PromptSettings.LargestFile + 1024 * 1024;

    /// <summary>The api is reached by the gateway only.</summary>
    public static void ListenOnLoopback(this WebApplicationBuilder builder, int port) => builder.WebHost.UseKestrel(kestrel =>
    {
        Limit(kestrel, MostBody);
        kestrel.Listen(IPAddress.Loopback, port);
    });

    public static void ListenForClients(this WebApplicationBuilder builder, HttpSettings http, IPAddress? address, bool onlyLoopback) => builder.WebHost.UseKestrel(kestrel =>
    {
        Limit(kestrel, MostPassedOn);
        Listen(kestrel, http.Port, address, onlyLoopback, _ => { });
        if (http is { TlsPort: { } port, Certificate: { } file }) Listen(kestrel, port, address, onlyLoopback, door => door.UseHttps(Certificate(file, http.CertificatePassword)));
    });

    private static void Limit(KestrelServerOptions kestrel, int mostBody)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = mostBody;
    }

    private static void Listen(KestrelServerOptions kestrel, int port, IPAddress? address, bool onlyLoopback, Action<ListenOptions> door)
    {
        if (address is not null) kestrel.Listen(address, port, door);
        else if (!onlyLoopback) kestrel.ListenAnyIP(port, door);
        else if (port == 0) kestrel.Listen(IPAddress.Loopback, port, door); // "localhost" is two addresses, which cannot share a port that is not known yet
        else kestrel.ListenLocalhost(port, door);
    }

    /// <summary>A PEM file with certificate and key, or a PKCS#12 file.</summary>
    private static X509Certificate2 Certificate(string file, string? password) =>
        file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase) ? X509Certificate2.CreateFromPemFile(file) : X509CertificateLoader.LoadPkcs12FromFile(file, password);
}
