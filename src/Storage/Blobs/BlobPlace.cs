namespace CallCenter.Storage.Blobs;

/// <summary>Where the blobs are, by the options.</summary>
internal static class BlobPlace
{
    public static string Folder(StorageOptions options) => Path.Combine(options.Path, "blobs");

    public static IBlobs Open(StorageOptions options) => options.AzureBlobs is { } address
        ? new AzureBlobs(AzureAddress.Container(address, options.BlobContainer))
        : new FolderBlobs(Folder(options));

    /// <summary>Makes the container; a folder makes itself.</summary>
    public static void Ensure(StorageOptions options)
    {
        if (options.AzureBlobs is { } address) new AzureBlobs(AzureAddress.Container(address, options.BlobContainer)).EnsureContainer();
    }
}
