using CallCenter.Storage;

namespace CallCenter.AppHost.Settings;

/// <summary>The settings of storage, which checks them itself.</summary>
internal static class Storages
{
    public static StorageOptions Read(HostSettings settings, SettingsReader read)
    {
        var storage = new StorageOptions { Path = settings.DataPath, Postgres = settings.Postgres, MasterKey = read.Text("Data:MasterKey"), AzureBlobs = read.Text("Blobs:AzureConnectionString") };
        storage.BlobContainer = read.Text("Blobs:Container", storage.BlobContainer);
        return storage;
    }
}
