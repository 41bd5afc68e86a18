using System.Text;
using CallCenter.Api.Tests.Tables;

namespace CallCenter.Api.Tests.Customers;

public sealed class CustomerTableTests : AdminTests
{
    [Fact]
    public async Task A_table_makes_and_changes_customers_by_id_or_number_with_fields_of_the_firms_own()
    {
        var answer = await (await Import("id,name,numbers,level,note,field.城市\nc-0071,韩梅梅,\"010-12345678;139 0013 9000\",钻石,\"两行\n备注\",北京\n,李雷雷,+8613800138000,,,上海\n,新客户,02155667788,silver,,\n")).Json();
        Assert.Equal((2, 1, 0), Counts(answer));
        var han = await Customer("c-0071");
        Assert.Equal("韩梅梅 diamond 010-12345678,139 0013 9000 两行\n备注 城市=北京", han);
        Assert.Equal("李雷雷 gold +8613800138000  城市=上海", await Customer("only-acme")); // meant by its number; an empty note is none, an empty level says nothing
        Assert.Equal((0, 0, 1), Counts(await (await Import("name,numbers\n李雷雷,+8613800138000\n")).Json())); // what has no column stays
    }

    [Fact]
    public async Task A_faulty_table_is_refused_whole_with_every_fault_by_row_and_column()
    {
        await Admin.Put("/api/v1/customers/c-9", new { name = "Other", numbers = new[] { "13900139000" } });
        var before = Api.People.Snapshot(A.Acme);
        var faults = await (await Import("id,name,numbers,level,field.城市\nBad Id,,none,platinum,\nc-1,A,13700000001,gold,\nc-1,B,13700000001,gold,\nc-2,C,13900139000,gold,\n")).Wrong();
        Assert.Equal(["rows[2].id", "rows[2].level", "rows[2].name", "rows[2].numbers", "rows[4].id", "rows[4].numbers", "rows[5].numbers"], faults);
        Assert.Equal(["rows[1]"], await (await Import("id,name,colour\nc-1,A,red\n")).Wrong());
        Assert.Equal(before, Api.People.Snapshot(A.Acme));
    }

    [Fact]
    public async Task What_was_exported_is_imported_again_and_changes_nothing_whatever_stands_in_it()
    {
        await Admin.Put("/api/v1/customers/c-1", new { name = "=cmd|' /c calc'!A1", numbers = new[] { "0013800001", "13700000001" }, note = "a,\"b\"\nc", fields = new[] { new { name = "x y", value = "'=1" } } });
        var before = Api.People.Snapshot(A.Acme);
        var answer = await Admin.Get("/api/v1/exports/customers");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var table = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Contains("0013800001;13700000001", Encoding.UTF8.GetString(table), StringComparison.Ordinal);
        Assert.Equal((0, 0, 2), Counts(await (await Import(table)).Json()));
        Assert.Equal(before, Api.People.Snapshot(A.Acme));
        Assert.Contains("Exported admin customers", Api.Access.Done(A.Acme));
    }

    [Fact]
    public async Task A_check_does_nothing_and_the_template_and_a_table_in_gb18030_can_be_read()
    {
        var before = Api.People.Snapshot(A.Acme);
        Assert.Equal((1, 0, 0), Counts(await (await Import(Encoding.UTF8.GetBytes("name,numbers\nX,13700000009\n"), "?check=true")).Json()));
        Assert.Equal(before, Api.People.Snapshot(A.Acme));
        await Admin.Delete("/api/v1/customers/only-acme");
        var template = await (await Admin.Get("/api/v1/templates/customers")).Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal((1, 0, 0), Counts(await (await Import(template)).Json()));
        Assert.Equal((1, 0, 0), Counts(await (await Import(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("id,name,numbers\nc-5,王芳,13700000005\n"))).Json()));
        Assert.StartsWith("王芳", await Customer("c-5"), StringComparison.Ordinal);
    }

    private async Task<string> Customer(string id)
    {
        var c = (await Api.People.Find(A.Acme, new Domain.Customers.CustomerId(id), Stop))!;
        return $"{c.Name} {c.Level.ToString().ToLowerInvariant()} {string.Join(',', c.Numbers)} {c.Note} {string.Join(',', c.Fields.Select(f => $"{f.Name}={f.Value}"))}";
    }

    private static (int, int, int) Counts(JsonElement answer) => (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("unchanged").GetInt32());

    private Task<HttpResponseMessage> Import(string table) => Import(Encoding.UTF8.GetBytes(table));

    private async Task<HttpResponseMessage> Import(byte[] table, string query = "")
    {
        using var body = new ByteArrayContent(table) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return await Admin.PostAsync(new Uri("/api/v1/customers/import" + query, UriKind.Relative), body, Stop);
    }
}
