using CallCenter.Api.Live;

namespace CallCenter.Api.Tests.Live;

/// <summary>What clients of the hub see, in which order, and what they get when they come again.</summary>
public sealed class LiveHubTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start(); // each test's own: what another has told would be told here too

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static readonly AgentId Anna = new("agent1001"), Ben = new("agent1002");
    private static readonly string[] Boards = ["queues", "agents"];

    [Fact]
    public async Task A_client_sees_how_things_are_and_then_what_changes()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        var reading = await client.Watch(Boards);
        var first = await reading.Batch();
        Assert.Equal("new", first.GetProperty("reset").GetString());
        Assert.Equal(["only-acme", "sales"], first.GetProperty("snapshot").GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("queue").GetString()));
        Assert.Equal(["agent1001", "agent1002"], first.GetProperty("snapshot").GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent").GetString()));

        await api.Grains.Routing(A.Acme).Changes(new(A.Acme, A.Sales), waiting: 7);
        var queue = await reading.Event();
        Assert.Equal(("queues", "sales", 7), (Text(queue, "topic"), Text(queue.GetProperty("queue"), "queue"), queue.GetProperty("queue").GetProperty("waiting").GetInt32()));

        await Chooses(Anna, Presence.Break, "lunch");
        var agent = await reading.Event();
        Assert.Equal(("agents", "agent1001", "break", "lunch"), (Text(agent, "topic"), Text(agent.GetProperty("agent"), "agent"), Text(agent.GetProperty("agent"), "presence"), Text(agent.GetProperty("agent"), "reason")));
    }

    [Fact]
    public async Task Events_of_a_call_come_in_their_order_with_their_numbers()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        var reading = await client.Watch(["calls", "offers"]);
        await reading.Batch();
        api.Facts.Commit(Call("c1"), 1, new Enqueued(A.Noon, A.Sales, 5));
        api.Facts.Commit(Call("c1"), 3, new AgentJoined(A.Noon, Anna, 1, new("agent")));
        var enqueued = await reading.Event();
        Assert.Equal(("calls", "c1", 1, "enqueued"), (Text(enqueued, "topic"), Text(enqueued, "call"), enqueued.GetProperty("sequence").GetInt32(), Text(enqueued.GetProperty("facts")[0], "kind")));
        Assert.Equal(("calls", 3), (await reading.Event()) is var joined ? (Text(joined, "topic"), joined.GetProperty("sequence").GetInt32()) : default);
        Assert.Equal(("offers", "agent1001", enqueued.GetProperty("number").GetInt32() + 2), (await reading.Event()) is var offer ? (Text(offer, "topic"), Text(offer, "agent"), offer.GetProperty("number").GetInt32()) : default);
    }

    [Fact]
    public async Task A_client_that_comes_again_gets_what_it_missed()
    {
        JsonElement left;
        await using (var client = await LiveClient.Connect(api, A.Acme, "supervisor"))
        {
            var reading = await client.Watch(["calls"]);
            await reading.Batch();
            api.Facts.Commit(Call("c1"), 1, new Enqueued(A.Noon, A.Sales, 5));
            await reading.Event();
            left = reading.Position;
        }
        for (var number = 2; number <= 300; number++) api.Facts.Commit(Call("c1"), number, new PlaceTold(A.Noon, number));
        await using var again = await LiveClient.Connect(api, A.Acme, "supervisor");
        var missed = await again.Watch(["calls"], after: left);
        for (var number = 2; number <= 300; number++) Assert.Equal(number, (await missed.Event()).GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task A_client_that_was_away_for_too_long_is_told_so_and_begins_anew()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        var reading = await client.Watch(Boards);
        await reading.Batch();
        var (left, watching) = (reading.Position, await client.Watch(["calls"]));
        await watching.Batch();
        for (var number = 1; number <= LiveFeed.Most + 1; number++)
        {
            api.Facts.Commit(Call("c1"), number, new PlaceTold(A.Noon, number));
            if (number % 1000 == 0) await Sees(watching, number); // it would fall behind itself
        }
        await Sees(watching, LiveFeed.Most + 1);
        var late = await (await client.Watch(Boards, after: left)).Batch();
        Assert.Equal("tooOld", late.GetProperty("reset").GetString());
        Assert.Equal(2, late.GetProperty("snapshot").GetProperty("queues").GetArrayLength());
    }

    [Fact]
    public async Task A_number_of_before_a_restart_means_nothing()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        var batch = await (await client.Watch(["calls"], after: JsonSerializer.SerializeToElement(new { epoch = "another", number = 0 }))).Batch();
        Assert.Equal("tooOld", batch.GetProperty("reset").GetString());
    }

    [Fact]
    public async Task Who_watches_begins_anew_when_something_was_left_out()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        var reading = await client.Watch(["calls"]);
        await reading.Batch();
        api.Facts.Commit(new(Call("c1"), 9, [new Enqueued(A.Noon, A.Sales, 5)], Lost: true));
        Assert.Equal("tooOld", (await reading.Batch()).GetProperty("reset").GetString());
    }

    [Fact]
    public async Task An_agent_watches_itself_alone()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "agent1001");
        var reading = await client.Watch(["agents", "offers"], "agent1001");
        Assert.Equal(1, (await reading.Batch()).GetProperty("snapshot").GetProperty("agents").GetArrayLength());
        await Chooses(Ben, Presence.Break, "lunch");
        api.Facts.Commit(Call("c1"), 1, new AgentJoined(A.Noon, Ben, 1, new("agent")), new AgentJoined(A.Noon, Anna, 1, new("agent")));
        var offer = await reading.Event();
        Assert.Equal(("offers", "agent1001"), (Text(offer, "topic"), Text(offer, "agent")));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("account")]
    [InlineData("policy")]
    public async Task A_connection_that_watches_nothing_is_cut_too(string what)
    {
        var name = $"idle-{what}";
        api.Store.Add(new UserAccount(A.Acme, name, name, Role.Planner, A.Hash));
        await using var client = await LiveClient.Connect(api, A.Acme, name);
        await using var other = await LiveClient.Connect(api, A.Acme, "supervisor");
        if (what == "session")
        {
            using var own = await api.SignedIn(A.Acme, name);
            Assert.Equal(HttpStatusCode.NoContent, (await own.Delete("/api/v1/sessions")).StatusCode);
        }
        else if (what == "account") await api.Store.Delete<UserAccount>(A.Acme, name, new(A.Acme, "admin", null), TestContext.Current.CancellationToken);
        else api.Store.Add(AccessPolicy.Default(A.Acme) with { SignIn = [new(Role.Planner, ["203.0.113.0/24"], false, false)] });
        await client.Closed();
        await (await other.Watch(["queues"])).Batch(); // nobody else is
    }

    private static async Task Sees(LiveReading reading, int sequence)
    {
        while ((await reading.Event()).GetProperty("sequence").GetInt32() < sequence) { }
    }

    private static Subject Call(string id) => Subject.Call(A.Acme, new(id));

    private async Task Chooses(AgentId agent, Presence presence, string reason)
    {
        await api.Grains.GetGrain<IAgentGrain>($"{A.Acme}/{agent}").Choose(presence, reason);
        api.Facts.Commit(Subject.Agent(A.Acme, agent), 1, new PresenceChosen(A.Noon, presence, reason));
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
