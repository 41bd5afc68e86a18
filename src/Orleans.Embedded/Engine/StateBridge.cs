using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Engine;

/// <summary>State to be read before a grain's activation.</summary>
interface IStateInit
{
    Task Read();
}

/// <summary>A grain's state between the grain and its storage.</summary>
sealed class StateBridge<T> : IPersistentState<T>, IStateInit
{
    readonly Activation grain;
    readonly IGrainStorage storage;
    readonly string name;
    readonly GrainState<T> kept = new(Blank());

    internal StateBridge(Activation grain, IGrainStorage storage, string name)
    {
        (this.grain, this.storage, this.name) = (grain, storage, name);
        grain.Add(this);
    }

    public T State
    {
        get => kept.State;
        set => kept.State = value;
    }

    public string? Etag => kept.ETag;

    public bool RecordExists => kept.RecordExists;

    public Task Read() => ReadStateAsync();

    public async Task ReadStateAsync()
    {
        await storage.ReadStateAsync(name, grain.GrainId, kept);
        if (!kept.RecordExists && kept.State is null) kept.State = Blank();
    }

    public Task WriteStateAsync() => storage.WriteStateAsync(name, grain.GrainId, kept);

    public async Task ClearStateAsync()
    {
        await storage.ClearStateAsync(name, grain.GrainId, kept);
        kept.State = Blank();
    }

    public Task ReadStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ReadStateAsync();
    }

    public Task WriteStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteStateAsync();
    }

    public Task ClearStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ClearStateAsync();
    }

    /// <summary>The state of a grain never written.</summary>
    static T Blank()
    {
        var type = typeof(T);
        if (type.IsValueType) return default!;
        if (type.GetConstructor(Type.EmptyTypes) is not null) return Activator.CreateInstance<T>();
        return type.IsAbstract || type.IsArray || type == typeof(string) ? default! : (T)RuntimeHelpers.GetUninitializedObject(type);
    }
}

/// <summary>Finds storage providers by name.</summary>
static class StateStorage
{
    internal const string Default = "Default";

    internal static IGrainStorage Find(IServiceProvider services, string? name, GrainId grain) =>
        (name is null or Default
            ? services.GetKeyedService<IGrainStorage>(Default) ?? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(name))
        ?? throw new OrleansConfigurationException($"{grain} wants the grain storage '{name ?? Default}', and no such is configured.");
}
