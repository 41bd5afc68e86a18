using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CallCenter.AppHost.Running;

/// <summary>Sends meters and traces by OTLP where the standard setting says so; without it nothing is loaded.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private readonly IDisposable[] providers;

    private Telemetry(params IDisposable[] providers) => this.providers = providers;

    public static Telemetry Start(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[Endpoint]) ? new() : new(
            Sdk.CreateMeterProviderBuilder().AddMeter("CallCenter.*", "System.Runtime", "Microsoft.AspNetCore.Hosting").AddOtlpExporter().Build(),
            Sdk.CreateTracerProviderBuilder().AddSource("CallCenter.*", "Microsoft.AspNetCore").AddOtlpExporter().Build());

    public void Dispose()
    {
        foreach (var provider in providers) provider.Dispose();
    }
}
