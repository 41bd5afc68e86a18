using CallCenter.Contracts.Access;

namespace CallCenter.Api.Tests.Operator;

/// <summary>An agent of the operator: set by the operator, seen by the firms that it serves, and in a firm only for a call of its own.</summary>
public sealed class OperatorAgentTests : IAsyncLifetime
{
    private const string Own = "call-two";
    private static readonly AgentRef Jane = new(TenantId.Operator, new("jane"));
    private static readonly Contact Acmes = new(A.Acme, new(Own)), Globexs = new(A.Globex, new(Own + "-globex"));
    private RunningApi api = null!;
    private HttpClient jane = null!, boss = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Store.Add(new UserAccount(TenantId.Operator, "jane", "Jane", Role.OperatorAgent, A.Hash));
        foreach (var call in new[] { Acmes, Globexs }) api.Reports.Records.Add((call.Tenant, A.Call(call.Tenant) with { Id = call.Call, Agents = [Jane.In(call.Tenant)] }));
        boss = await api.SignedIn(TenantId.Operator, "operator");
        await Set(new { name = "Jane", queues = new[] { new { tenant = "acme", queue = "sales" } }, staffNumbers = new[] { new { tenant = "acme", number = "k7" } } });
        jane = await api.SignedIn(TenantId.Operator, "jane");
    }

    public async ValueTask DisposeAsync()
    {
        jane.Dispose();
        boss.Dispose();
        await api.DisposeAsync();
    }

    private async Task Set(object members) => Assert.True((await boss.Put("/api/v1/operator/agents/jane", members)).IsSuccessStatusCode);

    private void Has(Contact? contact, AgentWork work = AgentWork.Talking, LeftContact? left = null) => api.Grains.Turns(Jane, contact is null ? AgentWork.Idle : work, contact, left);

    private static Task<HttpResponseMessage> Get(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<HttpStatusCode> Status(string path) => (await Get(jane, path)).StatusCode;

    private Task<HttpResponseMessage> Post(string path, object body) => jane.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_operator_sets_it_with_queues_and_a_staff_number_of_each_firm()
    {
        var shown = await (await Get(boss, "/api/v1/operator/agents/jane")).Json();
        Assert.Equal(("jane", "acme", "K7"), (shown.GetProperty("user").GetString(), shown.GetProperty("queues")[0].GetProperty("tenant").GetString(), shown.GetProperty("staffNumbers")[0].GetProperty("number").GetString()));
        await Set(new { queues = new[] { new { tenant = "globex", queue = "sales" } } });
        Assert.Empty((await (await Get(boss, "/api/v1/operator/agents/jane")).Json()).GetProperty("staffNumbers").EnumerateArray()); // with the firm goes the number
        Assert.Equal(HttpStatusCode.NoContent, (await boss.DeleteAsync(new Uri("/api/v1/operator/agents/jane", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(boss, "/api/v1/operator/agents/jane")).StatusCode);
    }

    [Fact]
    public async Task Every_wrong_member_is_named()
    {
        api.Store.Add(A.Person(A.Acme, "agent1002", "1002") with { StaffNumber = "77" });
        await Set(new { queues = new[] { new { tenant = "acme", queue = "sales" } } });
        var answer = await boss.Put("/api/v1/operator/agents/joe", new
        {
            user = "nobody", maxMisses = 0, queues = new[] { new { tenant = "acme", queue = "sales" }, new { tenant = "acme", queue = "none" }, new { tenant = "initech", queue = "sales" } },
            staffNumbers = new[] { new { tenant = "acme", number = "77" }, new { tenant = "globex", number = "1" }, new { tenant = "acme", number = "K7" } },
        });
        Assert.Equal(["maxMisses", "queues[1]", "queues[2]", "staffNumbers[0].number", "staffNumbers[1].tenant", "staffNumbers[2].number", "staffNumbers[2].tenant", "user"], await answer.Wrong());
        Assert.Equal(HttpStatusCode.BadRequest, (await boss.Put("/api/v1/operator/agents/joe", """{"queues":[{}],"staffNumbers":[{}]}""")).StatusCode);
    }

    [Fact]
    public async Task A_firm_sees_who_serves_it_and_changes_nothing_of_them()
    {
        await Set(new { queues = new[] { new { tenant = "acme", queue = "sales" }, new { tenant = "globex", queue = "only-globex" } } });
        using var admin = await api.SignedIn(A.Acme, "admin");
        var text = await (await Get(admin, "/api/v1/operator-agents")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("jane@operator", text, StringComparison.Ordinal);
        Assert.Contains("K7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("globex", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get(admin, "/api/v1/operator/agents")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Put("/api/v1/operator/agents/jane", new { name = "X" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Put("/api/v1/agents/jane@operator", new { name = "X" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Put("/api/v1/agents/jane@operator/presence", new { presence = "signedOut" })).StatusCode);
        Assert.Contains("staffNumber", await (await admin.Put("/api/v1/agents/agent1001", new { staffNumber = "k7" })).Wrong());
        Assert.Equal(HttpStatusCode.Accepted, (await admin.PostAsJsonAsync($"/api/v1/calls/{A.CallOf(A.Acme)}/leave", new { agent = "jane@operator" }, TestContext.Current.CancellationToken)).StatusCode); // whose call it is, though
        Assert.Equal(new AgentId("jane@operator"), Assert.IsType<LeaveCall>(api.Grains.Commands[^1]).For);
        await Set(new { queues = new[] { new { tenant = "globex", queue = "only-globex" } } });
        Assert.DoesNotContain("jane", await (await Get(admin, "/api/v1/operator-agents")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_home_it_has_itself_only()
    {
        Assert.Equal("jane", (await (await Get(jane, "/api/v1/session")).Json()).GetProperty("agent").GetString());
        Assert.Equal(HttpStatusCode.OK, await Status("/api/v1/agents/jane/presence"));
        Assert.Equal(HttpStatusCode.OK, await Status("/api/v1/me/station"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status("/api/v1/agents/joe"));
        foreach (var path in new[] { "operator/agents", "operator/tenants", "users", "recordings", "agents", "queues" }) Assert.Equal(HttpStatusCode.Forbidden, await Status($"/api/v1/{path}"));
        using var elsewhere = await api.SignedIn(TenantId.Operator, "jane", host: "acme.localhost");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(elsewhere, "/api/v1/session")).StatusCode);
    }

    [Theory, InlineData(AgentWork.Offered), InlineData(AgentWork.Talking), InlineData(AgentWork.AfterCall)]
    public async Task With_a_call_it_is_in_that_firm(AgentWork work)
    {
        Has(Acmes, work);
        Assert.Equal(HttpStatusCode.OK, await Status($"/api/v1/calls/{Own}"));
        Assert.Equal(HttpStatusCode.OK, await Status($"/api/v1/call-types?call={Own}"));
        var customer = await (await Get(jane, $"/api/v1/calls/{Own}/customer")).Json();
        Assert.Equal(("only-acme", "138****8000"), (customer.GetProperty("customer").GetProperty("id").GetString(), customer.GetProperty("number").GetString()![^11..]));
        Assert.Equal(HttpStatusCode.OK, await Status($"/api/v1/customers/only-acme?call={Own}"));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"/api/v1/customers/only-globex?call={Own}"));
        Assert.DoesNotContain("only-globex", await (await Get(jane, $"/api/v1/customers?call={Own}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await Status($"/api/v1/recordings?call={Own}"));
    }

    [Fact]
    public async Task Of_another_firm_and_of_other_calls_it_has_nothing()
    {
        Has(Acmes);
        foreach (var path in new[] { $"calls/{Globexs.Call}", $"calls/{Globexs.Call}/summary", $"calls/{Globexs.Call}/live", $"calls/{A.CallOf(A.Acme)}", $"calls/{A.CallOf(A.Globex)}/customer", $"customers?call={Globexs.Call}", $"me/summaries/missing?call={A.CallOf(A.Acme)}" })
            Assert.Equal(HttpStatusCode.NotFound, await Status($"/api/v1/{path}"));
        foreach (var path in new[] { $"me/offers/{Globexs.Call}/1/answer", $"calls/{Globexs.Call}/hold", $"calls/{A.CallOf(A.Acme)}/transfer", $"calls/{Globexs.Call}/marks" })
            Assert.Equal(HttpStatusCode.NotFound, (await Post($"/api/v1/{path}", new { })).StatusCode);
        foreach (var path in new[] { "customers", "calls", "call-types", "cti", "directory/agents", "customers?call=", "customers?call=x%20y" }) Assert.Equal(["call"], await (await Get(jane, $"/api/v1/{path}")).Wrong());
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/api/v1/calls", new { to = new { number = "13800138000" } })).StatusCode);
        Assert.Empty(api.Grains.Commands);
        Has(null);
        Assert.Equal(HttpStatusCode.NotFound, await Status($"/api/v1/customers?call={Own}"));
    }

    [Fact]
    public async Task It_writes_its_summary_of_the_last_call_while_it_has_the_next_firms_and_half_an_hour_long()
    {
        Has(Globexs, left: new(Acmes, A.Noon));
        Assert.Equal(HttpStatusCode.OK, (await jane.Put($"/api/v1/calls/{Own}/summary", new { note = "rings back", final = true })).StatusCode);
        var summary = Assert.Single((await api.People.Of(A.Acme, Acmes.Call, TestContext.Current.CancellationToken)).AsEnumerable());
        Assert.Equal((A.Acme, "jane@operator", "rings back"), (summary.Owner, summary.Agent.Value, summary.Note));
        Assert.Equal(HttpStatusCode.OK, await Status($"/api/v1/customers/only-acme?call={Own}"));
        Assert.Equal(HttpStatusCode.OK, await Status($"/api/v1/customers/only-globex?call={Globexs.Call}"));
        api.Clock.Move(TimeSpan.FromMinutes(31));
        jane = await api.SignedIn(TenantId.Operator, "jane");
        Assert.Equal(HttpStatusCode.NotFound, await Status($"/api/v1/calls/{Own}/summary"));
        Has(null, left: new(Globexs, api.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.NotFound, await Status($"/api/v1/calls/{Globexs.Call}")); // it does not serve globex any more
    }

    [Fact]
    public async Task What_it_asks_of_a_call_it_asks_under_the_name_that_the_firm_knows()
    {
        var talks = new Contact(A.Acme, new(A.CallOf(A.Acme)));
        Has(talks, AgentWork.Offered);
        Assert.Equal(HttpStatusCode.NoContent, (await Post($"/api/v1/me/offers/{talks.Call}/3/answer", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Post($"/api/v1/calls/{talks.Call}/hold", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Post($"/api/v1/calls?call={talks.Call}", new { to = new { number = "13800138000" } })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Post($"/api/v1/me/help?call={talks.Call}", new { call = talks.Call })).StatusCode);
        Assert.All(api.Grains.Commands, command => Assert.Equal(new AgentId("jane@operator"), command.By.Agent));
        Assert.Equal(3, api.Grains.Commands.Count);
        Assert.Contains(api.Grains.Asked, grain => grain.StartsWith("ICallGrain acme/", StringComparison.Ordinal) && grain.EndsWith("for acme", StringComparison.Ordinal));
        Assert.DoesNotContain(api.Grains.Asked, grain => grain.StartsWith("ICallGrain operator/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_of_the_firm_who_is_called_alike_is_somebody_else()
    {
        api.Store.Add(new UserAccount(A.Acme, "jane", "Jane", Role.Agent, A.Hash), A.Person(A.Acme, "jane", "1009"));
        var talks = new Contact(A.Acme, new(A.CallOf(A.Acme)));
        Has(talks);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post($"/api/v1/calls/{talks.Call}/hold", new { agent = "jane" })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Post($"/api/v1/calls/{talks.Call}/hold", new { agent = "jane@operator" })).StatusCode);
        Assert.Equal(new AgentId("jane@operator"), Assert.Single(api.Grains.Commands).By.Agent);
        api.Reports.Records.Add((A.Acme, A.Call(A.Acme) with { Id = new("call-of-the-other"), Agents = [new("jane")] }));
        Has(new(A.Acme, new("call-of-the-other")), left: new(talks, A.Noon)); // whatever it once had to do with that call
        Assert.Equal(HttpStatusCode.NotFound, await Status("/api/v1/calls/call-of-the-other"));
    }

    [Fact]
    public async Task What_it_changes_in_a_firm_stands_in_both_logs_under_its_own_name()
    {
        Has(Acmes);
        Assert.Equal(HttpStatusCode.OK, (await jane.Put($"/api/v1/customers/only-acme?call={Own}", new { note = "new" })).StatusCode);
        Assert.Equal("new", (await api.People.Find(A.Acme, new CallCenter.Domain.Customers.CustomerId("only-acme"), TestContext.Current.CancellationToken))!.Note);
        Assert.Equal(TenantId.Operator, api.People.LastAuthor!.Owner);
    }
}
