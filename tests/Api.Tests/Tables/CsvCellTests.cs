using CallCenter.Api.Http;
using CallCenter.Api.Tables;

namespace CallCenter.Api.Tests.Tables;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+8613800138000", "'+8613800138000")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("0801", "0801")]
    [InlineData("'quoted", "'quoted")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" spaced ", "\" spaced \"")]
    [InlineData("", "")]
    public void A_cell_is_written_so_that_no_spreadsheet_takes_it_for_a_formula(string text, string written) => Assert.Equal(written, CsvCell.Written(text));

    [Theory]
    [InlineData("=x")]
    [InlineData("'=x")]
    [InlineData("''-x")]
    [InlineData("'x")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("007")]
    [InlineData("李,雷\"=\"")]
    public void A_cell_is_read_as_it_was_before_it_was_written(string text)
    {
        var table = CsvBody.Read(CsvCell.Row(["a", "b"]) + CsvCell.Row([text, "x"]));
        Assert.Equal(text, Assert.Single(table.Lines)["a"]);
    }

    [Fact]
    public void A_million_apostrophes_are_only_long() => Assert.Equal(1_000_000, CsvCell.Read(new string('\'', 1_000_000)).Length);
}
