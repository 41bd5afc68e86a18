using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Domain.Numbers;

/// <summary>A telephone number: as dialled, and canonical (E.164 with +, or for 400/800 the country and national number).</summary>
/// <param name="Dialled">What stood in the request.</param>
/// <param name="Canonical">One text for one line, whatever way it was dialled: <c>+861012345678</c>, <c>86-4008001001</c>; extensions and short codes as they are.</param>
[GenerateSerializer, Immutable, Alias("PhoneNumber")]
public readonly record struct PhoneNumber([property: Id(0)] string Dialled, [property: Id(1)] string Canonical)
{
    /// <summary>Longest text that is taken for a number.</summary>
    private const int Longest = 40;
    /// <summary>E.164 §6.2.1: country code and national number have at most 15 digits.</summary>
    private const int LongestE164 = 15;

    /// <summary>
    /// Reads a number as a trunk or a phone in China sends it: with + or 00; national with trunk 0; mobile; 400/800; with or
    /// without 86; anything shorter is an extension or a short code and stays as it is. False: it is no number.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? dialled, out PhoneNumber number)
    {
        number = default;
        if (dialled is null or { Length: 0 or > Longest }) return false;
        Span<char> buffer = stackalloc char[Longest];
        if (!TryStrip(dialled, buffer, out var length, out var plus)) return false;
        ReadOnlySpan<char> digits = buffer[..length];
        if (plus && (digits.Length is < 5 or > LongestE164 || digits[0] == '0' || digits.ContainsAny('*', '#'))) return false;
        number = new(dialled, Canonize(digits, plus));
        return true;
    }

    /// <summary>11 digits, 13x to 19x.</summary>
    internal static bool IsChineseMobile(ReadOnlySpan<char> national) => national.Length == 11 && national[0] == '1' && national[1] is >= '3' and <= '9';

    /// <summary>Digits, * and # without what people write between them; a leading + is told apart.</summary>
    private static bool TryStrip(string dialled, Span<char> digits, out int length, out bool plus)
    {
        length = 0;
        plus = false;
        foreach (var c in dialled)
        {
            if (c is >= '0' and <= '9' or '*' or '#') digits[length++] = c;
            else if (c == '+' && length == 0 && !plus) plus = true;
            else if (c is not (' ' or '-' or '.' or '(' or ')')) return false;
        }
        return length > 0;
    }

    private static string Canonize(ReadOnlySpan<char> digits, bool plus)
    {
        if (plus) return International(digits);
        if (digits.ContainsAny('*', '#')) return digits.ToString();
        if (digits.Length is > 6 and <= LongestE164 + 2 && digits.StartsWith("00") && digits[2] != '0') return International(digits[2..]);
        if (IsTollFree(digits)) return Free(digits);
        if (IsChineseMobile(digits)) return $"+86{digits}";
        if (digits.Length is >= 10 and <= 12 && digits[0] == '0' && digits[1] != '0') return International($"86{digits[1..]}");
        if (digits.Length is 12 or 13 && digits.StartsWith("86")) return International(digits);
        return digits.ToString();
    }

    private static string International(ReadOnlySpan<char> digits)
    {
        if (!digits.StartsWith("86")) return $"+{digits}";
        var national = digits[2..].TrimStart('0'); // the trunk 0 has no place after a country code, but people write it
        return IsTollFree(national) ? Free(national) : $"+86{national}";
    }

    /// <summary>400 and 800 numbers have no E.164 form: they cannot be called from abroad, and they call nobody.</summary>
    internal static bool IsTollFree(ReadOnlySpan<char> national) => national.Length == 10 && (national.StartsWith("400") || national.StartsWith("800"));

    private static string Free(ReadOnlySpan<char> national) => $"86-{national}";
}
