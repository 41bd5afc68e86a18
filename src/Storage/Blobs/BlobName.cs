namespace CallCenter.Storage.Blobs;

/// <summary>Names of blobs: segments of a–z, 0–9, "-" and ".", parted by "/". No segment begins with ".", so none leads out of its folder.</summary>
internal static class BlobName
{
    public const int Longest = 512;

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > Longest) return false;
        foreach (var segment in name.Split('/'))
            if (!IsSegment(name[segment])) return false;
        return true;
    }

    /// <summary>With the owner before it.</summary>
    /// <exception cref="ArgumentException">One of them is none.</exception>
    public static string Of(TenantId owner, string name) =>
        IsValid(name) ? Home(owner) + name : throw new ArgumentException("not a blob's name", nameof(name));

    /// <summary>What an owner's names begin with.</summary>
    public static string Home(TenantId owner) =>
        TenantId.TryParse(owner.Value, null, out _) ? owner.Value + "/" : throw new ArgumentException($"'{owner}' is not a tenant id", nameof(owner));

    /// <summary>The beginning of names, which may be empty.</summary>
    public static string Prefix(string prefix) => prefix.Length == 0 || IsValid(prefix.EndsWith('/') ? prefix[..^1] : prefix)
        ? prefix
        : throw new ArgumentException("not the beginning of a blob's name", nameof(prefix));

    private static bool IsSegment(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty || segment[0] == '.') return false;
        foreach (var c in segment)
            if (c is not ('-' or '.' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))) return false;
        return true;
    }
}
