using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CallCenter.Gateway;

/// <summary>The api shuts the door in the middle of a body that is too large; whoever sent it hears that (413), and not that the platform is broken (502).</summary>
internal sealed class CutBodies(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status502BadGateway && http.GetForwarderErrorFeature()?.Error == ForwarderError.RequestBodyDestination)
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
