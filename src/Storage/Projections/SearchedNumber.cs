namespace CallCenter.Storage.Projections;

/// <summary>A number as somebody types it into a search.</summary>
internal static class SearchedNumber
{
    private const string Dividers = " -()./";

    /// <summary>What it may be stored as: as typed, without dividers, and canonical.</summary>
    public static string[] Forms(string typed)
    {
        var plain = string.Concat(typed.Where(c => !Dividers.Contains(c, StringComparison.Ordinal)));
        var canonical = PhoneNumber.TryParse(plain, out var number) ? number.Canonical : plain;
        return [.. new[] { typed, plain, canonical }.Distinct()];
    }
}
