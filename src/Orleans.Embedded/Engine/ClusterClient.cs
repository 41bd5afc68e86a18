using System.Globalization;
using Orleans.Discovery;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Makes references into a cluster of this process.</summary>
sealed class ClusterClient(Cluster cluster, IServiceProvider services) : IClusterClient
{
    public IServiceProvider ServiceProvider => services;

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Reference<T>(primaryKey, grainClassNamePrefix);
    }

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithGuidKey => Reference<T>(Text(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithIntegerKey => Reference<T>(Text(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithGuidCompoundKey => Reference<T>($"{Text(primaryKey)}+{keyExtension}", grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null) where T : IGrainWithIntegerCompoundKey => Reference<T>($"{Text(primaryKey)}+{keyExtension}", grainClassNamePrefix);

    public T GetGrain<T>(GrainId grainId) where T : IAddressable => (T)(object)cluster.Reference(typeof(T), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Reference(grainInterfaceType, grainPrimaryKey, null);

    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference) throw new ArgumentException("The observer is a reference already.", nameof(obj));
        if (obj is IGrainBase) throw new ArgumentException("A grain is called by its own reference.", nameof(obj));
        if (obj is not T) throw new ArgumentException($"{obj.GetType()} is no {typeof(T)}.", nameof(obj));
        return (T)(object)cluster.Reference(typeof(T), cluster.Observers.Add(obj));
    }

    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver
    {
        if (obj is not GrainReference reference) throw new ArgumentException("What is deleted is the reference, not the object.", nameof(obj));
        cluster.Observers.Remove(reference.GrainId.Key.Value!);
    }

    T Reference<T>(string key, string? prefix) => (T)(object)Reference(typeof(T), key, prefix);

    GrainReference Reference(Type face, string key, string? prefix) => cluster.Reference(face, new(GrainCatalog.Instance.Implementing(face, prefix), new(key)));

    static string Text(Guid key) => key.ToString("N");

    static string Text(long key) => key.ToString("X", CultureInfo.InvariantCulture);
}
