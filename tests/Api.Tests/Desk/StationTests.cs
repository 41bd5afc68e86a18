using CallCenter.Api.Tests.Live;
using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Tests.Desk;

/// <summary>An agent's station and its offers, by HTTP: everybody has to do with the own only.</summary>
public sealed class StationTests : IAsyncLifetime
{
    private const string Station = "/api/v1/me/station";
    private RunningApi api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private Task<HttpClient> Agent(TenantId? tenant = null, string user = "agent1001") => api.SignedIn(tenant ?? A.Acme, user);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Read(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    [Fact]
    public async Task A_browser_connects_restarts_hears_itself_and_leaves()
    {
        using var http = await Agent();
        var (created, answer) = await Read(http.PostAsJsonAsync($"{Station}/connections", new { client = "tab", sdp = "v=0 offer", take = false }, Stop));
        Assert.Equal((HttpStatusCode.Created, "conn-1", "v=0 answer"), (created, answer.GetProperty("connection").GetString(), answer.GetProperty("sdp").GetString()));
        api.Grains.Station("acme/1001").Connected("conn-1", "tab");
        var (_, station) = await Read(http.GetAsync(Station, Stop));
        Assert.Equal(("browser", "1001", true, "conn-1", "tab"), (station.GetProperty("kind").GetString(), station.GetProperty("extension").GetString(), station.GetProperty("connected").GetBoolean(), station.GetProperty("connection").GetString(), station.GetProperty("client").GetString()));
        Assert.Equal("v=0 again", (await Read(http.PostAsJsonAsync($"{Station}/connections/conn-1/sdp", new { sdp = "v=0 new" }, Stop))).Body.GetProperty("sdp").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await Read(http.PostAsJsonAsync($"{Station}/connections/conn-1/echo", new { on = true }, Stop))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Read(http.PostAsJsonAsync($"{Station}/connections/conn-1/echo", new { on = false }, Stop))).Status); // as the edge says
        Assert.Equal(HttpStatusCode.NoContent, (await Read(http.DeleteAsync($"{Station}/connections/conn-1", Stop))).Status);
        Assert.Equal(["open acme/1001 tab False", "restart acme/1001 conn-1", "echo acme/1001 conn-1 True", "echo acme/1001 conn-1 False", "close acme/1001 conn-1"], api.Grains.Paths.Asked);
    }

