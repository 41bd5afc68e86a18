using System.Security.Cryptography;

namespace CallCenter.Storage.Personal;

/// <summary>The key that wraps the tenants' keys: from the setting, or from a file that only its owner may read.</summary>
internal static class MasterKey
{
    /// <summary>Bytes; AES-256.</summary>
    public const int Length = 32;

    public static string File(StorageOptions options) => Path.Combine(options.Path, "keys", "master.key");

    /// <summary>Makes the file if neither it nor the setting is there.</summary>
    public static void Ensure(StorageOptions options)
    {
        var file = File(options);
        if (options.MasterKey is not null || System.IO.File.Exists(file)) return;
        var onlyOwner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) onlyOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var made = file + ".new";
        System.IO.File.Delete(made);
        using (var stream = new FileStream(made, onlyOwner))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
            stream.Flush(flushToDisk: true);
        }
        System.IO.File.Move(made, file);
    }

    public static byte[] Read(StorageOptions options)
    {
        var key = options.MasterKey is { } setting ? Convert.FromBase64String(setting) : System.IO.File.ReadAllBytes(File(options));
        return key.Length == Length ? key : throw new CryptographicException($"the master key has {key.Length} bytes, {Length} are needed");
    }
}
