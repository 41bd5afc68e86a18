using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting; // where Orleans has them

/// <summary>Lets a host call the grains of a silo in another host of the same process.</summary>
public static class OrleansClientGenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleansClient(static _ => { });

    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddClient(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    public static HostApplicationBuilder UseOrleansClient(this HostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ((IHostApplicationBuilder)hostAppBuilder).UseOrleansClient(configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) => hostBuilder.UseOrleansClient((_, client) => configureDelegate(client));

    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<HostBuilderContext, IClientBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddClient(services, context.Configuration)));
    }

    static ClientBuilder AddClient(IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(d => d.ServiceType == typeof(Silo))) throw new OrleansConfigurationException("UseOrleans brings a client with it; leave UseOrleansClient out of the silo's host.");
        if (services.All(d => d.ServiceType != typeof(Membership)))
        {
            services.AddOptions();
            services.AddLogging();
            services.AddMembership(asSilo: false);
            services.AddHostedService<ClientHost>();
        }
        return new(services, configuration);
    }

    /// <summary>Refuses to start where there is no silo: embedded grains have no network to be reached over.</summary>
    sealed class ClientHost(Cluster cluster, IOptions<ClientMessagingOptions> messaging, IEnumerable<IOutgoingGrainCallFilter> outgoing) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (cluster.Silo is null) throw new OrleansConfigurationException($"No silo of cluster '{cluster.Name}' runs in this process. The embedded runtime needs all roles in one process; build with -p:GrainRuntime=Orleans for more.");
            cluster.Client = new(CallsInFlight.Ticks(messaging.Value.ResponseTimeout), new(outgoing));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
