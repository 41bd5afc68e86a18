using System.Globalization;

namespace CallCenter.Storage.Projections;

/// <summary>Where a page of a newest-first list ended.</summary>
/// <param name="StartedAt">Unix ms.</param>
internal readonly record struct ViewCursor(long StartedAt, string Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StartedAt}-{Id}");

    /// <summary>Null for no cursor, or one that we never gave: the list begins anew.</summary>
    public static ViewCursor? Of(string? text)
    {
        if (text?.IndexOf('-') is not (> 0 and var dash)) return null;
        return long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? new(at, text[(dash + 1)..]) : null;
    }
}
