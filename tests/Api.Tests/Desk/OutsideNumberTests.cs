namespace CallCenter.Api.Tests.Desk;

/// <summary>An agent has itself called at an outside number: where the firm allows it, and at a number against which nothing speaks.</summary>
public sealed class OutsideNumberTests : IAsyncLifetime
{
    private const string Station = "/api/v1/me/station", Mobile = "13900139000";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task Allow(TenantId tenant, bool on = true)
    {
        using var admin = await api.SignedIn(tenant, "admin");
        Assert.True((await admin.Put("/api/v1/station-rules", new { outsideNumbers = on })).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Nobody_may_before_the_firm_allows_it_and_one_firms_word_is_not_anothers()
    {
        using var anna = await api.SignedIn(A.Acme, "agent1001");
        using var other = await api.SignedIn(A.Globex, "agent1001");
        Assert.False((await (await anna.Get(Station)).Json()).GetProperty("allowsNumber").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.Put(Station, new { kind = "number", number = Mobile })).StatusCode);
        await Allow(A.Acme);
        Assert.True((await (await anna.Get(Station)).Json()).GetProperty("allowsNumber").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await anna.Put(Station, new { kind = "number", number = Mobile })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Put(Station, new { kind = "number", number = Mobile })).StatusCode);
        await Allow(A.Acme, on: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.Put(Station, new { kind = "number", number = "13900139001" })).StatusCode);
    }

    [Fact]
    public async Task The_number_is_told_to_its_agent_alone_and_kept_sealed()
    {
        await Allow(A.Acme);
        using var anna = await api.SignedIn(A.Acme, "agent1001");
        using var ben = await api.SignedIn(A.Acme, "agent1002");
        var own = await (await anna.Put(Station, new { kind = "number", number = Mobile })).Json();
        Assert.Equal(("number", true, $"+86{Mobile}"), (own.GetProperty("kind").GetString(), own.GetProperty("connected").GetBoolean(), own.GetProperty("number").GetString()));
        var kept = (await api.Grains.Station("acme/1001").Look()).Number!.Value;
        Assert.DoesNotContain(Mobile, kept.Value, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await (await ben.Get(Station)).Json()).GetProperty("number").ValueKind);
        var phone = await (await anna.Put(Station, new { kind = "phone" })).Json();
        Assert.Equal(("phone", JsonValueKind.Null), (phone.GetProperty("kind").GetString(), phone.GetProperty("number").ValueKind));
    }

    [Theory]
    [InlineData("NoNumber", "must be a number as it is dialled")]
    [InlineData("Emergency", "is an emergency number")]
    [InlineData("NotPersonal", "is a short number or one of 400 and 800: no agent is reached there")]
    [InlineData("Extension", "is an extension: register a phone there instead")]
    [InlineData("LeadsBack", "is a number of this platform: a call there would come back")]
    [InlineData("PrefixBlocked", "is blocked by the dial plan")]
    [InlineData("NoWay", "cannot be called: the firm has no trunk, no number to show, or no price for it")]
    public async Task A_number_against_which_something_speaks_is_refused_by_its_field(string fault, string why)
    {
        await Allow(A.Acme);
        using var anna = await api.SignedIn(A.Acme, "agent1001");
        using var refused = await anna.Put(Station, new { kind = "number", number = fault });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([why], (await refused.Json()).GetProperty("errors").GetProperty("number").EnumerateArray().Select(said => said.GetString()));
        Assert.Equal("browser", (await (await anna.Get(Station)).Json()).GetProperty("kind").GetString()); // as it was
    }

    [Fact]
    public async Task Without_a_number_it_is_missing()
    {
        await Allow(A.Acme);
        using var anna = await api.SignedIn(A.Acme, "agent1001");
        foreach (var number in new[] { null, "", "  " }) Assert.Equal(["number"], await (await anna.Put(Station, new { kind = "number", number })).Wrong());
    }
}
