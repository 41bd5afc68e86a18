using System.Net.Http.Headers;
using System.Text;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Tests.Tables;

public sealed class AgentImportTests : AdminTests
{
    private const string Header = "id,name,user,extension,queues,afterCallSeconds,autoSignIn,password\n";
    [Fact]
    public async Task A_table_makes_agents_with_their_extensions_and_leading_zeros_stay()
    {
        var answer = await (await Import(Header + "li,李雷,qa,0801,sales,30,yes,a phone's password\n")).Json();
        Assert.Equal(1, answer.GetProperty("made").GetInt32());
        var agent = (await Api.Store.Find<AgentSettings>(A.Acme, "li", Stop))!;
        Assert.Equal(("李雷", "qa", "0801", 30, true), (agent.Name, agent.User, agent.Extension, agent.AfterCallSeconds, agent.AutoSignIn));
        Assert.Equal([new QueueRef(A.Acme, A.Sales)], agent.Queues);
        var extension = (await Api.Store.Find<ExtensionSettings>(A.Acme, "0801", Stop))!;
        Assert.Equal((agent.Agent, DigestHash.Md5("0801", "acme.localhost", "a phone's password")), (extension.Agent!.Value, extension.Ha1Md5));
    }

    [Fact]
    public async Task A_table_that_says_what_is_there_already_changes_nothing_and_columns_left_out_keep_their_values()
    {
        var before = Api.Store.Snapshot(A.Acme);
        var answer = await (await Import("id,name,user,extension\nagent1001,agent1001,agent1001,1001\n")).Json();
        Assert.Equal((0, 0, 1), (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("unchanged").GetInt32()));
        Assert.Equal(before, Api.Store.Snapshot(A.Acme));
    }

    [Fact]
    public async Task Two_agents_may_change_places_and_an_extension_that_is_left_is_nobodys()
    {
        await Import("id,name,user,extension\nagent1001,One,agent1001,1002\nagent1002,Two,agent1002,1001\n");
        Assert.Equal("agent1002", (await Api.Store.Find<ExtensionSettings>(A.Acme, "1001", Stop))!.Agent?.Value);
        await Import("id,name,user,extension,password\nagent1001,One,agent1001,1003,a long password\n");
        Assert.Null((await Api.Store.Find<ExtensionSettings>(A.Acme, "1002", Stop))!.Agent);
    }

    [Fact]
    public async Task A_check_tells_what_would_be_done_and_does_nothing()
    {
        var before = Api.Store.Snapshot(A.Acme);
        var answer = await (await Import(Header + "li,李雷,qa,0801,,,,a long password\nagent1001,Other,agent1001,1001,,,,\n", "?check=true")).Json();
        Assert.Equal((1, 1), (answer.GetProperty("made").GetInt32(), answer.GetProperty("changed").GetInt32()));
        Assert.Equal(before, Api.Store.Snapshot(A.Acme));
        Assert.Equal(["check"], await (await Import(Header, "?check=perhaps")).Wrong());
    }

    [Fact]
    public async Task A_faulty_table_is_refused_whole_with_every_fault_by_row_and_column()
    {
        var before = Api.Store.Snapshot(A.Acme);
        var faults = await (await Import(Header + "Bad Id,x,qa,0801,nowhere,soon,perhaps,short\ngood,Good,nobody,1001,sales,9999,no,\ngood,Twice,qa,1001,,,,\nnew,New,qa,0900,,,,\n")).Wrong();
        Assert.Equal(["rows[2].afterCallSeconds", "rows[2].autoSignIn", "rows[2].id", "rows[2].password", "rows[2].queues", "rows[3].afterCallSeconds", "rows[3].extension", "rows[3].user", "rows[4].extension", "rows[4].id", "rows[5].password"], faults.Order(StringComparer.Ordinal));
        Assert.Equal(before, Api.Store.Snapshot(A.Acme));
    }

    [Fact]
    public async Task Staff_numbers_come_by_a_column_change_places_and_are_one_agents_only()
    {
        const string Numbers = "id,name,user,extension,staffNumber\n";
        await Import(Numbers + "agent1001,One,agent1001,1001,8001\nagent1002,Two,agent1002,1002,b7\n");
        await Import(Numbers + "agent1001,One,agent1001,1001,B7\nagent1002,Two,agent1002,1002,8001\n");
        Assert.Equal(("B7", "8001"), ((await Api.Store.Find<AgentSettings>(A.Acme, "agent1001", Stop))!.StaffNumber, (await Api.Store.Find<AgentSettings>(A.Acme, "agent1002", Stop))!.StaffNumber));
        Assert.Equal(["rows[2].staffNumber"], await (await Import(Numbers + "agent1001,One,agent1001,1001,8001\n")).Wrong());
        Assert.Equal(["rows[2].staffNumber", "rows[3].staffNumber"], (await (await Import(Numbers + "agent1001,One,agent1001,1001,8-1\nagent1002,Two,agent1002,1002,8-1\n")).Wrong()).Distinct().Order(StringComparer.Ordinal));
        var exported = await (await Admin.Get("/api/v1/exports/agents")).Content.ReadAsStringAsync(Stop);
        Assert.Contains("staffNumber", exported, StringComparison.Ordinal);
        Assert.Contains(",B7", exported, StringComparison.Ordinal);
        await Import(Numbers + "agent1001,One,agent1001,1001,\n");
        Assert.Null((await Api.Store.Find<AgentSettings>(A.Acme, "agent1001", Stop))!.StaffNumber);
    }

    private async Task<HttpResponseMessage> Import(string table, string query = "")
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(table)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return await Admin.PostAsync(new Uri("/api/v1/agents/import" + query, UriKind.Relative), body, Stop);
    }
}
