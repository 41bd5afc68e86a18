using System.Collections.Frozen;

namespace CallCenter.Domain.Numbers;

/// <summary>
/// 归属地: where a caller's number is at home, by the area code of a Chinese landline. The data is a versioned file of the product
/// (<c>area-codes-cn.tsv</c>); facts name its version. Mobile and foreign numbers have no area here.
/// </summary>
public static class HomeArea
{
    private static readonly FrozenDictionary<string, string> Areas;
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByCode;

    /// <summary>Version of the data, such as <c>cn-1</c>.</summary>
    public static string Version { get; }

    /// <summary>How many area codes there are.</summary>
    public static int Count => Areas.Count;

    static HomeArea()
    {
        using var data = typeof(HomeArea).Assembly.GetManifestResourceStream("area-codes-cn.tsv") ?? throw new InvalidOperationException("area-codes-cn.tsv is not in the assembly");
        using var reader = new StreamReader(data);
        var areas = new Dictionary<string, string>(StringComparer.Ordinal);
        Version = reader.ReadLine()!.Split('\t')[1];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var columns = line.Split('\t'); // code with trunk 0, province, city
            areas[columns[0][1..]] = columns[1] == columns[2] ? columns[1] : columns[1] + columns[2];
        }
        Areas = areas.ToFrozenDictionary(StringComparer.Ordinal);
        ByCode = Areas.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Such as 北京 or 河北石家庄; null if the number does not tell.</summary>
    /// <param name="number">In any form that <see cref="PhoneNumber.TryParse"/> reads; empty if withheld.</param>
    public static string? Of(string? number)
    {
        if (!PhoneNumber.TryParse(number, out var parsed) || !parsed.Canonical.StartsWith("+86", StringComparison.Ordinal)) return null;
        var national = parsed.Canonical.AsSpan(3);
        if (PhoneNumber.IsChineseMobile(national)) return null;
        return CodeLength(national) is > 0 and var length && length < national.Length ? ByCode[national[..length]] : null;
    }

    /// <summary>Digits of the area code with which a national number (without trunk 0) begins; 0 if with none.</summary>
    internal static int CodeLength(ReadOnlySpan<char> national)
    {
        for (var length = 2; length <= 3 && length <= national.Length; length++) // 10 and 2x have two digits, all others three: no code begins another
            if (ByCode.ContainsKey(national[..length])) return length;
        return 0;
    }
}
