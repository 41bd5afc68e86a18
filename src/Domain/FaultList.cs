using System.Globalization;

namespace CallCenter.Domain;

/// <summary>Gathers the faults of a setting, field by field.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> faults = [];

    public FaultList When(bool wrong, string field, string text)
    {
        if (wrong) faults.Add(new(field, text));
        return this;
    }

    /// <summary>An id of ours: a–z, 0–9 and "-".</summary>
    public FaultList Id(string? value, string field, int longest = 64) => When(!IdText.IsValid(value, longest), field, $"must be 1–{longest} of a–z, 0–9 and \"-\"");

    /// <summary>A text for people: not empty, no control characters, and none that turn around what follows, so that a name could look like another (UAX #9 §2.1–2.3).</summary>
    public FaultList Name(string? value, string field, int longest = 100) =>
        When(string.IsNullOrWhiteSpace(value) || value.Length > longest || value.Any(c => char.IsControl(c) || TurnsText(c)), field, $"must have 1–{longest} characters, none of them a control character");

    /// <summary>A text of several lines for people, perhaps empty.</summary>
    public FaultList Text(string? value, string field, int longest) =>
        When(value is null || value.Length > longest || value.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || TurnsText(c)), field, $"must have at most {longest} characters, none of them a control character");

    /// <summary>It turns around how the text behind it is shown (UAX #9 §2.1–2.3).</summary>
    public static bool TurnsText(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public FaultList Range(long value, long least, long most, string field) =>
        When(value < least || value > most, field, string.Create(CultureInfo.InvariantCulture, $"must be {least}–{most}"));

    /// <summary>An extension's number.</summary>
    public FaultList Extension(string? value, string field) => When(!Agents.Extension.IsValid(value), field, "must be 1–16 digits");

    /// <summary>Hexadecimal digits, so many.</summary>
    public FaultList Hex(Secret value, int length, string field) => When(value.Value is not { } text || text.Length != length || !text.All(char.IsAsciiHexDigit), field, $"must be {length} hexadecimal digits");

    public FaultList Language(string? value, string field) =>
        When(value is not { Length: >= 2 and <= 35 } || !value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !char.IsAsciiLetter(value[0]), field, "must be a language tag (BCP 47), such as zh-CN");

    /// <summary>A limit that may be absent.</summary>
    public FaultList Limit(long? value, long least, long most, string field) =>
        When(value < least || value > most, field, string.Create(CultureInfo.InvariantCulture, $"must be {least}–{most}, or absent"));

    /// <summary>An amount of money that may be absent.</summary>
    public FaultList Amount(decimal? value, string field) => When(value is < 0 or > 1_000_000_000, field, "must be 0–1000000000, or absent");

    public Items<Fault> Done() => faults.ToItems();
}
