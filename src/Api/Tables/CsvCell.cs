using System.Buffers;

namespace CallCenter.Api.Tables;

/// <summary>
/// A cell of a table as a spreadsheet may open it. Text that a spreadsheet would take for a formula gets an apostrophe in front,
/// and loses it when such a table is read again. Nothing else is changed: no leading zero is lost.
/// </summary>
internal static class CsvCell
{
    private const char Guard = '\'';
    private const string Dangerous = "=+-@\t\r\n＝＋－＠"; // the last four: spreadsheets of East Asia take full-width signs as well
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Harmless(string text) => text.Length > 0 && (Dangerous.Contains(text[0]) || IsGuarded(text)) ? Guard + text : text;

    /// <summary>What <see cref="Harmless"/> was given.</summary>
    public static string Read(string cell) => IsGuarded(cell) ? cell[1..] : cell;

    /// <summary>As it stands in a row (RFC 4180 §2).</summary>
    public static string Written(string text)
    {
        var cell = Harmless(text);
        return cell.AsSpan().ContainsAny(Quoted) || cell.AsSpan().Trim().Length != cell.Length ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Written)) + "\r\n";

    /// <summary>Whether it is guarded, however often.</summary>
    private static bool IsGuarded(string text)
    {
        var behind = text.AsSpan().TrimStart(Guard);
        return behind.Length < text.Length && !behind.IsEmpty && Dangerous.Contains(behind[0]);
    }
}
