using System.Net.Mime;
using System.Text;

namespace CallCenter.Api.Tables;

/// <summary>A table to be saved: UTF-8 with a byte order mark, by which spreadsheets know it; sent row by row as it is read.</summary>
internal sealed class CsvAnswer(string fileName, Items<string> columns, IAsyncEnumerable<string[]> rows) : IResult
{
    public const string MediaType = "text/csv";
    private const int RowsAtOnce = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (answer, stop) = (httpContext.Response, httpContext.RequestAborted);
        await using var source = rows.GetAsyncEnumerator(stop);
        var more = await source.MoveNextAsync(); // what cannot be read at all is a plain answer yet
        answer.ContentType = MediaType + "; charset=utf-8; header=present";
        answer.Headers.ContentDisposition = new ContentDisposition { FileName = fileName }.ToString();
        answer.Headers.CacheControl = "private, no-store";
        var text = new StringBuilder("\uFEFF").Append(CsvCell.Row(columns));
        for (var row = 1; more; row++)
        {
            text.Append(CsvCell.Row(source.Current));
            if (row % RowsAtOnce == 0)
            {
                await answer.WriteAsync(text.ToString(), stop);
                text.Clear();
            }
            more = await source.MoveNextAsync();
        }
        await answer.WriteAsync(text.ToString(), stop);
    }
}
