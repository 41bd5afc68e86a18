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

    private static bool IsSegment(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty || segment[0] == '.') return false;
        foreach (var c in segment)
            if (c is not ('-' or '.' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))) return false;
        return true;
    }
}
