using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>An address with too many failed sign-ins waits before it may try again.</summary>
internal sealed class FailedSignIns(RequestDelegate next, FailureLimit limit)
{
    private static readonly PathString SignIn = "/api/v1/session";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments(SignIn))
        {
            await next(http);
            return;
        }
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limit.Wait(address) is { } wait)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await http.Response.WriteAsJsonAsync(new { title = "Too Many Requests", status = 429, code = "tooManyFailures", detail = "Too many failed sign-ins from this address" }, options: null, "application/problem+json", http.RequestAborted);
            return;
        }
        await next(http);
        if (http.Response.StatusCode == StatusCodes.Status401Unauthorized) limit.Failed(address);
    }
}
