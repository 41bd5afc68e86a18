using CallCenter.Api.Tests.Live;
using CallCenter.Api.Tests.Pages;
using CallCenter.Domain.Desk;
using CallCenter.Domain.WebCalls;

namespace CallCenter.Api.Tests.Desk;

/// <summary>The firm's own CRM: what is set, what a pop leads to, and whose pages may show the desk.</summary>
public sealed class CtiTests(PortalFixture fixture) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    private const string Path = "/api/v1/cti";
    private readonly RunningApi api = fixture.Api;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Each test finds firms without a CRM, whichever came before it.</summary>
    public async ValueTask InitializeAsync()
    {
        foreach (var tenant in new[] { A.Acme, A.Globex }) await api.Store.Delete<CtiSettings>(tenant, CtiSettings.OnlyId, Author.Product, stop: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_admin_sets_it_agents_read_it_and_no_other_firm_has_it()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var agent = await api.SignedIn(A.Acme, "agent1001");
        Assert.Equal(JsonValueKind.Null, (await (await admin.Get(Path)).Json()).GetProperty("url").ValueKind);
        var set = await (await admin.Put(Path, new { url = " https://crm.example.com/?n={caller} ", origins = new[] { "https://CRM.example.com/" } })).Json();
        Assert.Equal(("https://crm.example.com/?n={caller}", false, "https://crm.example.com"), (set.GetProperty("url").GetString(), set.GetProperty("opensItself").GetBoolean(), set.GetProperty("origins")[0].GetString()));
        Assert.Equal("https://crm.example.com", (await (await agent.Get(Path)).Json()).GetProperty("origins")[0].GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Put(Path, new { url = "https://mine.example.com/{caller}" })).StatusCode);
        using var other = await api.SignedIn(A.Globex, "admin");
        Assert.Empty((await (await other.Get(Path)).Json()).GetProperty("origins").EnumerateArray());
        Assert.True((await (await admin.Put(Path, new { opensItself = true })).Json()).GetProperty("opensItself").GetBoolean());
        var none = await (await admin.Put(Path, new { url = "", origins = Array.Empty<string>() })).Json();
        Assert.Equal((JsonValueKind.Null, true), (none.GetProperty("url").ValueKind, none.GetProperty("opensItself").GetBoolean()));
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var wrong = await admin.Put(Path, new { url = "http://{caller}.example.com/{number}", origins = new[] { "https://crm.example.com/desk", "http://crm.example.com", "https://*.example.com", "javascript:1" } });
        var errors = (await wrong.Json()).GetProperty("errors");
        Assert.Equal(["origins[0]", "origins[1]", "origins[2]", "origins[3]", "url"], errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, errors.GetProperty("url").GetArrayLength());
        Assert.Equal(["origins", "url"], (await (await admin.Put(Path, """{"url":5,"origins":"x"}""")).Wrong()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_desk_stands_in_the_frames_of_the_allowed_pages_and_no_other_page_of_ours_does()
    {
        api.Store.Add(CtiSettings.None(A.Globex) with { Origins = ["https://crm.example.com", "https://evil.example.com; script-src *"] });
        Assert.Contains("frame-ancestors 'self' https://crm.example.com", await Policy("globex.localhost", "/desk"), StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", await Policy("globex.localhost", "/desk"), StringComparison.Ordinal); // whatever a row holds
        foreach (var (host, path) in new[] { ("globex.localhost", "/"), ("globex.localhost", "/desk/more"), ("globex.localhost", "/audit"), ("nobody.localhost", "/desk") })
            Assert.EndsWith("frame-ancestors 'none'", await Policy(host, path), StringComparison.Ordinal);
    }

    private async Task<string> Policy(string host, string path)
    {
        using var client = api.Client(host: host);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_pop_says_by_which_number_the_agent_is_known_what_the_visitor_brought_and_where_the_crm_has_it_with_what_the_agent_sees()
    {
        var call = new Contact(A.Acme, new(A.CallOf(A.Acme)));
        api.Store.Add(CtiSettings.None(A.Acme) with { Url = "https://crm.example.com/{staffNumber}/{queue}?n={caller}&c={call}&o={visit.order}&p={visit.phone}&x={visit.none}", OpensItself = true });
        api.Store.Add(A.Person(A.Acme, "agent1001", "1001") with { StaffNumber = "8001" }, new Branding(A.Acme, "Acme 客服", "#1257c0"));
        api.Personal.Values[Subject.Call(A.Acme, call.Call)] = [new(PersonalFields.CallerNumber, "13800138000", "+8613800138000"), new(PersonalFields.Visit, VisitorData.Write([new("order", "A&17"), new("phone", "+8613800138000")]))];
        await using var client = await LiveClient.Connect(api, A.Acme, "agent1001");
        var reading = await client.Watch(["desk"], "agent1001");
        await reading.Batch();
        api.Facts.Commit(Subject.Agent(A.Acme, new("agent1001")), 1, new OfferMade(A.Noon, call, 7, A.Noon.AddSeconds(18), new(A.Sales, TimeSpan.FromSeconds(15), true, 1)));
        var offer = await reading.Event();
        Assert.Equal(("8001", "Acme 客服", "#1257c0"), (Text(offer, "staffNumber"), Text(offer.GetProperty("firm"), "name"), Text(offer.GetProperty("firm"), "colour")));
        Assert.Equal(["order A&17", "phone +86138****8000"], offer.GetProperty("visit").EnumerateArray().Select(said => $"{Text(said, "name")} {Text(said, "value")}"));
        Assert.Equal($"https://crm.example.com/8001/sales?n=%2B86138%2A%2A%2A%2A8000&c={call.Call}&o=A%2617&p=%2B86138%2A%2A%2A%2A8000&x=", Text(offer.GetProperty("crm"), "url"));
        Assert.True(offer.GetProperty("crm").GetProperty("opens").GetBoolean());
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
