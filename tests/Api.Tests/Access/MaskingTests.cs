namespace CallCenter.Api.Tests.Access;

public sealed class MaskingTests : IAsyncLifetime
{
    private const string Plain = "+8613800138000", Masked = "+86138****8000";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Reports.Left.Clear();
        api.Reports.Left.Add((A.Acme, A.Voicemail(A.Acme) with { From = Plain }));
        api.Store.Add(new UserAccount(A.Acme, "leader", "Leader", Role.TeamLeader, A.Hash));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private static async Task<string?> From(HttpClient client, string path) => (await (await client.Get(path)).Json()).GetProperty("from").GetString();

    [Theory]
    [InlineData("admin", Plain)]
    [InlineData("supervisor", Plain)]
    [InlineData("leader", Masked)]
    [InlineData("qa", Masked)]
    public async Task A_customers_number_is_masked_but_for_who_leads_and_the_own_number_never(string user, string shown)
    {
        using var client = await api.SignedIn(A.Acme, user);
        Assert.Equal(shown, await From(client, $"/api/v1/calls/{A.CallOf(A.Acme)}"));
        var call = (await (await client.Get("/api/v1/calls")).Json()).GetProperty("items")[0];
        Assert.Equal((shown, "86-4008001001"), (call.GetProperty("from").GetString(), call.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Of_an_outbound_call_it_is_the_called_number()
    {
        api.Reports.Records.Clear();
        api.Reports.Records.Add((A.Acme, A.Call(A.Acme) with { Direction = "outbound", From = "01012345678", To = Plain }));
        using var qa = await api.SignedIn(A.Acme, "qa");
        var call = await (await qa.Get($"/api/v1/calls/{A.CallOf(A.Acme)}")).Json();
        Assert.Equal(("01012345678", Masked), (call.GetProperty("from").GetString(), call.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task A_voicemail_shows_no_number_to_an_agent_either_when_read_or_when_taken()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        var path = $"/api/v1/voicemails/{A.Voicemail(A.Acme).Id}";
        Assert.Equal(Masked, await From(agent, path));
        Assert.Equal(Masked, (await (await agent.Get("/api/v1/voicemails")).Json()).GetProperty("items")[0].GetProperty("from").GetString());
        Assert.Equal(Masked, (await (await agent.Put(path, new { state = "taken" })).Json()).GetProperty("from").GetString());
    }

    [Fact]
    public async Task Who_sees_numbers_is_the_tenants_choice_and_bites_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(Masked, await From(qa, $"/api/v1/calls/{A.CallOf(A.Acme)}"));
        await admin.Put("/api/v1/access-policy", new { seesNumbers = new[] { "qaInspector" } });
        Assert.Equal(Plain, await From(qa, $"/api/v1/calls/{A.CallOf(A.Acme)}"));
        Assert.Equal(Masked, await From(admin, $"/api/v1/calls/{A.CallOf(A.Acme)}"));
    }

    [Fact]
    public async Task A_number_is_revealed_with_a_right_and_a_reason_and_the_log_knows_why_but_not_the_number()
    {
        using var leader = await api.SignedIn(A.Acme, "leader");
        var path = $"/api/v1/calls/{A.CallOf(A.Acme)}/reveal";
        Assert.Equal(["reason"], await (await leader.Post(path, new { })).Wrong());
        Assert.Equal(["reason"], await (await leader.Post(path, new { reason = "  " })).Wrong());
        var answer = await (await leader.Post(path, new { reason = "complaint 4711" })).Json();
        Assert.Equal((Plain, 60), (answer.GetProperty("number").GetString(), answer.GetProperty("hideAfter").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, (await leader.Post($"/api/v1/voicemails/{A.Voicemail(A.Acme).Id}/reveal", new { reason = "call back" })).StatusCode);
        Assert.Contains($"NumberRevealed leader {A.CallOf(A.Acme)} complaint 4711", api.Access.Done(A.Acme));
        Assert.DoesNotContain(api.Access.Done(A.Acme), entry => entry.Contains("138001", StringComparison.Ordinal));
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.Forbidden, (await qa.Post(path, new { reason = "curiosity" })).StatusCode);
        using var foreign = await api.SignedIn(A.Globex, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.Post(path, new { reason = "curiosity" })).StatusCode);
    }

    [Fact]
    public async Task An_agent_calls_back_whom_it_talked_to_or_who_left_a_voicemail_without_seeing_the_number()
    {
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        foreach (var body in new object[] { new { customerOf = A.CallOf(A.Acme) }, new { voicemail = A.Voicemail(A.Acme).Id } })
        {
            var answer = await agent.Post("/api/v1/calls", body);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.DoesNotContain("138001", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(Plain, Assert.IsType<DialOut>(api.Grains.Commands[^1]).To.Number);
        }
    }

    [Fact]
    public async Task Nobody_calls_whom_others_talked_to_by_reference_and_a_reference_stands_alone()
    {
        using var stranger = await api.SignedIn(A.Acme, "agent1002");
        Assert.Equal(["customerOf"], await (await stranger.Post("/api/v1/calls", new { customerOf = A.CallOf(A.Acme) })).Wrong());
        using var foreign = await api.SignedIn(A.Globex, "admin");
        Assert.Equal(["customerOf"], await (await foreign.Post("/api/v1/calls", new { customerOf = A.CallOf(A.Acme), agent = "agent1001" })).Wrong());
        Assert.Equal(["to"], await (await stranger.Post("/api/v1/calls", new { to = new { number = "10086" }, customerOf = A.CallOf(A.Acme) })).Wrong());
        Assert.Empty(api.Grains.Commands);
    }
}
