using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace CallCenter.Gateway;

/// <summary>What goes where. These paths answer on every host; the api asks for a token itself.</summary>
internal static class Routes
{
    private const string Cluster = "api";

    /// <summary>Octets of a body that go along with its head without a question: they find room on the way even if nobody reads them.</summary>
    private const int SentAtOnce = 64 * 1024;

    /// <summary>Within which something has to happen on the way to the api and back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Open = ["/api", "/hubs", "/openapi", "/healthz", "/metrics"];

    /// <summary>Pages are shown on the hosts of tenants and the operator only.</summary>
    public static IReadOnlyList<RouteConfig> For(GatewayOptions options) =>
    [
        .. Open.Select(path => new RouteConfig { RouteId = path[1..], ClusterId = Cluster, Match = new() { Path = path + "/{**rest}" } }),
        .. options.Portal ? [new RouteConfig { RouteId = "portal", ClusterId = Cluster, Match = new() { Path = "/{**rest}", Methods = ["GET", "HEAD"] } }] : Array.Empty<RouteConfig>(),
    ];

    public static bool OnEveryHost(PathString path) => Open.Any(open => path.StartsWithSegments(open));

    public static IReadOnlyList<ClusterConfig> ClustersFor(Uri api) =>
    [
        new()
        {
            ClusterId = Cluster,
            Destinations = new Dictionary<string, DestinationConfig> { [Cluster] = new() { Address = api.ToString() } },
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Patience },
        },
    ];

    /// <summary>The api sees the host by which the client came; whence it came we say ourselves, whatever it claims.</summary>
    public static void Transform(TransformBuilderContext context)
    {
        context.AddOriginalHost();
        context.AddXForwarded(ForwardedTransformActions.Set);
        context.AddRequestTransform(AskFirst);
    }

    /// <summary>The api is always asked before a large body is sent (<see cref="AskFirst"/>), and always answers.</summary>
    public static void Wait(ForwarderHttpClientContext context, SocketsHttpHandler handler) => handler.Expect100ContinueTimeout = Patience;

    /// <summary>
    /// Whoever answers before the body is over, as with 401 or 413, and shuts the door, may lose that answer to what is still being sent. So a large body, or one
    /// whose length nobody told, is sent once the api wants it (RFC 9110 §10.1.1).
    /// </summary>
    private static ValueTask AskFirst(RequestTransformContext context)
    {
        if (context.ProxyRequest.Content is not null && context.HttpContext.Request.ContentLength is null or > SentAtOnce) context.ProxyRequest.Headers.ExpectContinue = true;
        return ValueTask.CompletedTask;
    }
}
