using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway.Limits;

/// <summary>One address, and one firm's host, have no more than their share of the platform. Probes are never refused.</summary>
internal sealed class RequestLimits(RequestDelegate next, GatewayOptions options, HostDirectory hosts, TimeProvider time)
{
    private static readonly PathString Health = "/healthz";
    private readonly RequestRate addresses = new(options.RequestsPerAddress, time), tenants = new(options.RequestsPerTenant, time);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Health) && await Wait(http) is { } wait)
        {
            await Refuse(http, wait);
            return;
        }
        await next(http);
    }

    private async Task<TimeSpan?> Wait(HttpContext http)
    {
        if (addresses.Take(http.Connection.RemoteIpAddress?.ToString() ?? "") is { } wait) return wait;
        return options.RequestsPerTenant > 0 && (await hosts.Of(http.Request.Host, http.RequestAborted))?.Tenant is { } tenant ? tenants.Take(tenant.Id) : null;
    }

    private static Task Refuse(HttpContext http, TimeSpan wait)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(new { title = "Too Many Requests", status = 429, code = "tooManyRequests", detail = "Too many requests; come again a little later" }, options: null, "application/problem+json", http.RequestAborted);
    }
}
