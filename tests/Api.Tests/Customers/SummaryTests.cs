namespace CallCenter.Api.Tests.Customers;

public sealed class SummaryTests : IAsyncLifetime
{
    private static readonly string Call = $"/api/v1/calls/{A.CallOf(A.Acme)}";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        await admin.Put("/api/v1/call-types", new
        {
            types = new object[] { new { id = "repair", name = "报修", mandatory = Array.Empty<string>() }, new { id = "fridge", name = "冰箱", parent = "repair", mandatory = new[] { "result", "serial" } } },
            results = new[] { new { id = "solved", name = "已解决" } },
            fields = new[] { new { id = "serial", name = "序列号", choices = Array.Empty<string>() } },
        });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static string? Text(JsonElement answer, string member) => answer.GetProperty(member).GetString();

    [Fact]
    public async Task A_draft_is_kept_as_it_grows_and_a_final_one_needs_what_its_type_demands_and_ends_the_after_call_work()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        var nothing = await (await agent.Get(Call + "/summary")).Json();
        Assert.Equal((1, JsonValueKind.Null), (nothing.GetProperty("typesVersion").GetInt32(), nothing.GetProperty("at").ValueKind));
        Assert.Equal(HttpStatusCode.OK, (await agent.Put(Call + "/summary", new { callType = "fridge", note = "坏了" })).StatusCode);
        Assert.Equal(["fields.serial", "result"], await (await agent.Put(Call + "/summary", new { final = true })).Wrong());
        Assert.Equal(1, (await (await agent.Get("/api/v1/me/summaries/missing")).Json()).GetProperty("count").GetInt32());
        var final = await (await agent.Put(Call + "/summary", new { result = "solved", fields = new[] { new { field = "serial", value = "4711" } }, final = true })).Json();
        Assert.Equal(("坏了", "冰箱", true), (Text(final, "note"), final.GetProperty("path")[1].GetString(), final.GetProperty("final").GetBoolean()));
        Assert.Equal($"done with {A.CallOf(A.Acme)}", (await (await agent.Get("/api/v1/agents/agent1001/presence")).Json()).GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await agent.Put(Call + "/summary", new { note = "a draft that comes late" })).StatusCode);
        Assert.Equal(0, (await (await agent.Get("/api/v1/me/summaries/missing")).Json()).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Whoever_takes_the_call_over_begins_with_what_was_written_and_writes_its_own()
    {
        using var first = await api.SignedIn(A.Acme, "agent1001");
        await first.Put(Call + "/summary", new { callType = "fridge", note = "half filled" });
        using var second = await api.SignedIn(A.Acme, "agent1002");
        Assert.Equal(HttpStatusCode.NotFound, (await second.Get(Call + "/summary")).StatusCode); // it has no part in it yet
        Assert.Equal(HttpStatusCode.NotFound, (await second.Put(Call + "/summary", new { note = "x" })).StatusCode);
        api.Reports.Records[0] = (A.Acme, api.Reports.Records[0].Call with { Agents = [new("agent1001"), new("agent1002")] });
        var taken = await (await second.Get(Call + "/summary")).Json();
        Assert.Equal(("half filled", "agent1001", "agent1002"), (Text(taken, "note"), Text(taken, "from"), Text(taken, "agent")));
        await second.Put(Call + "/summary", new { callType = "fridge", note = "half filled, and more" });
        Assert.Equal("half filled", Text(await (await first.Get(Call + "/summary")).Json(), "note"));
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(2, (await (await qa.Get(Call + "/summaries")).Json()).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, (await qa.Put(Call + "/summary", new { note = "x" })).StatusCode);
    }

    [Fact]
    public async Task A_summary_keeps_the_version_it_was_made_with_though_the_tree_changes()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        await agent.Put(Call + "/summary", new { callType = "fridge", note = "坏了" });
        using var admin = await api.SignedIn(A.Acme, "admin");
        await admin.Put("/api/v1/call-types", new { types = new[] { new { id = "other", name = "其他", mandatory = Array.Empty<string>() } } });
        var kept = await (await agent.Get(Call + "/summary")).Json();
        Assert.Equal((1, "报修"), (kept.GetProperty("typesVersion").GetInt32(), kept.GetProperty("path")[0].GetString()));
        Assert.Equal(HttpStatusCode.OK, (await agent.Put(Call + "/summary", new { note = "noch einmal" })).StatusCode); // still by version 1
        Assert.Equal(["callType"], await (await agent.Put(Call + "/summary", new { typesVersion = 2 })).Wrong());
        Assert.Equal(["typesVersion"], await (await agent.Put(Call + "/summary", new { typesVersion = 9 })).Wrong());
        Assert.Equal("fridge", (await (await agent.Get("/api/v1/call-types?version=1")).Json()).GetProperty("types")[1].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Get("/api/v1/call-types?version=7")).StatusCode);
        Assert.Equal(["version"], await (await agent.Get("/api/v1/call-types?version=x")).Wrong());
    }

    [Fact]
    public async Task A_note_has_two_thousand_characters_and_a_tree_is_refused_by_its_fields()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(HttpStatusCode.OK, (await agent.Put(Call + "/summary", new { note = new string('字', 2_000) })).StatusCode);
        Assert.Equal(["fields[0].field", "note", "result"], await (await agent.Put(Call + "/summary", new { note = new string('字', 2_001), result = "x", fields = new[] { new { field = "x", value = "y" } } })).Wrong());
        using var admin = await api.SignedIn(A.Acme, "admin");
        var wrong = await (await admin.Put("/api/v1/call-types", new { types = new[] { new { id = "Bad", name = "", parent = "nowhere", mandatory = new[] { "x" } } } })).Wrong();
        Assert.Equal(["types[0].id", "types[0].mandatory", "types[0].name", "types[0].parent"], wrong);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Put("/api/v1/call-types", new { })).StatusCode);
    }

    [Fact]
    public async Task A_threat_brings_the_first_free_leader_in_who_only_listens_and_a_nuisance_nobody()
    {
        api.Store.Add(new UserAccount(A.Acme, "leader", "Leader", Role.TeamLeader, A.Hash), A.Person(A.Acme, "leader", "2001"), A.Person(A.Acme, "absent", "2002") with { User = "supervisor" });
        using var leader = await api.SignedIn(A.Acme, "leader");
        await leader.Put("/api/v1/agents/leader/presence", new { presence = "available" });
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(["mark"], await (await agent.Post(Call + "/marks", new { })).Wrong());
        Assert.Equal(JsonValueKind.Null, (await (await agent.Post(Call + "/marks", new { mark = "nuisance" })).Json()).GetProperty("leader").ValueKind);
        Assert.Empty(api.Grains.Commands);
        Assert.Equal("leader", Text(await (await agent.Post(Call + "/marks", new { mark = "threat" })).Json(), "leader"));
        var listen = Assert.IsType<Listen>(Assert.Single(api.Grains.Commands));
        Assert.Equal(("leader", "agent1001", ListenMode.Monitor), (listen.By.Agent?.Value, listen.With.Value, listen.Mode));
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(["nuisance", "threat"], (await (await qa.Get(Call + "/marks")).Json()).GetProperty("items").EnumerateArray().Select(mark => Text(mark, "mark")!));
        using var stranger = await api.SignedIn(A.Acme, "agent1002");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post(Call + "/marks", new { mark = "threat" })).StatusCode);
    }

    [Fact]
    public async Task A_call_has_the_card_of_its_queue_or_the_default()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Empty((await (await agent.Get(Call + "/script")).Json()).GetProperty("steps").EnumerateArray());
        await admin.Put("/api/v1/scripts/default", new { steps = new[] { new { step = "close", text = "再见" }, new { step = "greet", text = "您好" } } });
        Assert.Equal("您好", (await (await agent.Get(Call + "/script")).Json()).GetProperty("steps")[0].GetProperty("text").GetString());
        await admin.Put("/api/v1/scripts/sales", new { steps = new[] { new { step = "greet", text = "售前您好" } } });
        Assert.Equal("售前您好", (await (await agent.Get(Call + "/script")).Json()).GetProperty("steps")[0].GetProperty("text").GetString());
        Assert.Equal(["script"], await (await admin.Put("/api/v1/scripts/nowhere", new { })).Wrong());
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/scripts/sales")).StatusCode);
    }
}
