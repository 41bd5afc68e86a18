namespace CallCenter.Api.Tests.Colleagues;

public sealed class DirectoryTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task An_agent_finds_colleagues_with_what_they_are_doing_and_nothing_of_their_settings()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        await api.Grains.Agent(new(A.Acme, new("agent1001"))).Choose(Presence.Break, "Lunch");
        var found = (await (await agent.Get("/api/v1/directory/agents?search=1001")).Json()).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("agent1001", "break", "idle"), (found.GetProperty("id").GetString(), found.GetProperty("presence").GetString(), found.GetProperty("work").GetString()));
        Assert.False(found.TryGetProperty("reason", out _)); // why a colleague is away is nobody's business
        Assert.Empty((await (await agent.Get("/api/v1/directory/agents?search=nobody-there")).Json()).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.Get("/api/v1/directory/agents?limit=0")).StatusCode);
    }

    [Fact]
    public async Task Queues_come_with_who_waits_and_who_is_free()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        var queues = (await (await agent.Get("/api/v1/directory/queues")).Json()).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(queues, queue => queue.GetProperty("id").GetString() == A.Sales.Value);
        Assert.All(queues, queue => Assert.True(queue.TryGetProperty("waiting", out _) && queue.TryGetProperty("agentsFree", out _)));
    }
}
