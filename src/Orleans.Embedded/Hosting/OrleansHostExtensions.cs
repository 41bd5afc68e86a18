using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Microsoft.Extensions.Hosting; // where Orleans has them

/// <summary>Puts a silo into a host.</summary>
public static class OrleansSiloGenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(static _ => { });

    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddSilo(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ((IHostApplicationBuilder)hostAppBuilder).UseOrleans(configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) => hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddSilo(services, context.Configuration)));
    }

    static SiloBuilder AddSilo(IServiceCollection services, IConfiguration configuration)
    {
        var builder = new SiloBuilder(services, configuration);
        if (services.Any(d => d.ServiceType == typeof(Silo))) return builder;
        if (services.Any(d => d.ServiceType == typeof(Membership))) throw new OrleansConfigurationException("UseOrleans brings a client with it; leave UseOrleansClient out of the silo's host.");
        services.AddOptions();
        services.AddLogging();
        services.AddMembership(asSilo: true);
        services.AddSingleton(_ => new ScopeNeeds(services)); // when all is registered
        services.AddSingleton<Silo>();
        services.AddSingleton<LocalReminders>();
        services.AddSingleton<IReminderRegistry>(s => s.GetRequiredService<LocalReminders>());
        services.AddSingleton<SiloHost>();
        services.AddHostedService(s => s.GetRequiredService<SiloHost>());
        services.TryAddSingleton<ICrashActivations, CrashOfSilo>();
        return builder;
    }

    internal static void AddMembership(this IServiceCollection services, bool asSilo)
    {
        services.AddSingleton(s => new Membership(s.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId, asSilo));
        services.AddSingleton(s => s.GetRequiredService<Membership>().Cluster);
        services.AddSingleton<IClusterClient, ClusterClient>();
        services.AddSingleton<IGrainFactory>(s => s.GetRequiredService<IClusterClient>());
        services.TryAddSingleton<IGrainContextAccessor, CurrentGrain>();
    }

    sealed class CurrentGrain : IGrainContextAccessor
    {
        public IGrainContext? GrainContext => Activation.Current;
    }
}
