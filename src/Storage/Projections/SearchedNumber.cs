namespace CallCenter.Storage.Projections;

/// <summary>A number as somebody types it into a search.</summary>
internal static class SearchedNumber
{
    private const string Dividers = " -()./";

    /// <summary>What it may be stored as: as typed, and without dividers.</summary>
    public static string[] Forms(string typed)
    {
        var plain = string.Concat(typed.Where(c => !Dividers.Contains(c, StringComparison.Ordinal)));
        return plain == typed ? [typed] : [typed, plain];
    }
}
