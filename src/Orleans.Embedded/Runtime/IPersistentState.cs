namespace Orleans.Runtime;

/// <summary>State of a grain, read before its activation.</summary>
public interface IPersistentState<TState>
{
    TState State { get; set; }

    /// <summary>The version that the storage gave; null where there is none.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    Task ClearStateAsync();
    Task WriteStateAsync();
    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>Marks the constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
/// <param name="stateName">The state's name in storage.</param>
/// <param name="storageName">The storage provider's name; without it the default provider.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;
    public string? StorageName { get; } = storageName;
}
