using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace CallCenter.Gateway.Tls;

/// <summary>
/// Sends who comes without TLS to the same place with it (RFC 9110 §15.4.9). Only on hosts that are somebody's, and to the name that was looked up, so that no
/// header leads anybody elsewhere; probes of health and measurement are answered as they come.
/// </summary>
internal sealed class HttpsFirst(RequestDelegate next, GatewayOptions options, HostDirectory hosts)
{
    private const int UsualPort = 443;
    private static readonly PathString[] Probes = ["/healthz", "/metrics"];

    public async Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (options.HttpsPort is not { } port || request.IsHttps || Array.Exists(Probes, path => request.Path.StartsWithSegments(path)) || await hosts.Of(request.Host, http.RequestAborted) is null)
        {
            await next(http);
            return;
        }
        var name = request.Host.Host.ToLowerInvariant();
        var host = port == UsualPort ? new HostString(name) : new HostString(name, port);
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = UriHelper.BuildAbsolute("https", host, default, request.Path, request.QueryString);
        http.Response.Headers.CacheControl = "no-store"; // who turns it off again has turned it off
    }
}
