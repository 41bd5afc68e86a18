using CallCenter.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CallCenter.AppHost.Running;

internal static class GrainStoreNames
{
    /// <summary>The grains name their stores by what is in them; one database keeps them all.</summary>
    public static IServiceCollection AddGrainStores(this IServiceCollection services)
    {
        foreach (var name in GrainStores.All) services.AddKeyedSingleton(name, (provider, _) => provider.GetRequiredService<IGrainStorage>());
        return services;
    }
}
