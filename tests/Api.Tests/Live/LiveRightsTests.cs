using System.Net.WebSockets;
using CallCenter.Api.Access;
using CallCenter.Api.Live;

namespace CallCenter.Api.Tests.Live;

/// <summary>Who may watch what: every role and every topic, other tenants, other hosts, other sites, and rights that end.</summary>
public sealed class LiveRightsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly RunningApi api = fixture.Api;
    private static readonly string[] Topics = [.. Enum.GetValues<LiveTopic>().Select(Api.Http.Names.Of)];

    [Theory]
    [InlineData("acme", "admin", Role.TenantAdmin)]
    [InlineData("acme", "supervisor", Role.DutyManager)]
    [InlineData("acme", "qa", Role.QaInspector)]
    [InlineData("acme", "agent1001", Role.Agent)]
    [InlineData("operator", "operator", Role.Operator)]
    public async Task Each_role_watches_what_the_table_lets_it_read(string tenant, string user, Role role)
    {
        await using var client = await LiveClient.Connect(api, new(tenant), user);
        foreach (var topic in Enum.GetValues<LiveTopic>())
            foreach (var agent in new[] { null, "agent1001", "agent1002" })
            {
                var demand = LiveTopics.Demand(topic);
                var own = LiveTopics.IsOfAgents(topic) && RightsTable.OnlyOwn(role, demand.Resource);
                var may = RightsTable.Meets(role, demand) && (!own || agent == user);
                var reading = await client.Watch([Api.Http.Names.Of(topic)], agent);
                if (may) Assert.Equal("new", (await reading.Batch()).GetProperty("reset").GetString());
                else Assert.EndsWith("forbidden", await reading.End(), StringComparison.Ordinal);
                if (may) break; // the other agents' streams would only count
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
    public async Task A_position_of_another_tenant_opens_nothing()
    {
        await using var acme = await LiveClient.Connect(api, A.Acme, "admin");
        await using var globex = await LiveClient.Connect(api, A.Globex, "admin");
        var theirs = await acme.Watch(["calls"]);
        await theirs.Batch();
        var position = theirs.Position;
        api.Facts.Commit(Subject.Call(A.Acme, new("theirs")), 1, new Enqueued(A.Noon, A.Sales, 5));
        await theirs.Event();
        var batch = await (await globex.Watch(["calls"], after: position)).Batch();
        Assert.Equal("tooOld", batch.GetProperty("reset").GetString());
        Assert.Empty(batch.GetProperty("events").EnumerateArray());
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
