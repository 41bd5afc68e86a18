using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Media;
using CallCenter.Gateway.Limits;
using CallCenter.Gateway.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Forwarder;

namespace CallCenter.Gateway;

/// <summary>The gateway role: the one door for browsers and programs. It knows hosts, not rights.</summary>
/// <remarks>Needs of its host: <see cref="IConfigurationStore"/>, which knows the tenants' hosts, and <see cref="ITenantCipher"/> where TLS is spoken.</remarks>
public static class GatewaySetup
{
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HostDirectory>();
        services.AddSingleton<FailureLimit>();
        services.AddReverseProxy().LoadFromMemory(Routes.For(options), Routes.ClustersFor(options.Api)).AddTransforms(Routes.Transform).ConfigureHttpClient(Routes.Wait);
        return services;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLimits>();
        app.UseMiddleware<HttpsFirst>();
        app.UseMiddleware<FailedSignIns>();
        app.UseMiddleware<HostGate>();
        app.UseMiddleware<CutBodies>();
        app.MapReverseProxy();
        if (!app.Services.GetRequiredService<GatewayOptions>().Portal) app.MapGet("/", Pages.Front);
        return app;
    }
}
