using System.Net.WebSockets;
using CallCenter.Api.Access;
using CallCenter.Api.Live;

namespace CallCenter.Api.Tests.Live;

/// <summary>Who may watch what: every role and every topic, other tenants, other hosts, other sites, and rights that end.</summary>
public sealed class LiveRightsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly RunningApi api = fixture.Api;
    private static readonly string[] Topics = [.. Enum.GetValues<LiveTopic>().Where(topic => topic != LiveTopic.Desk).Select(Api.Http.Names.Of)];

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    public static TheoryData<string> EveryTopic => [.. Topics, Api.Http.Names.Of(LiveTopic.Desk)];

    /// <summary>An account of that role, who is an agent too.</summary>
    private UserAccount Somebody(TenantId tenant, Role role)
    {
        var owner = role.IsOperators() ? TenantId.Operator : tenant;
        var account = new UserAccount(owner, PersonOf(role), role.ToString(), role, A.Hash);
        api.Store.Add(account, A.Person(owner, account.Id, $"{8000 + (int)role}"));
        return account;
    }

    private static string PersonOf(Role role) => $"person-{(int)role}";

    [Theory, MemberData(nameof(Roles))]
    public async Task Each_role_watches_what_the_table_lets_it_read_and_nothing_else(Role role)
    {
        var account = Somebody(A.Acme, role);
        foreach (var topic in Enum.GetValues<LiveTopic>())
        {
            await using var client = await LiveClient.Connect(api, account.Owner, account.Id);
            foreach (var agent in new[] { null, "agent1001", account.Id })
            {
                var reading = await client.Watch([Api.Http.Names.Of(topic)], agent);
                if (!RightsTable.Meets(role, LiveTopics.Demand(topic)) || (IsOwn(role, topic) && agent != account.Id)) Assert.EndsWith("forbidden", await reading.End(), StringComparison.Ordinal);
                else if (account.Owner == TenantId.Operator && agent == "agent1001" && LiveTopics.IsOfAgents(topic)) Assert.EndsWith("notFound", await reading.End(), StringComparison.Ordinal);
                else Assert.Equal("new", (await reading.Batch()).GetProperty("reset").GetString());
            }
        }
    }

    private static bool IsOwn(Role role, LiveTopic topic) => LiveTopics.IsOfAgents(topic) && RightsTable.OnlyOwn(role, LiveTopics.Demand(topic).Resource);

    /// <summary>A topic that nobody here knows how to move fails its test: it comes with its line.</summary>
    private async Task Move(LiveTopic topic, TenantId tenant, string word)
    {
        var people = Enum.GetValues<Role>().Where(role => !role.IsOperators()).Select(role => new AgentId(PersonOf(role))).ToList();
        switch (topic)
        {
            case LiveTopic.Queues:
                await api.Grains.Routing(tenant).Changes(new(tenant, new($"only-{tenant}")), waiting: word.Length);
                break;
            case LiveTopic.Agents:
                foreach (var agent in people)
                {
                    await api.Grains.GetGrain<IAgentGrain>($"{tenant}/{agent}").Choose(Presence.Break, word);
                    api.Facts.Commit(Subject.Agent(tenant, agent), 1, new PresenceChosen(A.Noon, Presence.Break, word));
                }
                break;
            case LiveTopic.Offers: api.Facts.Commit(Subject.Call(tenant, new(word)), 1, [.. people.Select(agent => new AgentJoined(A.Noon, agent, 1, new("agent")))]); break;
            case LiveTopic.Desk:
                foreach (var agent in people) api.Facts.Commit(Subject.Agent(tenant, agent), 1, new OfferMade(A.Noon, new(tenant, new(word)), 1, A.Noon, new(A.Sales, TimeSpan.FromSeconds(15), true, 1)));
                break;
            case LiveTopic.Calls: api.Facts.Commit(Subject.Call(tenant, new(word)), 1, new Enqueued(A.Noon, A.Sales, 5)); break;
            default: throw new ArgumentOutOfRangeException(nameof(topic), topic, "say here how it is moved");
        }
    }

    [Theory, MemberData(nameof(EveryTopic))]
    public async Task No_role_hears_anything_of_another_tenant_in_any_topic(string name)
    {
        var topic = Enum.Parse<LiveTopic>(name, ignoreCase: true);
        var own = topic == LiveTopic.Desk ? Somebody(A.Acme, Role.Agent).Id : null; // which nobody sees but its agent
        await using var control = await LiveClient.Connect(api, A.Acme, own ?? "admin");
        var heard = await control.Watch([name], own);
        await heard.Batch();
        var listeners = new List<(LiveClient Client, LiveReading Reading)>();
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.IsOperators() && RightsTable.Meets(role, LiveTopics.Demand(topic))))
        {
            Somebody(A.Acme, role);
            var client = await LiveClient.Connect(api, A.Globex, Somebody(A.Globex, role).Id);
            var reading = await client.Watch([name], IsOwn(role, topic) ? PersonOf(role) : null, heard.Position);
            listeners.Add((client, reading));
            var first = await reading.Batch();
            Assert.Equal("tooOld", first.GetProperty("reset").GetString()); // a position of theirs opens nothing
            Assert.DoesNotContain("acme", first.GetRawText(), StringComparison.Ordinal);
            if (LiveTopics.IsOfAgents(topic)) Assert.Matches("notFound|forbidden", await (await client.Watch([name], "only-acme")).End());
        }
        await Move(topic, A.Acme, "acme-word");
        await heard.Event(); // there was something to hear
        await Move(topic, A.Globex, "globex-own-word");
        foreach (var (client, reading) in listeners)
        {
            var text = (await reading.Event()).GetRawText();
            Assert.DoesNotContain("acme", text, StringComparison.Ordinal);
            Assert.Contains(topic == LiveTopic.Queues ? "only-globex" : "globex-own-word", text, StringComparison.Ordinal);
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_topic_that_may_not_be_watched_shuts_the_others_too()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "qa");
        Assert.EndsWith("forbidden", await (await client.Watch(["calls", "queues"])).End(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_told()
    {
        await using var acme = await LiveClient.Connect(api, A.Acme, "admin");
        await using var globex = await LiveClient.Connect(api, A.Globex, "admin");
        var (theirs, ours) = (await acme.Watch(Topics), await globex.Watch(Topics));
        Assert.DoesNotContain("acme", (await ours.Batch()).GetRawText(), StringComparison.Ordinal);
        await theirs.Batch();
        await api.Grains.Routing(A.Acme).Changes(new(A.Acme, A.Sales), waiting: 7);
        await api.Grains.Routing(A.Globex).Changes(new(A.Acme, A.Sales), waiting: 8); // a pool knows of the queues of others
        api.Facts.Commit(Subject.Call(A.Acme, new("theirs")), 1, new Enqueued(A.Noon, A.Sales, 5));
        await theirs.Event();
        await theirs.Event();
        api.Facts.Commit(Subject.Call(A.Globex, new("ours")), 1, new Enqueued(A.Noon, A.Sales, 5));
        Assert.Equal("ours", (await ours.Event()).GetProperty("call").GetString());
        Assert.EndsWith("notFound", await (await globex.Watch(["agents"], "only-acme")).End(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_door_is_shut_without_a_token_on_another_tenants_host_and_to_other_sites()
    {
        var token = await api.Token(A.Acme, "admin");
        var cookie = $"callcenter-session={token}";
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(api, token: null));
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(api, "cs.acme.admin.x.99999999999.y.z"));
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(api, token, host: "globex.localhost"));
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(api, null, host: "acme.localhost", origin: "http://evil.example", cookie: cookie));
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(api, null, host: "acme.localhost", origin: "null", cookie: cookie));
        await using var own = await LiveClient.Connect(api, null, host: "acme.localhost", origin: "http://acme.localhost", cookie: cookie);
        await (await own.Watch(["queues"])).Batch();
    }

    [Theory]
    [InlineData("deleted", "notAuthenticated")]
    [InlineData("another password", "notAuthenticated")]
    [InlineData("another role", "forbidden")]
    public async Task Rights_that_end_end_the_stream_by_themselves(string how, string word)
    {
        var name = $"manager-{how.Replace(' ', '-')}";
        var user = new UserAccount(A.Acme, name, name, Role.DutyManager, A.Hash);
        api.Store.Add(user);
        await using var client = await LiveClient.Connect(api, A.Acme, name);
        var reading = await client.Watch(["queues"]);
        await reading.Batch();
        if (how == "deleted") await api.Store.Delete<UserAccount>(A.Acme, name, new(A.Acme, "admin", null), TestContext.Current.CancellationToken);
        else api.Store.Add(how == "another role" ? user with { Role = Role.QaInspector } : user with { PasswordHash = Passwords.Hash("another one, long") });
        Assert.EndsWith(word, await reading.End(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_that_makes_no_sense_is_refused_and_so_are_too_many()
    {
        await using var client = await LiveClient.Connect(api, A.Acme, "supervisor");
        Assert.EndsWith("invalid", await (await client.Watch([])).End(), StringComparison.Ordinal);
        for (var i = 0; i < LiveHub.MostStreams; i++) await (await client.Watch(["queues"])).Batch();
        Assert.EndsWith("tooMany", await (await client.Watch(["queues"])).End(), StringComparison.Ordinal);
    }
}
