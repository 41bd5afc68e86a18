namespace CallCenter.Domain.Access;

/// <summary>A phone number as those see it who need not know it: +86138****8000.</summary>
public static class NumberMask
{
    private const string China = "+86";
    private const int MostTail = 4, MostHead = 3, LeastHidden = 4;
    private const char Hidden = '*';

    /// <summary>Keeps the country and at most the first three and last four characters; four or more, and at least half of a short number, are hidden.</summary>
    public static string? Of(string? number)
    {
        if (string.IsNullOrEmpty(number)) return number;
        var country = number.StartsWith(China, StringComparison.Ordinal) ? China.Length : number[0] == '+' ? 1 : 0;
        var length = number.Length - country;
        var tail = Math.Min(MostTail, length / 2);
        var head = Math.Clamp(length - tail - LeastHidden, 0, MostHead);
        return string.Concat(number.AsSpan(0, country + head), new string(Hidden, length - head - tail), number.AsSpan(number.Length - tail));
    }
}
