using System.Security.Cryptography;

namespace CallCenter.AppHost.Running;

/// <summary>The key that signs sessions: a setting where several processes share it, else a file of the data folder that only we may read.</summary>
internal static class KeyFile
{
    private const int Length = 32;

    public static byte[] SessionKey(string dataPath, string? setting)
    {
        if (setting is not null) return Convert.FromBase64String(setting);
        var folder = Directory.CreateDirectory(Path.Combine(dataPath, "keys"));
        var path = Path.Combine(folder.FullName, "session.key");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: Length } known) return known;
        var made = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(made);
        return made;
    }

    public static bool IsKey(string text)
    {
        Span<byte> key = stackalloc byte[256];
        return Convert.TryFromBase64String(text, key, out var length) && length >= Length;
    }
}
