using CallCenter.Api.Tests.Live;
using CallCenter.Domain.Teams;

namespace CallCenter.Api.Tests.Teams;

/// <summary>What a team leader sees and may do: the own teams' agents, and nobody else's. Each test asks for both sides.</summary>
public sealed class TeamTests : IAsyncLifetime
{
    private RunningApi api = null!;
    private HttpClient leader = null!, admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private static readonly AgentId Own = new("agent1001"), Other = new("agent1002");
    private static readonly QueueId Support = new("support");

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Store.Add(new UserAccount(A.Acme, "leader", "Leader", Role.TeamLeader, A.Hash), new UserAccount(A.Acme, "lost", "Lost", Role.TeamLeader, A.Hash), new QueueSettings(A.Acme, Support, "s", 15, true, 30, "music"));
        api.Store.Add(A.Person(A.Acme, "agent1002", "1002") with { Queues = [new(A.Acme, Support)] });
        api.Store.Add(new TeamSettings(A.Acme, "day", "Day", ["leader"], [Own], BreakQuota: 1), new TeamSettings(A.Acme, "night", "Night", [], [Other]));
        var theirs = A.Call(A.Acme) with { Id = new("call-of-night"), Agents = [Other], Queue = Support, Recordings = ["call-of-night-r1"] };
        api.Reports.Records.Add((A.Acme, theirs));
        api.Reports.Records.Add((A.Acme, theirs with { Id = new("waits-in-sales"), Agents = [], Queue = A.Sales }));
        api.Reports.Records.Add((A.Acme, theirs with { Id = new("waits-in-support"), Agents = [] }));
        api.Reports.Stored.Add((A.Acme, A.Recording(A.Acme) with { Id = "call-of-night-r1", Call = theirs.Id }));
        api.Reports.Left.Add((A.Acme, A.Voicemail(A.Acme) with { Id = "mail-of-night", Box = "support" }));
        (leader, admin) = (await api.SignedIn(A.Acme, "leader"), await api.SignedIn(A.Acme, "admin"));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static async Task<string> Ids(HttpClient client, string path) => string.Join(' ', (await (await client.Get("/api/v1/" + path)).Json()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));

    [Theory]
    [InlineData("agents", "agent1001", "agent1002")]
    [InlineData("calls", "call-of-acme waits-in-sales", "call-of-night waits-in-support")]
    [InlineData("recordings", "call-of-acme-r1", "call-of-night-r1")]
    [InlineData("voicemails", "call-of-acme-vm1", "mail-of-night")]
    [InlineData("teams", "day", "night")]
    public async Task A_leader_lists_the_own_teams_and_opens_nothing_else(string list, string own, string others)
    {
        Assert.Equal(own, await Ids(leader, list));
        var all = await Ids(admin, list);
        Assert.All(others.Split(' '), id => Assert.Contains(id, all, StringComparison.Ordinal));
        foreach (var id in own.Split(' ')) Assert.Equal(HttpStatusCode.OK, (await leader.Get($"/api/v1/{list}/{id}")).StatusCode);
        foreach (var id in others.Split(' ')) Assert.True((await leader.Get($"/api/v1/{list}/{id}")).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, id);
    }

