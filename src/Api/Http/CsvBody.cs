using System.Globalization;
using System.Reflection;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CallCenter.Api.Tables;
using Microsoft.AspNetCore.Http.Metadata;

namespace CallCenter.Api.Http;

/// <summary>
/// A table in the body: CSV (RFC 4180) with a header row, in UTF-8 with or without a byte order mark, or in GB18030 as a Chinese
/// spreadsheet writes it. Rows are numbered as a spreadsheet shows them: the header is row 1.
/// </summary>
internal sealed class CsvBody : IChecked, IEndpointParameterMetadataProvider
{
    public const int MostRows = 20_000, MostColumns = 100;

    /// <summary>Rows of a wrong shape that are told of: a file that is no table at all has millions.</summary>
    private const int MostFaults = 500;

    private const string MediaType = "text/csv";

    private CsvBody(Items<string> columns, IReadOnlyList<CsvLine> lines, Items<Fault> faults, Items<Fault> lineFaults)
    {
        (Columns, Lines, Faults, LineFaults) = (columns, lines, faults, lineFaults);
    }

    public Items<string> Columns { get; }

    /// <summary>Those that are as wide as the header; empty ones are left out.</summary>
    public IReadOnlyList<CsvLine> Lines { get; }

    /// <summary>Why it is no table at all.</summary>
    public Items<Fault> Faults { get; }

    /// <summary>What is wrong with the shape of single rows: to be told together with what is wrong in the cells.</summary>
    public Items<Fault> LineFaults { get; }

    public static async ValueTask<CsvBody?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!(http.Request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) ?? false)) return Refused("", $"The body must be {MediaType}");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return Text(body.ToArray()) is { } text ? Read(text) : Refused("", "The body is text neither in UTF-8 nor in GB18030");
    }

    /// <summary>For the OpenAPI document alone: the framework's own mark would have another type refused before anybody asked who sends it.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TextBody(MediaType));

    internal static string? Text(byte[] body) => Decode(new UTF8Encoding(false, throwOnInvalidBytes: true), body)
        ?? Decode(CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!, body);

    internal static CsvBody Read(string text)
    {
        var faults = new List<Fault>();
        var rules = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectColumnCountChanges = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => faults.Add(new(Row(bad.Context.Parser!.RawRow), "has a quotation mark out of place")),
        };
        using var csv = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), rules);
        if (!csv.Read()) return Refused("", "There is no header row");
        var columns = csv.Record!.ToItems();
        if (columns.Count > MostColumns) return Refused(Row(1), $"has more than {MostColumns} columns");
        if (columns.Distinct().Count() < columns.Count) faults.Add(new(Row(1), "names a column twice"));
        var lines = new List<CsvLine>();
        while (lines.Count <= MostRows && faults.Count < MostFaults && csv.Read())
        {
            if (csv.Record is not { } cells || cells.All(string.IsNullOrEmpty)) continue;
            if (cells.Length == columns.Count) lines.Add(new(csv.RawRow, columns, Array.ConvertAll(cells, CsvCell.Read)));
            else faults.Add(new(Row(csv.RawRow), $"has {cells.Length} cells, the header has {columns.Count}"));
        }
        return lines.Count > MostRows ? Refused("", $"There are more than {MostRows} rows") : new(columns, lines, [], faults.ToItems());
    }

    /// <summary>The name of a row in a fault.</summary>
    public static string Row(int number) => $"rows[{number}]";

    private static string? Decode(Encoding encoding, byte[] body)
    {
        try
        {
            return encoding.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static CsvBody Refused(string field, string text) => new([], [], [new Fault(field, text)], []);
}

/// <summary>Says that an operation takes a body of text, or of bytes of another kind.</summary>
internal sealed record TextBody(string MediaType);

/// <summary>A row of a table.</summary>
/// <param name="Number">As a spreadsheet shows it; the header is row 1.</param>
internal sealed record CsvLine(int Number, Items<string> Columns, string[] Cells)
{
    /// <summary>The cell under a column; empty if there is none.</summary>
    public string this[string column]
    {
        get
        {
            for (var i = 0; i < Columns.Count && i < Cells.Length; i++)
                if (Columns[i] == column) return Cells[i];
            return "";
        }
    }
}
