using System.Text.Json;

namespace CallCenter.Domain.Dialling;

/// <summary>One line of a dial plan. The first line that fits a number decides; what no line fits is blocked.</summary>
/// <param name="Match">A class (<c>mobile</c>, <c>landline</c>, <c>tollFree</c>, <c>service</c>, <c>international</c>) or the beginning of a canonical number, such as <c>+8610</c>, <c>+852</c>, <c>86-400</c>, <c>95588</c>.</param>
[GenerateSerializer, Immutable, Alias("DialRule")]
public sealed record DialRule([property: Id(0)] string Match, [property: Id(1)] bool Allow);

/// <summary>What a price is asked for.</summary>
/// <param name="Match">As in <see cref="DialRule"/>; the first line that fits holds.</param>
/// <param name="PerMinute">For each minute begun.</param>
[GenerateSerializer, Immutable, Alias("DialPrice")]
public sealed record DialPrice([property: Id(0)] string Match, [property: Id(1)] decimal PerMinute);

/// <summary>Whether numbers are among those that a text stands for.</summary>
internal static class DialMatch
{
    private const int Longest = 16;

    private static readonly (string Word, DialClass Class)[] Words =
        [.. Enum.GetValues<DialClass>().Where(c => c != DialClass.Emergency).Select(c => (JsonNamingPolicy.CamelCase.ConvertName(c.ToString()), c))];

    public static bool Fits(string match, in DialledNumber number) =>
        ClassOf(match) is { } known ? number.Class == known : number.Canonical.StartsWith(match, StringComparison.Ordinal);

    public static bool IsValid(string? match) => match is { Length: > 0 and <= Longest } && (ClassOf(match) is not null || match switch
    {
        ['+', >= '1' and <= '9', ..] => !match.AsSpan(1).ContainsAnyExceptInRange('0', '9'),
        ['8', '6', '-', '4' or '8', ..] => !match.AsSpan(3).ContainsAnyExceptInRange('0', '9'),
        ['1', >= '0' and <= '2', ..] or ['9', '5' or '6', ..] or ['1'] or ['9'] => !match.AsSpan().ContainsAnyExceptInRange('0', '9'), // no other short number begins so
        _ => false,
    });

    /// <summary>Every number that <paramref name="part"/> fits is fitted by <paramref name="whole"/> too.</summary>
    public static bool Covers(string whole, string part)
    {
        if (whole == part) return true;
        if (ClassOf(part) is { } of) return whole == "+86" && of is DialClass.Mobile or DialClass.Landline; // the others spread over many beginnings
        if (ClassOf(whole) is not { } known) return part.StartsWith(whole, StringComparison.Ordinal);
        return known == ClassWithin(part);
    }

    /// <summary>The class of every number that begins so; null if there are several.</summary>
    private static DialClass? ClassWithin(string prefix)
    {
        if (prefix.StartsWith("86-", StringComparison.Ordinal)) return DialClass.TollFree;
        if (prefix[0] != '+') return DialClass.Service;
        if (!prefix.StartsWith("+86", StringComparison.Ordinal)) return prefix is "+8" ? null : DialClass.International;
        var national = prefix.AsSpan(3);
        if (national is ['1', >= '3', ..]) return DialClass.Mobile;
        return HomeArea.CodeLength(national) is > 0 and var code && national.Length > code && national[code] is >= '2' and <= '8' ? DialClass.Landline : null; // behind the bare area code are short numbers too
    }

    private static DialClass? ClassOf(string match)
    {
        foreach (var (word, known) in Words)
            if (word == match) return known;
        return null;
    }
}

/// <summary>Dial plans: ordered lines, everything blocked by default.</summary>
internal static class DialPlan
{
    public static bool Allows(Items<DialRule> rules, in DialledNumber number)
    {
        foreach (var rule in rules)
            if (DialMatch.Fits(rule.Match, number)) return rule.Allow;
        return false;
    }

    /// <summary>Whether a plan allows a whole class or beginning, leaving out lines that block a part of it: these hold in each call.</summary>
    public static bool Allows(Items<DialRule> rules, string match)
    {
        foreach (var rule in rules)
            if (DialMatch.Covers(rule.Match, match)) return rule.Allow;
        return false;
    }

    public static decimal? Price(Items<DialPrice> prices, in DialledNumber number)
    {
        foreach (var price in prices)
            if (DialMatch.Fits(price.Match, number)) return price.PerMinute;
        return null;
    }
}
