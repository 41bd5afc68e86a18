namespace CallCenter.Api.Tests.Resources;

/// <summary>What people ask of a call that goes on.</summary>
public sealed class ConversationTests
{
    private static readonly string Call = $"/api/v1/calls/{A.CallOf(A.Acme)}";

    private static async Task<(HttpStatusCode Status, string Text)> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_agent_acts_as_itself_and_may_name_nobody_else()
    {
        await using var api = await RunningApi.Start();
        using var client = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(HttpStatusCode.Accepted, (await Post(client, $"{Call}/hold", new { })).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await Post(client, $"{Call}/retrieve", new { agent = "agent1001" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, $"{Call}/hold", new { agent = "agent1002" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, $"{Call}/listen", new { agent = "agent1002", mode = "barge" })).Status);
        Assert.All(api.Grains.Commands, command => Assert.Equal((new Asker(new("agent1001"), false), (AgentId?)null), (command.By, command.For)));
        Assert.Equal(2, api.Grains.Commands.Count);
    }

    [Fact]
    public async Task Who_leads_names_the_agent_whose_part_is_meant()
    {
        await using var api = await RunningApi.Start();
        using var client = await api.SignedIn(A.Acme, "supervisor");
        Assert.Equal(HttpStatusCode.Accepted, (await Post(client, $"{Call}/listen", new { agent = "agent1001", mode = "whisper", @as = "agent1002" })).Status);
        var listen = Assert.IsType<Listen>(Assert.Single(api.Grains.Commands));
        Assert.Equal((new Asker(null, true), (AgentId?)new AgentId("agent1002"), new AgentId("agent1001"), ListenMode.Whisper), (listen.By, listen.For, listen.With, listen.Mode));
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(client, $"{Call}/hold", new { agent = "nobody" })).Status);
    }

    [Fact]
    public async Task A_trainee_listens_at_its_own_phone_and_never_speaks_in_whoever_asks()
    {
        await using var api = await RunningApi.Start();
        api.Store.Add((await api.Store.Find<UserAccount>(A.Acme, "agent1002", TestContext.Current.CancellationToken))! with { Role = Role.Trainee });
        using var trainee = await api.SignedIn(A.Acme, "agent1002");
        using var leader = await api.SignedIn(A.Acme, "supervisor");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(HttpStatusCode.Accepted, (await Post(trainee, $"{Call}/listen", new { agent = "agent1001", mode = "monitor" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(trainee, $"{Call}/listen", new { agent = "agent1002", mode = "monitor", @as = "agent1001" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(agent, $"{Call}/listen", new { agent = "agent1002", mode = "monitor" })).Status);
        Assert.Equal((new Asker(new("agent1002"), false), (AgentId?)null, false), Assert.IsType<Listen>(Assert.Single(api.Grains.Commands)) is var own ? (own.By, own.For, own.MaySpeak) : default);

        await Post(leader, $"{Call}/listen", new { agent = "agent1001", mode = "whisper", @as = "agent1002" });
        await Post(leader, $"{Call}/listen/take-over", new { agent = "agent1002" });
        await Post(trainee, $"{Call}/listen/take-over", new { });
        await Post(leader, $"{Call}/listen/take-over", new { agent = "agent1001" });
        Assert.Equal([false, false, false, true], api.Grains.Commands.Skip(1).Select(command => command is Listen listen ? listen.MaySpeak : ((TakeOver)command).MaySpeak));
    }

    [Fact]
    public async Task A_wrong_body_is_told_by_its_fields_and_asks_nothing()
    {
        await using var api = await RunningApi.Start();
        using var client = await api.SignedIn(A.Acme, "admin");
        foreach (var (path, body, field) in new (string, object, string)[]
        {
            ("mute", new { }, "on"), ("transfer", new { }, "to"), ("transfer", new { to = new { agent = "agent1002", number = "13900139000" } }, "to"), ("consult", new { to = new { queue = "sales" } }, "to.queue"),
            ("keys", new { }, "keys"), ("listen", new { }, "mode"), ("flow", new { }, "flow"), ("flow", new { flow = "nothing" }, "flow"), ("transfer", new { to = new { extension = "abc" } }, "to.extension"),
        })
        {
            var (status, text) = await Post(client, $"{Call}/{path}", body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains($"\"{field}\"", text, StringComparison.Ordinal);
        }
        Assert.Empty(api.Grains.Commands);
    }

    [Fact]
    public async Task A_new_call_is_told_by_its_id_and_shows_a_canonical_number()
    {
        await using var api = await RunningApi.Start();
        using var client = await api.SignedIn(A.Acme, "agent1001");
        var (status, text) = await Post(client, "/api/v1/calls", new { to = new { number = "913900139000" }, shown = "010-12345678" });
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Contains("\"id\"", text, StringComparison.Ordinal);
        var dial = Assert.IsType<DialOut>(Assert.Single(api.Grains.Commands));
        Assert.Equal(("913900139000", "+861012345678"), (dial.To.Number, dial.Shown));
    }

    [Fact]
    public async Task An_agent_sees_its_own_calls_as_they_are_and_no_other()
    {
        await using var api = await RunningApi.Start();
        using var own = await api.SignedIn(A.Acme, "agent1001");
        using var other = await api.SignedIn(A.Acme, "agent1002");
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"{Call}/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Call}/live", TestContext.Current.CancellationToken)).StatusCode);
    }
}
