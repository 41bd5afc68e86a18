using System.Net.Http.Headers;
using System.Text;
using CallCenter.Api.Access;

namespace CallCenter.Api.Tests.Tables;

public sealed class UserImportTests : AdminTests
{
    [Fact]
    public async Task A_table_makes_and_changes_users_and_one_who_has_no_password_cannot_sign_in()
    {
        var answer = await (await Import("id,name,role\nanna,\"Anna, née Ma\",agent\nqa,Quality,qaInspector\n")).Json();
        Assert.Equal((1, 1), (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32()));
        var anna = await Api.Store.Find<UserAccount>(A.Acme, "anna", Stop);
        Assert.Equal(("Anna, née Ma", Role.Agent, false), (anna!.Name, anna.Role, anna.HasPassword));
        Assert.False(Passwords.Fits(anna, "none"));
        Assert.True((await Api.Store.Find<UserAccount>(A.Acme, "qa", Stop))!.HasPassword); // an import takes nobody's password away
        answer = await (await Import("id,name,role\nanna,\"Anna, née Ma\",agent\n")).Json();
        Assert.Equal((0, 0, 1), (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("unchanged").GetInt32()));
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_and_the_text_be_UTF8_with_a_mark_or_GB18030()
    {
        foreach (var encoding in new[] { new UTF8Encoding(true), CodePagesEncodingProvider.Instance.GetEncoding("GB18030")! })
        {
            var id = $"li{encoding.CodePage}";
            Assert.Equal(HttpStatusCode.OK, (await Import([.. encoding.GetPreamble(), .. encoding.GetBytes($"role,id,name\r\nagent,{id},李雷\r\n")])).StatusCode);
            Assert.Equal("李雷", (await Api.Store.Find<UserAccount>(A.Acme, id, Stop))!.Name);
        }
    }

    [Fact]
    public async Task A_faulty_table_is_refused_whole_with_every_fault_by_row_and_column()
    {
        var before = Api.Store.Snapshot(A.Acme);
        var faults = await (await Import("id,name,role\ngood,Good,agent\n\nBad Id,Name,agent\nx,,clown\ngood,Twice,agent\nadmin,Admin,agent\nshort\ny,Y,operator\nz,Z,3\n")).Wrong();
        Assert.Equal(["rows[10].role", "rows[4].id", "rows[5].name", "rows[5].role", "rows[6].id", "rows[7].role", "rows[8]", "rows[9].role"], faults.Order(StringComparer.Ordinal));
        Assert.Equal(before, Api.Store.Snapshot(A.Acme));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("id,name\nanna,Anna\n", "rows[1]")]
    [InlineData("id,name,role,password\nanna,Anna,agent,secret\n", "rows[1]")]
    [InlineData("id,name,role,id\nanna,Anna,agent,anna\n", "rows[1]")]
    [InlineData("id,name,role\nanna,\"An\"na,agent\n", "rows[2]")]
    public async Task A_table_of_another_shape_is_refused(string table, string field) => Assert.Equal([field], await (await Import(table)).Wrong());

    [Fact]
    public async Task Bytes_that_are_no_text_and_other_media_types_are_refused()
    {
        Assert.Equal([""], await (await Import([0x69, 0xff, 0xff, 0x80])).Wrong());
        Assert.Equal([""], await (await Admin.PostAsJsonAsync("/api/v1/users/import", new { }, Stop)).Wrong());
    }

    private Task<HttpResponseMessage> Import(string table) => Import(Encoding.UTF8.GetBytes(table));

    private async Task<HttpResponseMessage> Import(byte[] table)
    {
        using var body = new ByteArrayContent(table) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return await Admin.PostAsync(new Uri("/api/v1/users/import", UriKind.Relative), body, Stop);
    }
}
