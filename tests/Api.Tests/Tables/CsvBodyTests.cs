using System.Text;
using CallCenter.Api.Http;

namespace CallCenter.Api.Tests.Tables;

public sealed class CsvBodyTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public void The_text_is_known_by_its_bytes()
    {
        const string text = "id,name\r\nli,李雷 🙂\r\n";
        Assert.Equal(text, CsvBody.Text(Encoding.UTF8.GetBytes(text)));
        Assert.Equal('\uFEFF' + text, CsvBody.Text([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]));
        Assert.Equal(text, CsvBody.Text(Gb18030.GetBytes(text)));
        Assert.Null(CsvBody.Text([0x69, 0xFF, 0xFF, 0x80]));
        Assert.Null(CsvBody.Text([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)])); // a spreadsheet's "Unicode text" is UTF-16
    }

    [Theory]
    [InlineData("\n"), InlineData("\r\n"), InlineData("\r")]
    public void Lines_end_in_any_of_the_three_ways_and_rows_keep_their_numbers(string end)
    {
        var table = CsvBody.Read($"id,name{end}01,one{end}{end}03,three");
        Assert.Equal([(2, "01"), (4, "03")], table.Lines.Select(line => (line.Number, line["id"])));
    }

    [Fact]
    public void Lines_may_end_in_all_three_ways_at_once_and_cells_hold_lines_and_quotes()
    {
        var table = CsvBody.Read("id,name\r\n01,\"one\nmore\"\n02,\"said \"\"hi\"\", twice\"\r\n");
        Assert.Equal(["one\nmore", "said \"hi\", twice"], table.Lines.Select(line => line["name"]));
        Assert.True(table.LineFaults.IsEmpty);
    }

    [Fact]
    public void Rows_of_another_width_and_quotes_out_of_place_are_named_by_their_rows()
    {
        var table = CsvBody.Read("id,name\nonly\na,b,c\nx,q\"q\n");
        Assert.Equal(["rows[2]", "rows[3]", "rows[4]"], table.LineFaults.Select(fault => fault.Field));
    }

    [Fact]
    public void A_file_that_is_no_table_at_all_is_told_of_in_a_few_words()
    {
        Assert.Equal(500, CsvBody.Read("id,name\n" + string.Concat(Enumerable.Repeat("x\n", 1_000_000))).LineFaults.Count);
        Assert.Equal("has more than 100 columns", Assert.Single(CsvBody.Read(string.Concat(Enumerable.Repeat("a,", 1_000_000))).Faults).Text);
        Assert.Equal("There are more than 20000 rows", Assert.Single(CsvBody.Read("id\n" + string.Concat(Enumerable.Repeat("x\n", 100_000))).Faults).Text);
    }

    [Fact]
    public void Garbage_of_any_kind_is_refused_or_read_and_never_throws()
    {
        var random = new Random(20261122);
        var alphabet = "\",\r\n'=\t\0aé李;|\uFEFF\u202E".ToCharArray();
        for (var round = 0; round < 2_000; round++)
        {
            var table = CsvBody.Read(new string(random.GetItems(alphabet, random.Next(60))));
            Assert.All(table.Lines, line => Assert.Equal(table.Columns.Count, line.Cells.Length));
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (CsvBody.Text(bytes) is { } text) CsvBody.Read(text);
        }
    }
}
