namespace CallCenter.Api.Tests.Customers;

public sealed class CustomerTests : IAsyncLifetime
{
    private const string Path = "/api/v1/customers", Known = Path + "/only-acme";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static string OfCall(string what = "customer") => $"/api/v1/calls/{A.CallOf(A.Acme)}/{what}";

    private static string[] Numbers(JsonElement customer) => [.. customer.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()!)];

    [Fact]
    public async Task An_agent_makes_finds_and_changes_a_customer_and_may_neither_remove_nor_take_away_all()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1002");
        var answer = await agent.Post(Path, new { name = "韩梅梅", numbers = new[] { "139 0013 9000" }, level = "diamond", fields = new[] { new { name = "城市", value = "北京" } } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = (await answer.Json()).GetProperty("id").GetString();
        Assert.Equal(id, (await (await agent.Get(Path + "?search=%E6%A2%85")).Json()).GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(id, (await (await agent.Get(Path + "?search=13900139000")).Json()).GetProperty("items")[0].GetProperty("id").GetString());
        var changed = await agent.Put($"{Path}/{id}", new { note = "两个孩子" }, ifMatch: "\"1\"");
        var now = await changed.Json();
        Assert.Equal(("两个孩子", "diamond"), (now.GetProperty("note").GetString(), now.GetProperty("level").GetString()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await agent.Put($"{Path}/{id}", new { note = "late" }, ifMatch: "\"1\"")).StatusCode);
        foreach (var forbidden in new[] { await agent.Delete($"{Path}/{id}"), await agent.Get("/api/v1/exports/customers"), await agent.Get($"{Path}/{id}/person") }) Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"{Path}/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Delete($"{Path}/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_number_is_masked_for_who_sees_none_and_stays_when_it_is_sent_back_masked()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(["138****8000"], Numbers(await (await agent.Get(Known)).Json()));
        Assert.Equal("138****8000", (await (await agent.Get(Path)).Json()).GetProperty("items")[0].GetProperty("numbers")[0].GetString());
        var changed = await agent.Put(Known, new { name = "李雷雷", numbers = new[] { "138****8000", "010-12345678" } });
        Assert.Equal(["138****8000", "010*****5678"], Numbers(await changed.Json()));
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["13800138000", "010-12345678"], Numbers(await (await admin.Get(Known)).Json()));
        Assert.Equal(["numbers[0]"], await (await agent.Put(Known, new { numbers = new[] { "139****8000" } })).Wrong()); // a mask of nothing that is there
    }

    [Fact]
    public async Task Every_fault_of_a_customer_is_told_at_once_and_a_taken_number_names_its_holder()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        var faults = await (await agent.Post(Path, new { name = "", numbers = new[] { "none", "13800138000", "+8613800138000" }, note = new string('x', 2001), fields = new[] { new { name = "", value = "x" } } })).Wrong();
        Assert.Equal(["fields[0].name", "name", "note", "numbers[0]", "numbers[2]"], faults);
        Assert.Equal(["colour", "level"], await (await agent.Post(Path, new { name = "x", level = "platinum", colour = "red" })).Wrong());
        Assert.Equal(["name"], await (await agent.Post(Path, """{"name":"a\u0000b"}""".AsJson())).Wrong());
        var taken = await agent.Post(Path, new { name = "x", numbers = new[] { "+86 138 0013 8000" } });
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains("only-acme", (await taken.Json()).GetProperty("errors").GetProperty("numbers[0]")[0].GetString(), StringComparison.Ordinal);
        foreach (var hostile in new[] { "<script>alert(1)</script>", "'; drop table customers; --", "😀𠮷", "=cmd|' /c calc'!A1" })
            Assert.Equal(hostile, (await (await agent.Put(Known, new { name = hostile, note = hostile })).Json()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_found_by_id_number_or_call()
    {
        using var globex = await api.SignedIn(A.Globex, "admin");
        foreach (var path in new[] { Known, Known + "/history", Known + "/person", OfCall(), OfCall("summary"), OfCall("summaries"), OfCall("script") }) Assert.Equal(HttpStatusCode.NotFound, (await globex.Get(path)).StatusCode);
        var found = (await (await globex.Get(Path + "?search=13800138000")).Json()).GetProperty("items");
        Assert.Equal("only-globex", Assert.Single(found.EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(["customer"], await (await globex.Put($"/api/v1/calls/{A.CallOf(A.Globex)}/customer", new { customer = "only-acme" })).Wrong());
        Assert.Equal(HttpStatusCode.NotFound, (await globex.Delete(Known)).StatusCode);
    }

    [Fact]
    public async Task Who_has_a_part_in_a_call_sees_its_customer_without_the_number_and_nobody_else_does()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        var shown = await (await agent.Get(OfCall())).Json();
        Assert.Equal(("李雷", "+86138****8000", 1, "agent1001"), (shown.GetProperty("customer").GetProperty("name").GetString(), shown.GetProperty("number").GetString(), shown.GetProperty("calls").GetInt32(), shown.GetProperty("lastAgent").GetString()));
        using var stranger = await api.SignedIn(A.Acme, "agent1002");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(OfCall())).StatusCode);
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        Assert.Equal("+8613800138000", (await (await supervisor.Get(OfCall())).Json()).GetProperty("number").GetString());
    }

    [Fact]
    public async Task An_agent_makes_a_customer_of_a_call_whose_number_it_does_not_see_or_gives_it_to_one_who_is_there()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        await admin.Delete(Known);
        var made = await (await agent.Post(OfCall(), new { name = "李雷", level = "silver" })).Json();
        Assert.Equal(["+86138****8000"], Numbers(made));
        Assert.Equal(HttpStatusCode.Conflict, (await agent.Post(OfCall(), new { name = "again" })).StatusCode);
        await admin.Delete($"{Path}/{made.GetProperty("id").GetString()}");
        await admin.Put($"{Path}/c-7", new { name = "家", numbers = new[] { "010-12345678" } });
        Assert.Equal(["010*****5678", "+86138****8000"], Numbers(await (await agent.Put(OfCall(), new { customer = "c-7" })).Json()));
    }

    [Fact]
    public async Task A_person_is_handed_out_whole_with_a_right_and_into_the_log()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        await agent.Put(OfCall("summary"), new { note = "冰箱坏了" });
        using var admin = await api.SignedIn(A.Acme, "admin");
        var answer = await admin.Get(Known + "/person");
        var person = await answer.Json();
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(("李雷", "13800138000"), (person.GetProperty("customer").GetProperty("name").GetString(), person.GetProperty("customer").GetProperty("numbers")[0].GetString()));
        var call = Assert.Single(person.GetProperty("calls").EnumerateArray());
        Assert.Equal((A.CallOf(A.Acme), "冰箱坏了"), (call.GetProperty("call").GetProperty("id").GetString(), call.GetProperty("summaries")[0].GetProperty("note").GetString()));
        Assert.Contains("Exported admin only-acme person", api.Access.Done(A.Acme));
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/api/v1/erasures", new { customer = "only-acme" })).StatusCode);
        Assert.Equal((A.Acme, "only-acme", "admin"), api.Reports.Erasures[^1]);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/api/v1/erasures", new { customer = "nobody" })).StatusCode);
    }
}

internal static class RawJson
{
    /// <summary>As it stands.</summary>
    public static JsonElement AsJson(this string text) => JsonDocument.Parse(text).RootElement;
}
