using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CallCenter.Contracts;

namespace CallCenter.Storage.Blobs;

/// <summary>Blobs in one container of Azure Blob Storage, as <c>owner/name</c>. One request writes a whole blob: it is there entirely or not at all.</summary>
/// <param name="page">Names in one answer of a list; null = the service's own 5,000.</param>
internal sealed class AzureBlobs(BlobContainerClient container, int? page = null) : IBlobs
{
    public Task Write(TenantId owner, string name, ReadOnlyMemory<byte> content, CancellationToken stop = default)
    {
        var blob = container.GetBlobClient(BlobName.Of(owner, name));
        return Asked(stop, async () => await blob.UploadAsync(new BinaryData(content), overwrite: true, stop).ConfigureAwait(false));
    }

    public Task<ReadOnlyMemory<byte>?> Read(TenantId owner, string name, CancellationToken stop = default)
    {
        var blob = container.GetBlobClient(BlobName.Of(owner, name));
        return Asked<ReadOnlyMemory<byte>?>(stop, async () =>
        {
            try
            {
                return (await blob.DownloadContentAsync(stop).ConfigureAwait(false)).Value.Content.ToMemory();
            }
            catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        });
    }

    public Task<Items<string>> List(TenantId owner, string prefix, CancellationToken stop = default)
    {
        var (home, wanted) = (BlobName.Home(owner), BlobName.Prefix(prefix));
        return Asked(stop, async () =>
        {
            var names = new List<string>();
            await foreach (var part in container.GetBlobsAsync(prefix: home + wanted, cancellationToken: stop).AsPages(pageSizeHint: page).ConfigureAwait(false))
                names.AddRange(part.Values.Select(blob => blob.Name[home.Length..]));
            return names.Where(n => BlobName.IsValid(n)).Order(StringComparer.Ordinal).ToItems();
        });
    }

    public Task Delete(TenantId owner, string name, CancellationToken stop = default)
    {
        var blob = container.GetBlobClient(BlobName.Of(owner, name));
        return Asked(stop, async () => await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: stop).ConfigureAwait(false));
    }

    /// <exception cref="StorageOutageException">It does not answer, or refuses. Its text holds no key.</exception>
    public void EnsureContainer()
    {
        try
        {
            container.CreateIfNotExists();
        }
        catch (Exception fault) when (IsOutage(fault))
        {
            throw Outage(fault);
        }
    }

    private static async Task<T> Asked<T>(CancellationToken stop, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && IsOutage(fault))
        {
            throw Outage(fault);
        }
    }

    /// <summary>All retries failed: of several attempts the client throws all, and its own time limit is a cancellation.</summary>
    private static bool IsOutage(Exception fault) => fault is RequestFailedException or OperationCanceledException || (fault is AggregateException several && several.InnerExceptions.All(IsOutage));

    /// <summary>The client's own text lists headers and addresses; its code says enough.</summary>
    private static StorageOutageException Outage(Exception fault)
    {
        var first = fault is AggregateException several ? several.InnerExceptions[0] : fault;
        var why = first is RequestFailedException { Status: > 0 } refused ? $"refuses: {refused.Status} {refused.ErrorCode}" : "does not answer";
        return new($"the blob storage {why}");
    }
}
