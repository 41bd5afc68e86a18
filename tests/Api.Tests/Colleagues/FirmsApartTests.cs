namespace CallCenter.Api.Tests.Colleagues;

/// <summary>Two firms with people, customers and calls of the same names and numbers: whoever searches finds the own ones only, and takes a staff number that is another firm's.</summary>
public sealed class FirmsApartTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        foreach (var firm in new[] { A.Acme, A.Globex }) api.Store.Add(A.Person(firm, "agent1001", "1001") with { Name = $"Li of {firm}", StaffNumber = "8001" });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/agents?search=8001", "admin", "name")]
    [InlineData("/api/v1/directory/agents?search=8001", "agent1001", "name")]
    [InlineData("/api/v1/directory/agents?search=li", "agent1001", "name")]
    [InlineData("/api/v1/customers?search=13800138000", "agent1001", "id")]
    [InlineData("/api/v1/customers?search=%E6%9D%8E", "agent1001", "id")]
    [InlineData("/api/v1/calls?number=13800138000", "agent1001", "id")]
    [InlineData("/api/v1/calls?agent=agent1001", "admin", "id")]
    [InlineData("/api/v1/recordings", "admin", "id")]
    public async Task No_search_crosses_firms(string search, string user, string member)
    {
        foreach (var (firm, other) in new[] { (A.Acme, A.Globex), (A.Globex, A.Acme) })
        {
            using var client = await api.SignedIn(firm, user);
            var found = (await (await client.Get(search)).Json()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, name => Assert.Contains(firm.Value, name, StringComparison.Ordinal));
            Assert.DoesNotContain(found, name => name.Contains(other.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_staff_number_is_kept_in_capitals_and_taken_away_by_an_empty_text()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal("A8001", (await (await admin.Put("/api/v1/agents/agent1002", new { staffNumber = " a8001 " })).Json()).GetProperty("staffNumber").GetString());
        Assert.Equal("A8001", (await (await admin.Put("/api/v1/agents/agent1002", new { name = "Two" })).Json()).GetProperty("staffNumber").GetString());
        Assert.Equal(["staffNumber"], await (await admin.Put("/api/v1/agents/agent1002", new { staffNumber = "80-01" })).Wrong());
        Assert.Equal(JsonValueKind.Null, (await (await admin.Put("/api/v1/agents/agent1002", new { staffNumber = "" })).Json()).GetProperty("staffNumber").ValueKind);
    }

    [Fact]
    public async Task A_queue_is_told_what_plays_before_the_talk()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var before = await (await admin.Get("/api/v1/queues/sales")).Json();
        Assert.Equal(("off", false), (before.GetProperty("whisper").GetString(), before.GetProperty("announcesStaffNumber").GetBoolean()));
        var set = await (await admin.Put("/api/v1/queues/sales", new { whisper = "prompt", whisperPrompt = "notice-own", announcesStaffNumber = true })).Json();
        Assert.Equal(("prompt", "notice-own", true), (set.GetProperty("whisper").GetString(), set.GetProperty("whisperPrompt").GetString(), set.GetProperty("announcesStaffNumber").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Delete("/api/v1/prompts/notice-own")).StatusCode); // it is in use
        Assert.Equal(["whisperPrompt"], await (await admin.Put("/api/v1/queues/sales", new { whisperPrompt = "only-globex" })).Wrong());
        Assert.Equal(["whisperPrompt"], await (await admin.Put("/api/v1/queues/only-acme", new { whisper = "prompt" })).Wrong());
        Assert.Equal(["whisper"], await (await admin.Put("/api/v1/queues/sales", new { whisper = "shout" })).Wrong());
    }
}