    [Fact]
    public async Task Another_browser_is_told_of_and_since_when()
    {
        using var http = await Agent();
        api.Grains.Paths.Next = new(PathRefusal.Taken, Since: A.Noon);
        var (status, problem) = await Read(http.PostAsJsonAsync($"{Station}/connections", new { client = "tab", sdp = "v=0" }, Stop));
        Assert.Equal((HttpStatusCode.Conflict, "taken", A.Noon), (status, problem.GetProperty("code").GetString(), problem.GetProperty("since").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_connection_that_is_not_the_own_is_not_there()
    {
        api.Grains.Station("acme/1001").Connected("conn-1", "tab");
        foreach (var (tenant, user) in new[] { (A.Acme, "agent1002"), (A.Globex, "agent1001") })
        {
            using var http = await Agent(tenant, user);
            Assert.Equal(HttpStatusCode.NotFound, (await Read(http.PostAsJsonAsync($"{Station}/connections/conn-1/sdp", new { sdp = "v=0" }, Stop))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Read(http.PostAsJsonAsync($"{Station}/connections/conn-1/echo", new { on = true }, Stop))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Read(http.DeleteAsync($"{Station}/connections/conn-1", Stop))).Status);
        }
        Assert.Empty(api.Grains.Paths.Asked);
    }

    [Fact]
    public async Task What_is_wrong_is_named_all_at_once()
    {
        using var http = await Agent();
        var (status, problem) = await Read(http.PostAsJsonAsync($"{Station}/connections", new { client = new string('x', 65), sdp = "" }, Stop));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["client", "sdp"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        Assert.True((await Read(http.PostAsJsonAsync($"{Station}/connections", new { client = "tab", sdp = "garbage" }, Stop))).Body.GetProperty("errors").TryGetProperty("sdp", out _));
        Assert.True((await Read(http.PostAsJsonAsync($"{Station}/connections", new { client = "tab", sdp = new string('v', 33_000) }, Stop))).Body.GetProperty("errors").TryGetProperty("sdp", out _));
        Assert.True((await Read(http.PutAsJsonAsync(Station, new { kind = "pigeon" }, Stop))).Body.GetProperty("errors").TryGetProperty("kind", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await Read((await api.SignedIn(A.Acme, "supervisor")).GetAsync(Station, Stop))).Status); // leads, and is no agent
        Assert.Equal(HttpStatusCode.Forbidden, (await Read((await api.SignedIn(A.Acme, "qa")).GetAsync(Station, Stop))).Status);
    }

    [Fact]
    public async Task Offers_are_shown_answered_and_rejected_in_the_own_name_only()
    {
        using var http = await Agent();
        foreach (var what in new[] { "shown", "answer", "reject" })
            Assert.Equal(HttpStatusCode.NoContent, (await Read(http.PostAsync(new Uri($"/api/v1/me/offers/{A.CallOf(A.Acme)}/7/{what}", UriKind.Relative), null, Stop))).Status);
        var by = new Asker(new("agent1001"), Leads: false);
        Assert.Equal([typeof(ShowOffer), typeof(AnswerOffer), typeof(RejectOffer)], api.Grains.Commands.Select(c => c.GetType()));
        Assert.All(api.Grains.Commands, c => Assert.Equal((by, null, 7L), (c.By, c.For, ((OfferCommand)c).Epoch)));
        Assert.Equal(HttpStatusCode.NotFound, (await Read(http.PostAsync(new Uri($"/api/v1/me/offers/{A.CallOf(A.Globex)}/7/answer", UriKind.Relative), null, Stop))).Status);
    }

    [Fact]
    public async Task The_desk_tells_an_agent_of_its_own_offers_masked_and_of_nobody_elses()
    {
        var call = new Contact(A.Acme, new(A.CallOf(A.Acme)));
        api.Personal.Values[Subject.Call(A.Acme, call.Call)] = [new(PersonalFields.CallerNumber, "13800138000", "+8613800138000")];
        await using var client = await LiveClient.Connect(api, A.Acme, "agent1001");
        var reading = await client.Watch(["desk"], "agent1001");
        var desk = (await reading.Batch()).GetProperty("snapshot").GetProperty("desk");
        Assert.Equal(0, desk.GetProperty("offers").GetArrayLength());
        var terms = new OfferTerms(A.Sales, TimeSpan.FromSeconds(15), true, 1);
        api.Facts.Commit(Subject.Agent(A.Acme, new("agent1002")), 1, new OfferMade(A.Noon, call, 3, A.Noon.AddSeconds(18), terms));
        api.Facts.Commit(Subject.Agent(A.Acme, new("agent1001")), 1, new OfferMade(A.Noon, call, 7, A.Noon.AddSeconds(18), terms));
        var offer = await reading.Event();
        Assert.Equal(("offer", "agent1001", A.CallOf(A.Acme), 7, "+86138****8000"), (Text(offer, "kind"), Text(offer, "agent"), Text(offer, "call"), offer.GetProperty("epoch").GetInt32(), Text(offer, "from")));
        Assert.Equal("sales", Text(offer.GetProperty("queue"), "id"));
        api.Facts.Commit(Subject.Call(A.Acme, call.Call), 4, new OfferAlerting(A.Noon, new("agent1001"), 7));
        Assert.Equal("ring", Text(await reading.Event(), "kind"));
        api.Facts.Commit(Subject.Agent(A.Acme, new("agent1001")), 2, new OfferTaken(A.Noon, call, 7));
        Assert.Equal(("offerGone", "answered"), await reading.Event() is var gone ? (Text(gone, "kind"), Text(gone, "why")) : default);
        api.Facts.Commit(Subject.Call(A.Acme, call.Call), 5, new AgentJoined(A.Noon, new("agent1001"), 7, new("agent")));
        Assert.Equal("talking", Text((await reading.Event()).GetProperty("state"), "phase"));
        api.Facts.Commit(Subject.Call(A.Acme, call.Call), 6, new AgentLeft(A.Noon, new("agent1001"), new("agent")));
        Assert.Equal(JsonValueKind.Null, (await reading.Event()).GetProperty("state").ValueKind);
    }

    [Fact]
    public async Task A_desk_is_seen_by_its_agent_alone()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "agent1001");
        Assert.EndsWith("forbidden", await (await client.Watch(["desk"])).End(), StringComparison.Ordinal);
        Assert.EndsWith("forbidden", await (await client.Watch(["desk"], "agent1002")).End(), StringComparison.Ordinal);
        foreach (var other in new[] { "admin", "supervisor" })
        {
            await using var leads = await LiveClient.Connect(api, A.Acme, other);
            Assert.EndsWith("forbidden", await (await leads.Watch(["desk"], "agent1001")).End(), StringComparison.Ordinal);
        }
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
