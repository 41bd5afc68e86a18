using System.Globalization;

namespace CallCenter.Api.Http;

/// <summary>Which version of a resource a write may replace (RFC 9110 §13.1).</summary>
/// <param name="IfMatch">The ETag of the version that was read.</param>
/// <param name="IfNoneMatch"><c>*</c>: it must be new.</param>
internal readonly record struct Precondition([property: FromHeader(Name = "If-Match")] string? IfMatch, [property: FromHeader(Name = "If-None-Match")] string? IfNoneMatch) : IChecked
{
    /// <summary>0 = must be new; null = whatever is there.</summary>
    public long? Expected => IfNoneMatch == "*" ? 0 : TryVersion(IfMatch, out var version) ? version : null;

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (IfMatch is not null && !TryVersion(IfMatch, out _)) faults.Add(new("If-Match", "is not an ETag of ours"));
            if (IfNoneMatch is not null and not "*") faults.Add(new("If-None-Match", "may only be * here"));
            return faults.ToItems();
        }
    }

    /// <summary>The ETag of a version.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static bool TryVersion(string? tag, out long version)
    {
        version = 0;
        return tag is ['"', .. var digits, '"'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
