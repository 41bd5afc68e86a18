using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;

namespace Orleans.Runtime.Hosting;

/// <summary>Registers storage providers by name.</summary>
public static class StorageProviderExtensions
{
    /// <param name="collection">The silo's services.</param>
    /// <param name="name">As in <see cref="PersistentStateAttribute"/>; "Default" serves states that name none.</param>
    /// <param name="implementationFactory">Makes the provider, once.</param>
    public static IServiceCollection AddGrainStorage<T>(this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory) where T : IGrainStorage
    {
        collection.AddKeyedSingleton<IGrainStorage>(name, (services, key) => implementationFactory(services, (string)key!));
        if (name == Engine.StateStorage.Default) collection.TryAddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(name));
        return collection;
    }
}
