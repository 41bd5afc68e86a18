using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State of a grain, read before its activation.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Marks the constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
/// <param name="stateName">The state's name in storage.</param>
/// <param name="storageName">The storage provider's name; without it the default provider.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;
    public string? StorageName { get; } = storageName;
}
