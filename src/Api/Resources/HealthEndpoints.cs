using CallCenter.Api.Metrics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CallCenter.Api.Resources;

/// <summary>For load balancers and watchers: does the process live, may it get work, what has it measured.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write });
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = Write });
        app.MapGet("/metrics", (MetricsCollector metrics) => TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
    }

    private static Task Write(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(new Health(report.Status, report.Entries.ToDictionary(e => e.Key, e => e.Value.Status)), http.RequestAborted);

    private sealed record Health(HealthStatus Status, Dictionary<string, HealthStatus> Checks);
}
