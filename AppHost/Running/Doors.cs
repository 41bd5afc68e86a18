using System.Net;
using CallCenter.AppHost.Settings;
using CallCenter.Domain.Prompts;
using CallCenter.Gateway.Tls;
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

    /// <summary>A browser sends its headers at once; who takes longer holds a connection open for its own sake (Kestrel's own: 30 s).</summary>
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);

    /// <summary>Octets a second that a body comes with at least, after a while for slow starts: a modem does better (Kestrel's own: the same).</summary>
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

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
        if (http is { TlsPort: { } port, Certificate: { } file }) Listen(kestrel, port, address, onlyLoopback, door => door.UseTenantCertificates(file, http.CertificatePassword));
    });

    private static void Limit(KestrelServerOptions kestrel, int mostBody)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = mostBody;
        kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
        kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
    }

    private static void Listen(KestrelServerOptions kestrel, int port, IPAddress? address, bool onlyLoopback, Action<ListenOptions> door)
    {
        if (address is not null) kestrel.Listen(address, port, door);
        else if (!onlyLoopback) kestrel.ListenAnyIP(port, door);
        else if (port == 0) kestrel.Listen(IPAddress.Loopback, port, door); // "localhost" is two addresses, which cannot share a port that is not known yet
        else kestrel.ListenLocalhost(port, door);
    }
}
