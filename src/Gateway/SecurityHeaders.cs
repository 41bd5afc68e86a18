using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>Headers that keep browsers from guessing types, framing our pages or telling our addresses to others (OWASP Secure Headers).</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (MayBeFramed(headers.ContentSecurityPolicy.ToString())) headers.Remove("X-Frame-Options");
            else headers.XFrameOptions = "DENY"; // for browsers that know no better
            headers["Referrer-Policy"] = "no-referrer";
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        }, http);
        return next(http);
    }

    /// <summary>The page itself names who may frame it, which the older header cannot say.</summary>
    private static bool MayBeFramed(string policy) =>
        policy.Contains("frame-ancestors ", StringComparison.Ordinal) && !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal);
}
