using System.Globalization;

namespace CallCenter.Api.Http;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Cursor">What the page before called <c>next</c>.</param>
/// <param name="Limit">1–200, 50 by default. Text here, so that a wrong one is named in the answer.</param>
internal readonly record struct Paging([FromQuery] string? Cursor, [FromQuery] string? Limit) : IChecked
{
    public const int Most = 200, Default = 50;
    private const int LongestCursor = 512;

    public int Count => TryCount(out var count) ? count : Default;

    public string? After => string.IsNullOrEmpty(Cursor) ? null : Cursor;

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (!TryCount(out _)) faults.Add(new("limit", $"must be a number from 1 to {Most}"));
            if (Cursor is { Length: > LongestCursor }) faults.Add(new("cursor", "is not a cursor of ours"));
            return faults.ToItems();
        }
    }

    private bool TryCount(out int count)
    {
        count = Default;
        return string.IsNullOrEmpty(Limit) || (int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= Most);
    }
}

/// <summary>What a list is searched for.</summary>
/// <param name="Search">Up to 100 characters; left out or empty = all.</param>
internal readonly record struct Sought([FromQuery] string? Search) : IChecked
{
    private const int Longest = 100;

    public string? Text => string.IsNullOrWhiteSpace(Search) ? null : Search.Trim();

    public Items<Fault> Faults => Search is { Length: > Longest } ? [new Fault("search", "is too long")] : [];
}

/// <summary>A part of a list.</summary>
/// <param name="Next">The <c>cursor</c> of the next part; null = this was the last.</param>
internal sealed record Listed<T>(Items<T> Items, string? Next);