    [Theory]
    [InlineData("PUT", "agents/agent1002/presence", """{"presence":"available"}""")]
    [InlineData("GET", "agents/agent1002/presence", null)]
    [InlineData("POST", "agents/agent1002/presence/first", "{}")]
    [InlineData("GET", "queues/support/live", null)]
    [InlineData("GET", "calls/call-of-night/facts", null)]
    [InlineData("GET", "calls/call-of-night/signalling", null)]
    [InlineData("GET", "calls/call-of-night/live", null)]
    [InlineData("POST", "calls/call-of-night/reveal", """{"reason":"a complaint"}""")]
    [InlineData("GET", "recordings/call-of-night-r1/waveform", null)]
    [InlineData("GET", "recordings/call-of-night-r1/check", null)]
    [InlineData("GET", "voicemails/mail-of-night/audio", null)]
    [InlineData("POST", "voicemails/mail-of-night/reveal", """{"reason":"a complaint"}""")]
    [InlineData("DELETE", "voicemails/mail-of-night", null)]
    [InlineData("PUT", "voicemails/call-of-acme-vm1", """{"state":"taken","agent":"agent1002"}""")]
    [InlineData("POST", "calls/call-of-acme/listen", """{"agent":"agent1002","mode":"monitor","as":"agent1001"}""")]
    [InlineData("POST", "calls/call-of-acme/listen", """{"agent":"agent1001","mode":"monitor","as":"agent1002"}""")]
    [InlineData("POST", "calls/call-of-acme/hold", """{"agent":"agent1002"}""")]
    [InlineData("POST", "calls/call-of-night/hold", """{"agent":"agent1001"}""")]
    [InlineData("POST", "calls", """{"agent":"agent1002","to":{"extension":"1001"}}""")]
    [InlineData("POST", "calls", """{"agent":"agent1001","customerOf":"call-of-night"}""")]
    public async Task What_is_another_teams_is_refused(string method, string path, string? body)
    {
        var (commands, before) = (api.Grains.Commands.Count, api.Store.Snapshot(A.Acme));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), "/api/v1/" + path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.True((await leader.Ask(request)).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest);
        Assert.Equal(commands, api.Grains.Commands.Count);
        Assert.Equal(before, api.Store.Snapshot(A.Acme));
    }

    [Fact]
    public async Task What_is_of_the_own_team_is_done()
    {
        Assert.Equal(HttpStatusCode.OK, (await leader.Put("/api/v1/agents/agent1001/presence", new { presence = "available" })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await leader.Post("/api/v1/calls/call-of-acme/listen", new { agent = "agent1001", mode = "monitor", @as = "agent1001" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await leader.Get("/api/v1/queues/sales/live")).StatusCode);
        var table = await (await leader.Get("/api/v1/exports/agents")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("agent1001", table, StringComparison.Ordinal);
        Assert.DoesNotContain("agent1002", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leads_no_team_leads_nobody_and_where_there_is_no_team_everybody()
    {
        using var lost = await api.SignedIn(A.Acme, "lost");
        Assert.Equal("", await Ids(lost, "agents"));
        Assert.Equal("", await Ids(lost, "calls"));
        foreach (var team in new[] { "day", "night" }) Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"/api/v1/teams/{team}")).StatusCode);
        Assert.Equal("agent1001 agent1002", await Ids(lost, "agents"));
    }

    [Fact]
    public async Task Every_fault_of_a_team_is_named_and_an_agent_is_of_one_team_only()
    {
        Assert.Equal(["agents[0]", "agents[1]", "breakQuota", "leaders[0]"], await (await admin.Put("/api/v1/teams/new", new { leaders = new[] { "nobody-here" }, agents = new[] { "agent1001", "no-agent" }, breakQuota = -1 })).Wrong());
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.Put("/api/v1/teams/day", new { name = "mine" })).StatusCode);
    }

    [Fact]
    public async Task Who_is_removed_leaves_the_teams()
    {
        await admin.Delete("/api/v1/agents/agent1001");
        await admin.Delete("/api/v1/users/leader");
        var team = (await api.Store.Find<TeamSettings>(A.Acme, "day", Stop))!;
        Assert.Equal((0, 0), (team.Agents.Count, team.Leaders.Count));
    }

    [Fact]
    public async Task The_board_of_a_leader_shows_the_own_team_and_changes_with_it()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "leader");
        var reading = await client.Watch(["queues", "agents", "calls"]);
        var first = (await reading.Batch()).GetProperty("snapshot");
        Assert.Equal(["agent1001"], first.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent").GetString()));
        Assert.Equal(["sales"], first.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("queue").GetString()));
        api.Facts.Commit(Subject.Call(A.Acme, new("theirs")), 1, new Enqueued(A.Noon, Support, 5));
        api.Facts.Commit(Subject.Call(A.Acme, new("theirs")), 2, new AgentJoined(A.Noon, Other, 1, new("agent")));
        api.Facts.Commit(Subject.Call(A.Acme, new("unknown")), 7, new PlaceTold(A.Noon, 1));
        await api.Grains.Routing(A.Acme).Changes(new(A.Acme, Support), waiting: 9);
        api.Facts.Commit(Subject.Call(A.Acme, new("ours")), 1, new Enqueued(A.Noon, A.Sales, 5));
        Assert.Equal("ours", (await reading.Event()).GetProperty("call").GetString());
        await using var refused = await LiveClient.Connect(api, A.Acme, "leader");
        Assert.EndsWith("forbidden", await (await refused.Watch(["agents"], "agent1002")).End(), StringComparison.Ordinal);
        await admin.Put("/api/v1/teams/night", new { leaders = new[] { "leader" } });
        var again = await reading.Batch();
        Assert.Equal(["agent1001", "agent1002"], again.GetProperty("snapshot").GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent").GetString()));
    }

    [Fact]
    public async Task A_table_puts_agents_into_teams_and_tells_them_apart()
    {
        using var body = new StringContent("id,name,user,extension,team,queues,skills\nagent1001,One,agent1001,1001,night,sales:2:30,english:3.5\nagent1002,Two,agent1002,1002,,support,\n", System.Text.Encoding.UTF8, "text/csv");
        Assert.Equal(2, (await (await admin.PostAsync(new Uri("/api/v1/agents/import", UriKind.Relative), body, TestContext.Current.CancellationToken)).Json()).GetProperty("changed").GetInt32());
        Assert.Empty((await api.Store.Find<TeamSettings>(A.Acme, "day", Stop))!.Agents);
        Assert.Equal([Own], (await api.Store.Find<TeamSettings>(A.Acme, "night", Stop))!.Agents);
        var agent = (await api.Store.Find<AgentSettings>(A.Acme, "agent1001", Stop))!;
        Assert.Equal([new QueueProfile(new(A.Acme, A.Sales), 2, 30)], agent.Profiles);
        Assert.Equal([new SkillLevel("english", 3.5m)], agent.Skills);
        var table = await (await admin.Get("/api/v1/exports/agents")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("agent1001,One,agent1001,1001,sales:2:30,0,yes,night,english:3.5", table, StringComparison.Ordinal);
        using var wrong = new StringContent("id,name,user,extension,team,queues,skills\nagent1001,One,agent1001,1001,dawn,sales:0:30,english:6\n", System.Text.Encoding.UTF8, "text/csv");
        Assert.Equal(["rows[2].queues", "rows[2].skills", "rows[2].team"], await (await admin.PostAsync(new Uri("/api/v1/agents/import", UriKind.Relative), wrong, TestContext.Current.CancellationToken)).Wrong());
    }
}
