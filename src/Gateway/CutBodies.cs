using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CallCenter.Gateway;

/// <summary>
/// A body whose length nobody told is taken until it is too large; then the api shuts the door. Whoever sent it hears that (413), and not that the platform is
/// broken (502). Of any other body the api says itself, before it comes, that it is too large.
/// </summary>
internal sealed class CutBodies(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status502BadGateway } && http.Request.ContentLength is null && WasShut(http.GetForwarderErrorFeature()))
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    /// <summary>Noticed in sending, or where all was on its way already, in reading the answer.</summary>
    private static bool WasShut(IForwarderErrorFeature? failed) =>
        failed is { Error: ForwarderError.RequestBodyDestination or ForwarderError.Request or ForwarderError.ResponseBodyDestination, Exception: { } fault } && IsShut(fault);

    private static bool IsShut(Exception fault) => fault switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => true,
        AggregateException several => several.InnerExceptions.Any(IsShut),
        { InnerException: { } inner } => IsShut(inner),
        _ => false,
    };
}
