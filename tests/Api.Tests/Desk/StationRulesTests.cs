namespace CallCenter.Api.Tests.Desk;

/// <summary>What a firm wants done with calls whose agent is lost.</summary>
public sealed class StationRulesTests : IAsyncLifetime
{
    private const string Path = "/api/v1/station-rules";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static async Task<(int, string?)> Rules(HttpClient who) =>
        await (await who.Get(Path)).Json() is var answer ? (answer.GetProperty("graceSeconds").GetInt32(), answer.GetProperty("whenAgentIsLost").GetString()) : default;

    [Fact]
    public async Task They_are_the_firms_own_and_what_is_not_named_stays()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var other = await api.SignedIn(A.Globex, "admin");
        Assert.Equal((30, "end"), await Rules(admin));
        Assert.Equal(HttpStatusCode.Created, (await admin.Put(Path, new { graceSeconds = 5 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Put(Path, new { whenAgentIsLost = "requeue" })).StatusCode);
        Assert.Equal((5, "requeue"), await Rules(admin));
        Assert.Equal((30, "end"), await Rules(other));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(301)]
    public async Task A_time_that_is_none_is_refused(int seconds)
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["graceSeconds"], await (await admin.Put(Path, new { graceSeconds = seconds })).Wrong());
    }

    [Fact]
    public async Task What_is_neither_is_refused_and_who_only_looks_changes_nothing()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var duty = await api.SignedIn(A.Acme, "supervisor");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(["whenAgentIsLost"], await (await admin.Put(Path, new { whenAgentIsLost = "shrug" })).Wrong());
        Assert.Equal((30, "end"), await Rules(duty));
        Assert.Equal(HttpStatusCode.Forbidden, (await duty.Put(Path, new { graceSeconds = 60 })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Get(Path)).StatusCode);
    }
}
