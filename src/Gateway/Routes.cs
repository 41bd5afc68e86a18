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
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(60) },
        },
    ];

    /// <summary>The api sees the host by which the client came; whence it came we say ourselves, whatever it claims.</summary>
    public static void Transform(TransformBuilderContext context)
    {
        context.AddOriginalHost();
        context.AddXForwarded(ForwardedTransformActions.Set);
    }
}
