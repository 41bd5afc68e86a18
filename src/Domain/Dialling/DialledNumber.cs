using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Domain.Dialling;

/// <summary>A number that somebody called out to, read by the Chinese numbering plan.</summary>
/// <param name="Digits">What was dialled, without the prefix for an outside line and without what people write between digits.</param>
/// <param name="Canonical">As <see cref="PhoneNumber"/> has it: <c>+8613800138000</c>, <c>86-4008001001</c>; short numbers as they are, <c>+8631112345</c> with an area code.</param>
[GenerateSerializer, Immutable, Alias("DialledNumber")]
public readonly record struct DialledNumber([property: Id(0)] string Digits, [property: Id(1)] string Canonical, [property: Id(2)] DialClass Class)
{
    private const int Longest = 40;
    /// <summary>112 is the emergency number of GSM phones (3GPP TS 22.101 §10.1); the others are China's.</summary>
    private static readonly FrozenSet<string> Emergencies = FrozenSet.Create("110", "112", "119", "120", "122");

    /// <summary>
    /// Reads what a person dialled. With a prefix for an outside line it is taken away where a number remains; what is a number
    /// only with it stays whole, since desktops and programs dial without the prefix. False: it is no number.
    /// </summary>
    /// <param name="outsidePrefix">Such as 9; null = none.</param>
    /// <param name="areaCode">The tenant's own, with trunk 0, for numbers dialled without one; null = those are no numbers.</param>
    public static bool TryParse([NotNullWhen(true)] string? dialled, string? outsidePrefix, string? areaCode, out DialledNumber number)
    {
        number = default;
        if (dialled is null or { Length: 0 or > Longest } || !TryStrip(dialled, out var text)) return false;
        if (Emergencies.Contains(text)) number = new(text, text, DialClass.Emergency); // before all else: no prefix may stand in its way
        else if (outsidePrefix is { Length: > 0 } && text.StartsWith(outsidePrefix, StringComparison.Ordinal) && TryRead(text[outsidePrefix.Length..], areaCode, out number)) return true;
        else return TryRead(text, areaCode, out number);
        return true;
    }

    /// <summary>Whether that is an emergency number for certain, whatever a tenant's settings say: with an area code too, or behind the usual 0 or 9 for an outside line.</summary>
    public static bool IsEmergency(string dialled, out DialledNumber number) =>
        IsEmergency(dialled, null, out number) || dialled is ['0' or '9', ..] && IsEmergency(dialled, dialled[..1], out number);

    private static bool IsEmergency(string dialled, string? outsidePrefix, out DialledNumber number) => TryParse(dialled, outsidePrefix, null, out number) && number.Class == DialClass.Emergency;

    /// <summary>The number as a trunk wants it.</summary>
    public string In(NumberFormat format) => format == NumberFormat.AsDialled ? Digits : Written(Canonical, format);

    /// <summary>A canonical number as a trunk wants it.</summary>
    public static string Written(string canonical, NumberFormat format)
    {
        if (canonical.StartsWith("86-", StringComparison.Ordinal)) return format == NumberFormat.E164 ? $"+86{canonical.AsSpan(3)}" : canonical[3..];
        if (canonical[0] != '+' || format == NumberFormat.E164) return canonical;
        if (!canonical.StartsWith("+86", StringComparison.Ordinal)) return $"00{canonical.AsSpan(1)}";
        return PhoneNumber.IsChineseMobile(canonical.AsSpan(3)) ? canonical[3..] : $"0{canonical.AsSpan(3)}";
    }

    /// <summary>Digits, after a + perhaps.</summary>
    private static bool TryStrip(string dialled, out string text)
    {
        text = string.Concat(dialled.Where(c => c is not (' ' or '-' or '.' or '(' or ')')));
        var digits = text.AsSpan(text.StartsWith('+') ? 1 : 0);
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryRead(string text, string? areaCode, out DialledNumber number)
    {
        number = default;
        if (text.Length == 0) return false;
        if (text[0] == '+') return TryInternational(text, text.AsSpan(1), out number);
        if (text.StartsWith("00", StringComparison.Ordinal)) return TryInternational(text, text.AsSpan(2), out number);
        if (TryShort(text, "", text, out number)) return true;
        if (text[0] == '0') return TryNational(text, text.AsSpan(1), out number);
        if (TryNational(text, text, out number) && number.Class is DialClass.Mobile or DialClass.TollFree) return true; // a landline has its trunk 0
        if (text.StartsWith("86", StringComparison.Ordinal) && text.Length is > 10 and <= 13 && TryNational(text, text.AsSpan(2).TrimStart('0'), out number)) return true;
        if (areaCode is { Length: > 1 } && text[0] is >= '2' and <= '8' && text.Length is 7 or 8) return TryNational(text, $"{areaCode.AsSpan(1)}{text}", out number);
        number = default;
        return false;
    }

    /// <param name="digits">Country code and national number.</param>
    private static bool TryInternational(string text, ReadOnlySpan<char> digits, out DialledNumber number)
    {
        number = default;
        if (digits.Length is < 5 or > 15 || digits[0] == '0') return false; // E.164 §6.2.1
        if (digits.StartsWith("86"))
        {
            var national = digits[2..].TrimStart('0'); // the trunk 0 has no place after a country code, but people write it
            return TryNational(text, national, out number) || TryShort(text, "", national.ToString(), out number);
        }
        number = new(text, $"+{digits}", DialClass.International);
        return true;
    }

    /// <param name="national">Without trunk 0.</param>
    private static bool TryNational(string text, ReadOnlySpan<char> national, out DialledNumber number)
    {
        number = default;
        if (PhoneNumber.IsChineseMobile(national)) number = new(text, $"+86{national}", DialClass.Mobile);
        else if (PhoneNumber.IsTollFree(national)) number = new(text, $"86-{national}", DialClass.TollFree);
        else if (HomeArea.CodeLength(national) is > 0 and var code)
        {
            var line = national[code..];
            if (line.Length is 8 || line.Length == 7 && code == 3)
            {
                if (line[0] == '0') return false;
                number = new(text, $"+86{national}", DialClass.Landline);
            }
            else return TryShort(text, $"+86{national[..code]}", line.ToString(), out number);
        }
        else return false;
        return true;
    }

    /// <param name="before">Country and area code, if they were dialled.</param>
    private static bool TryShort(string text, string before, string digits, out DialledNumber number)
    {
        var emergency = Emergencies.Contains(digits);
        number = new(text, before + digits, emergency ? DialClass.Emergency : DialClass.Service);
        return emergency || IsService(digits);
    }

    /// <summary>10x–12x with 3, 5 or 6 digits, 10xxxxxx; 95xxx to 95xxxxxx; 96xxx and 96xxxx. No telephone line begins so.</summary>
    private static bool IsService(ReadOnlySpan<char> digits) => digits switch
    {
        ['1', >= '0' and <= '2', ..] => digits.Length is 3 or 5 or 6 || digits.Length == 8 && digits[1] == '0',
        ['9', '5', ..] => digits.Length is >= 5 and <= 8,
        ['9', '6', ..] => digits.Length is 5 or 6,
        _ => false,
    };
}
