using System.Net.Http.Headers;
using System.Text;

namespace CallCenter.Api.Tests.Tables;

public sealed class TableTests : AdminTests
{
    [Theory]
    [InlineData("exports/users", "id,name,role,email")]
    [InlineData("exports/agents", "id,name,user,extension,queues,afterCallSeconds,autoSignIn")]
    [InlineData("exports/calls", "id,direction,from,to,homeArea")]
    [InlineData("templates/users", "id,name,role,email")]
    [InlineData("templates/agents", "id,name,user,extension,queues,afterCallSeconds,autoSignIn,password")]
    public async Task A_table_begins_with_a_byte_order_mark_and_its_header_and_is_to_be_saved(string path, string header)
    {
        var answer = await Admin.Get($"/api/v1/{path}");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith(header, Encoding.UTF8.GetString(bytes[3..]), StringComparison.Ordinal);
        Assert.Equal(("attachment", "text/csv"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("users"), InlineData("agents")]
    public async Task What_was_exported_is_imported_again_and_changes_nothing(string what)
    {
        Api.Store.Add(new UserAccount(A.Acme, "evil", "=cmd|' /c calc'!A1", Role.Agent, A.Hash, Email: "evil@example.com"), A.Person(A.Acme, "agent1001", "1001") with { Name = "'=1" });
        var before = Api.Store.Snapshot(A.Acme);
        var table = await (await Admin.Get($"/api/v1/exports/{what}")).Content.ReadAsByteArrayAsync(Stop);
        using var body = new ByteArrayContent(table) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var answer = await (await Admin.PostAsync(new Uri($"/api/v1/{what}/import", UriKind.Relative), body, Stop)).Json();
        Assert.Equal((0, 0), (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32()));
        Assert.Equal(before, Api.Store.Snapshot(A.Acme));
    }

    [Fact]
    public async Task Calls_are_exported_as_the_list_shows_them_masked_for_whom_they_are_masked()
    {
        var plain = await Calls(Admin);
        Assert.Equal("'+8613800138000", plain.Cell("from"));
        using var qa = await Api.SignedIn(A.Acme, "qa");
        var masked = await Calls(qa);
        Assert.DoesNotContain("3800138", masked.Cell("from"), StringComparison.Ordinal);
        Assert.Equal("51000", masked.Cell("tTalk"));
        Assert.Contains(Api.Access.Done(A.Acme), entry => entry.Contains("Exported", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_is_searched_by_parts_of_ids_and_names()
    {
        Api.Store.Add(new UserAccount(A.Acme, "li-lei", "李雷", Role.Agent, A.Hash, Email: "boss@example.com"));
        foreach (var text in new[] { "LEI", "雷", "boss@" })
        {
            var found = (await (await Admin.Get($"/api/v1/users?search={Uri.EscapeDataString(text)}")).Json()).GetProperty("items").EnumerateArray();
            Assert.Equal("li-lei", Assert.Single(found).GetProperty("id").GetString());
        }
        Assert.Equal(["search"], await (await Admin.Get("/api/v1/users?search=" + new string('x', 101))).Wrong());
    }

    private static async Task<Table> Calls(HttpClient client)
    {
        var lines = (await (await client.Get("/api/v1/exports/calls")).Content.ReadAsStringAsync(Stop)).TrimStart('\uFEFF').Split("\r\n");
        return new(lines[0].Split(','), lines[1].Split(','));
    }

    private sealed record Table(string[] Header, string[] Row)
    {
        public string Cell(string column) => Row[Array.IndexOf(Header, column)];
    }
}
