using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>Every request has an id, which the api logs and the client sees: the trace's, so that traces and complaints meet.</summary>
internal sealed class RequestIds(RequestDelegate next)
{
    private const string Header = "X-Request-ID";

    public Task InvokeAsync(HttpContext http)
    {
        var id = Activity.Current is { } trace ? trace.TraceId.ToHexString() : Guid.CreateVersion7().ToString("n");
        http.Request.Headers[Header] = id;
        http.Response.OnStarting(static state =>
        {
            var (response, id) = ((HttpResponse, string))state;
            response.Headers[Header] = id;
            return Task.CompletedTask;
        }, (http.Response, id));
        return next(http);
    }
}
