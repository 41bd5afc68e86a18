using System.Collections.Concurrent;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>Files in memory.</summary>
internal sealed class MemoryBlobs : IBlobs
{
    private readonly ConcurrentDictionary<(TenantId Owner, string Name), byte[]> files = new();

    public int Count => files.Count;

    public Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default)
    {
        files[(owner, name)] = content.ToArray();
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default) =>
        Task.FromResult(files.TryGetValue((owner, name), out var found) ? found : (ReadOnlyMemory<byte>?)null);

    public Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default) =>
        Task.FromResult(files.Keys.Where(key => key.Owner == owner && key.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key.Name).Order(StringComparer.Ordinal).ToItems());

    public Task Delete(TenantId owner, string name, CancellationToken stop = default)
    {
        files.TryRemove((owner, name), out _);
        return Task.CompletedTask;
    }
}
