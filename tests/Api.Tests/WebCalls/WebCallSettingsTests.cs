using CallCenter.Domain.WebCalls;

namespace CallCenter.Api.Tests.WebCalls;

/// <summary>What an admin sets for web calls, and what people see of a visitor's call.</summary>
public sealed class WebCallSettingsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly RunningApi api = fixture.Api;

    private static string PathOf(TenantId tenant) => $"/api/v1/numbers/{A.NumberOf(tenant)}/webcall";

    [Fact]
    public async Task A_number_is_closed_until_it_is_opened_and_a_consents_version_rises_with_its_text()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.False((await (await admin.Get(PathOf(A.Acme))).Json()).GetProperty("enabled").GetBoolean());
        var first = await (await admin.Put(PathOf(A.Acme), new { enabled = true, origins = new[] { "https://Shop.example.com/", "http://localhost:5000" }, consent = "Calls are recorded." })).Json();
        Assert.Equal(("https://shop.example.com", "http://localhost:5000"), (first.GetProperty("origins")[0].GetString(), first.GetProperty("origins")[1].GetString()));
        Assert.Equal(1, first.GetProperty("consentVersion").GetInt32());
        Assert.Equal(1, (await (await admin.Put(PathOf(A.Acme), new { limit = 7 })).Json()).GetProperty("consentVersion").GetInt32());
        Assert.Equal(2, (await (await admin.Put(PathOf(A.Acme), new { consent = "Calls are recorded, all of them." })).Json()).GetProperty("consentVersion").GetInt32());
        var none = await (await admin.Put(PathOf(A.Acme), new { consent = "" })).Json();
        Assert.Equal((JsonValueKind.Null, 3, 7), (none.GetProperty("consent").ValueKind, none.GetProperty("consentVersion").GetInt32(), none.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["consent", "limit", "origins", "perAddress"], await (await admin.Put(PathOf(A.Acme), new { origins = new[] { "https://example.com/page", "javascript:alert(1)", "https://*.example.com" }, consent = "a\0b".Replace('\0', '\u0007'), limit = 0, perAddress = 501 })).Wrong());
        Assert.Equal(["origins"], await (await admin.Put(PathOf(A.Acme), """{"origins":[null]}""")).Wrong());
    }

    [Fact]
    public async Task Nobody_opens_another_tenants_number()
    {
        using var admin = await api.SignedIn(A.Globex, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Put(PathOf(A.Acme), new { enabled = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get(PathOf(A.Acme))).StatusCode);
    }

    [Theory]
    [InlineData("admin", true, "+8613800138000")]
    [InlineData("qa", true, "+86138****8000")]
    [InlineData("agent1001", true, "+86138****8000")] // its phone rings
    [InlineData("agent1002", false, null)]
    public async Task What_a_visitor_brought_is_seen_by_those_whom_the_call_concerns(string user, bool sees, string? phone)
    {
        var call = new CallId("visited");
        api.Reports.Told[(A.Acme, call)] = [new CameByWeb(A.Noon, new("caller"), "https://shop.example.com", 2), new OfferStarted(A.Noon, new("agent1001"), 1, new("agent-1"), A.Sales, A.Noon, true, 1)];
        api.Personal.Values[Subject.Call(A.Acme, call)] = [new(PersonalFields.Visit, VisitorData.Write([new("order", "202603010017"), new("phone", "+8613800138000")]))];
        using var client = await api.SignedIn(A.Acme, user);
        var answer = await client.Get($"/api/v1/calls/{call}/visit");
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        if (!sees) return;
        var seen = await answer.Json();
        Assert.Equal(("https://shop.example.com", 2), (seen.GetProperty("origin").GetString(), seen.GetProperty("consentVersion").GetInt32()));
        Assert.Equal(["202603010017", phone], seen.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("value").GetString()));
        using var other = await api.SignedIn(A.Globex, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/api/v1/calls/{call}/visit")).StatusCode);
    }
}
