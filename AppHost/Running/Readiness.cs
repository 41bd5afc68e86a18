using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Edges;
using CallCenter.Contracts.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CallCenter.AppHost.Running;

/// <summary>What <c>/healthz/ready</c> asks: edges listen, the storage answers and takes what is written, the silo runs, no drain began.</summary>
internal static class Readiness
{
    public static IServiceCollection AddReadiness(this IServiceCollection services, IServiceProvider core, Started started, Drain drain)
    {
        var checks = services.AddHealthChecks();
        checks.AddCheck("silo", () => started.Core ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("is starting"));
        checks.AddCheck("drain", () => drain.Began ? HealthCheckResult.Unhealthy("no new work, please") : HealthCheckResult.Healthy());
        checks.AddAsyncCheck("storage", async stop =>
        {
            await core.GetRequiredService<IConfigurationStore>().IsEmpty(stop); // throws if the database does not answer
            return HealthCheckResult.Healthy();
        });
        if (core.GetService<IJournal>() is { } journal) checks.AddCheck("journal", () => journal.CanWrite ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("nothing new can be stored"));
        if (core.GetService<IEdges>() is { } edges) checks.AddCheck("edges", () => edges.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("do not listen"));
        return services;
    }
}

/// <summary>How far the start has come.</summary>
internal sealed class Started
{
    /// <summary>Storage, silo and edge run.</summary>
    public bool Core { get; set; }
}
