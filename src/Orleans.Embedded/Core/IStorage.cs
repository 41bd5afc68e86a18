namespace Orleans.Core;

/// <summary>State that can be read, written and cleared.</summary>
public interface IStorage
{
    string? Etag { get; }
    bool RecordExists { get; }

    Task ClearStateAsync();
    Task WriteStateAsync();
    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
