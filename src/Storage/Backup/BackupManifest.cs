using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Storage.Backup;

/// <summary>What a backup says of itself. It is written last: a folder without it is no backup.</summary>
/// <param name="Form">Of the folder's layout.</param>
/// <param name="Database">sqlite or postgres.</param>
/// <param name="Blobs">folder: they are here. azure: they stayed in their container.</param>
internal sealed record BackupManifest(int Form, DateTimeOffset At, string Database, string Blobs)
{
    public const int Newest = 1;
    public const string Sqlite = "sqlite", Postgres = "postgres", Folder = "folder", Azure = "azure";
    private const string Name = "backup.json";

    public static BackupManifest Of(StorageOptions options, DateTimeOffset at) =>
        new(Newest, at, options.Postgres is null ? Sqlite : Postgres, options.AzureBlobs is null ? Folder : Azure);

    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest));

    /// <summary>Null: no backup, or one that was broken off.</summary>
    public static BackupManifest? Read(string folder)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), BackupJson.Default.BackupManifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
