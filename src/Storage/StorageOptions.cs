using CallCenter.Storage.Blobs;
using CallCenter.Storage.Postgres;
using Microsoft.Extensions.Options;

namespace CallCenter.Storage;

/// <summary>Where the product keeps its data (configuration sections <c>Data</c> and <c>Blobs</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The folder of the database files, recordings and keys; made at the first start.</summary>
    public string Path { get; set; } = "./data";

    /// <summary>Connection string of a PostgreSQL database (15 or newer); null = SQLite files in <see cref="Path"/>. Keys stay in the folder.</summary>
    public string? Postgres { get; set; }

    /// <summary>Connection string of an Azure Storage account for recordings and prompts; null = <c>blobs</c> in <see cref="Path"/>. Holds a key: never told.</summary>
    public string? AzureBlobs { get; set; }

    /// <summary>The container of that account which is this product's alone; made at the first start.</summary>
    public string BlobContainer { get; set; } = AzureAddress.DefaultContainer;

    /// <summary>Wraps the tenants' keys: 32 bytes in Base64. Null = the file <c>keys/master.key</c> in <see cref="Path"/>, made at the first start.</summary>
    public string? MasterKey { get; set; }

    /// <summary>The same with another folder.</summary>
    internal StorageOptions In(string path) => new() { Path = path, Postgres = Postgres, AzureBlobs = AzureBlobs, BlobContainer = BlobContainer, MasterKey = MasterKey };
}

/// <summary>Tells every fault of <see cref="StorageOptions"/> at once, at start.</summary>
public sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.Path)) faults.AddError("must name a folder", "Data:Path");
        else if (File.Exists(options.Path)) faults.AddError($"{options.Path} is a file, not a folder", "Data:Path");
        if (options.Postgres is { } address && PostgresAddress.Fault(address) is { } fault) faults.AddError(fault, "Data:Postgres");
        if (options.AzureBlobs is { } account && AzureAddress.Fault(account) is { } wrong) faults.AddError(wrong, "Blobs:AzureConnectionString");
        if (AzureAddress.ContainerFault(options.BlobContainer) is { } misnamed) faults.AddError(misnamed, "Blobs:Container");
        if (options.MasterKey is { } key && !IsKey(key)) faults.AddError("must be 32 bytes in Base64", "Data:MasterKey");
        return faults.Build();
    }

    private static bool IsKey(string text)
    {
        Span<byte> key = stackalloc byte[64];
        return Convert.TryFromBase64String(text, key, out var length) && length == Personal.MasterKey.Length;
    }
}
