using CallCenter.Domain.Teams;

namespace CallCenter.Api.Tests.Teams;

/// <summary>Reasons, breaks beyond a quota, and raised hands, as people ask for them.</summary>
public sealed class ReasonTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_presence_takes_a_reason_of_the_list_and_any_word_while_there_is_none()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(HttpStatusCode.OK, (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "break", reason = "tea" })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await admin.Put("/api/v1/reasons", new { reasons = new[] { new { code = "lunch", zh = "用餐", en = "Lunch", @for = "break", allowanceMinutes = 60 } } })).StatusCode);
        Assert.Equal("lunch", (await (await agent.Get("/api/v1/reasons")).Json()).GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal(["reason"], await (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "break", reason = "tea" })).Wrong());
        Assert.Equal(["reason"], await (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "notReady", reason = "lunch" })).Wrong());
        Assert.Equal(HttpStatusCode.OK, (await agent.Put("/api/v1/agents/agent1001/presence", new { presence = "break", reason = "lunch" })).StatusCode);
        using var globex = await api.SignedIn(A.Globex, "admin");
        Assert.Empty((await (await globex.Get("/api/v1/reasons")).Json()).GetProperty("reasons").EnumerateArray());
    }

    [Fact]
    public async Task Every_fault_of_the_list_is_named()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["reasons[0].code", "reasons[0].en", "reasons[1].allowanceMinutes", "reasons[2].code", "reasons[2].for"], await (await admin.Put("/api/v1/reasons", new
        {
            reasons = new object[] { new { code = "Not an id", zh = "一" }, new { code = "a", zh = "二", en = "b", @for = "notReady", allowanceMinutes = 5 }, new { code = "a", zh = "三", en = "c", @for = "available" } },
        })).Wrong());
    }

    [Fact]
    public async Task Beyond_the_quota_a_break_waits_with_its_place_and_who_leads_lets_go_whom_they_will()
    {
        api.Store.Add(new TeamSettings(A.Acme, "day", "Day", [], [new("agent1001"), new("agent1002")], BreakQuota: 1));
        using var one = await api.SignedIn(A.Acme, "agent1001");
        using var two = await api.SignedIn(A.Acme, "agent1002");
        using var duty = await api.SignedIn(A.Acme, "supervisor");
        Assert.Equal("break", (await (await one.Put("/api/v1/agents/agent1001/presence", new { presence = "break", reason = "tea" })).Json()).GetProperty("presence").GetString());
        var waits = (await (await two.Put("/api/v1/agents/agent1002/presence", new { presence = "break", reason = "tea" })).Json());
        Assert.Equal(("signedOut", "waits", 1), (waits.GetProperty("presence").GetString(), waits.GetProperty("break").GetProperty("state").GetString(), waits.GetProperty("break").GetProperty("place").GetInt32()));
        Assert.Equal(HttpStatusCode.Forbidden, (await two.Post("/api/v1/agents/agent1002/presence/first", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await duty.Post("/api/v1/agents/agent1002/presence/first", new { })).StatusCode);
        Assert.NotEqual(JsonValueKind.Null, (await (await duty.Get("/api/v1/agents/agent1002/presence")).Json()).GetProperty("break").GetProperty("first").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, (await duty.Post("/api/v1/agents/agent1001/presence/first", new { })).StatusCode);
        Assert.Equal("break", (await (await duty.Put("/api/v1/agents/agent1002/presence", new { presence = "break", reason = "tea" })).Json()).GetProperty("presence").GetString());
    }

    [Fact]
    public async Task A_hand_is_raised_in_the_own_call_and_lowered()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["call"], await (await agent.Post("/api/v1/me/help", new { })).Wrong());
        Assert.Equal(HttpStatusCode.Conflict, (await agent.Post("/api/v1/me/help", new { call = "another" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/api/v1/me/help", new { call = A.CallOf(A.Acme) })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await agent.Post("/api/v1/me/help", new { call = A.CallOf(A.Acme) })).StatusCode);
        Assert.Equal(JsonValueKind.String, (await (await admin.Get("/api/v1/agents/agent1001/presence")).Json()).GetProperty("helpSince").ValueKind);
        Assert.Equal(HttpStatusCode.NoContent, (await agent.Delete("/api/v1/me/help")).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await (await admin.Get("/api/v1/agents/agent1001/presence")).Json()).GetProperty("helpSince").ValueKind);
    }
}
