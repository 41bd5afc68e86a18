using CallCenter.Contracts.WebCalls;
using CallCenter.Domain.WebCalls;

namespace CallCenter.Api.Tests.WebCalls;

/// <summary>Visitors of web pages at the API: who is let in, who is not, and who may touch what was begun.</summary>
public sealed class VisitorTests(ApiFixture fixture) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private const string Host = "acme.localhost", Shop = "https://shop.example.com", Offer = "v=0 of a browser";
    private readonly RunningApi api = fixture.Api;

    private static WebCallSettings Open(TenantId tenant) => WebCallSettings.Off(tenant, A.Canonical(A.NumberOf(tenant))) with { Enabled = true, Origins = [Shop] };

    public async ValueTask InitializeAsync()
    {
        foreach (var tenant in new[] { A.Acme, A.Globex }) api.Grains.WebDoor(tenant).Begin(Open(tenant));
        api.Grains.Edges.Observer.Begin();
        await api.Grains.Edges.Drain(false);
        api.Store.Add(A.Tenant(A.Acme));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Own => $"http://{Host}:{api.Address.Port}";

    /// <param name="origin">Null: the tenant's own host.</param>
    private async Task<HttpResponseMessage> Call(object body, string? origin = null, string host = Host)
    {
        using var client = api.Client(host: $"{host}:{api.Address.Port}");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webcalls") { Content = body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body) };
        if (origin != "") request.Headers.Add("Origin", origin ?? Own);
        return await client.Ask(request);
    }

    private static object Wish(string? number = null) => new { number = number ?? A.NumberOf(A.Acme), sdp = Offer };

    private static async Task<string> Code(HttpResponseMessage answer) => (await answer.Json()).GetProperty("code").GetString()!;

    [Fact]
    public async Task A_visitor_is_brought_to_an_edge_and_hears_its_answer()
    {
        var answer = await Call(new { number = A.NumberOf(A.Acme), sdp = Offer, data = new { order = "A-17", page = "https://shop.example.com/cart" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var told = await answer.Json();
        Assert.Equal(EdgeOnStage.Sdp, told.GetProperty("sdp").GetString());
        var visitor = Assert.Single(api.Grains.Edges.Observer.Visitors);
        Assert.Equal((A.Acme, told.GetProperty("call").GetString(), A.Canonical(A.NumberOf(A.Acme)), Offer, "127.0.0.1"), (visitor.Call.Tenant, visitor.Call.Call.Value, visitor.Number, visitor.Sdp, visitor.Address));
        Assert.Equal(new(Own, null, [new("order", "A-17"), new("page", "https://shop.example.com/cart")]), visitor.Visit);
        Assert.Equal(1, api.Grains.WebDoor(A.Acme).Places);
    }

    [Theory]
    [InlineData("1001")] // an extension
    [InlineData("9")]
    [InlineData("4008002001")] // another tenant's, which may be called on its own host
    [InlineData("4008001009")] // nobody's
    [InlineData("13800138000")]
    [InlineData("demo-trunk")]
    [InlineData("sip:1001@acme.localhost")]
    [InlineData("110")]
    public async Task Nothing_but_an_open_number_of_the_hosts_tenant_is_reached(string number)
    {
        var answer = await Call(Wish(number));
        Assert.Equal((HttpStatusCode.NotFound, "notFound"), (answer.StatusCode, await Code(answer)));
        using var client = api.Client(host: Host);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Get($"/api/v1/webcalls/{Uri.EscapeDataString(number)}")).StatusCode);
        Assert.Empty(api.Grains.Edges.Observer.Visitors);
    }

    [Fact]
    public async Task A_number_that_is_closed_again_is_not_there()
    {
        var open = api.Grains.WebDoor(A.Acme).Open;
        open[0] = open[0] with { Enabled = false };
        Assert.Equal(HttpStatusCode.NotFound, (await Call(Wish())).StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("nobody.example.com")]
    public async Task A_host_of_no_tenant_has_no_numbers(string host) => Assert.Equal(HttpStatusCode.NotFound, (await Call(Wish(), origin: $"http://{host}", host)).StatusCode);

    [Fact]
    public async Task A_suspended_tenants_numbers_are_not_there()
    {
        api.Store.Add(new TenantSettings(A.Acme, "acme", Host, "Asia/Shanghai", "zh-CN", 20, null, Suspended: true));
        Assert.Equal(HttpStatusCode.NotFound, (await Call(Wish())).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("http://shop.example.com")] // another scheme
    [InlineData("https://shop.example.com:8443")]
    [InlineData("https://shop.example.com.evil.com")]
    [InlineData("null")] // a sandboxed frame's
    [InlineData("")] // none
    public async Task A_page_that_is_not_allowed_is_refused(string origin)
    {
        var answer = await Call(Wish(), origin);
        Assert.Equal((HttpStatusCode.Forbidden, "originNotAllowed"), (answer.StatusCode, await Code(answer)));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(api.Grains.Edges.Observer.Visitors);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_calls_and_may_read_the_answer()
    {
        var answer = await Call(Wish(), Shop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(Shop, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(Shop, api.Grains.Edges.Observer.Visitors[0].Visit.Origin);
    }

    [Theory]
    [InlineData("https://shop.example.com", HttpStatusCode.Created)]
    [InlineData("https://evil.example.com", HttpStatusCode.Forbidden)]
    public async Task Our_page_in_a_frame_calls_for_allowed_pages_only(string around, HttpStatusCode status)
    {
        Assert.Equal(status, (await Call(new { number = A.NumberOf(A.Acme), sdp = Offer, embeddedIn = around })).StatusCode);
        if (status == HttpStatusCode.Created) Assert.Equal(around, api.Grains.Edges.Observer.Visitors[0].Visit.Origin);
    }

    [Theory]
    [InlineData("https://shop.example.com", HttpStatusCode.NoContent)]
    [InlineData("https://evil.example.com", HttpStatusCode.Forbidden)]
    public async Task A_browser_that_asks_first_hears_who_may(string origin, HttpStatusCode status)
    {
        using var client = api.Client(host: Host);
        foreach (var path in new[] { "/api/v1/webcalls", "/api/v1/webcalls/some-call", "/api/v1/webcalls/some-call/sdp" })
        {
            var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type");
            var answer = await client.Ask(request);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(status == HttpStatusCode.NoContent, answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.Equal(status == HttpStatusCode.NoContent, answer.Headers.Contains("Access-Control-Allow-Methods"));
            Assert.Contains("Origin", answer.Headers.Vary);
        }
    }

    [Fact]
    public async Task Who_has_not_agreed_to_the_text_that_stands_there_now_does_not_call()
    {
        var open = api.Grains.WebDoor(A.Acme).Open;
        open[0] = open[0] with { Consent = "Calls are recorded.", ConsentVersion = 3 };
        using var client = api.Client(host: Host);
        var about = await (await client.Get($"/api/v1/webcalls/{A.NumberOf(A.Acme)}")).Json();
        Assert.Equal(("Calls are recorded.", 3), (about.GetProperty("consent").GetString(), about.GetProperty("consentVersion").GetInt32()));
        var (none, old, good) = (await Call(Wish()), await Call(new { number = A.NumberOf(A.Acme), sdp = Offer, consent = true, consentVersion = 2 }), await Call(new { number = A.NumberOf(A.Acme), sdp = Offer, consent = true, consentVersion = 3 }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "consentWanted"), (none.StatusCode, await Code(none)));
        Assert.Equal((HttpStatusCode.Conflict, "consentChanged"), (old.StatusCode, await Code(old)));
        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        Assert.Equal(3, Assert.Single(api.Grains.Edges.Observer.Visitors).Visit.ConsentVersion);
    }

    [Fact]
    public async Task Every_fault_of_a_wish_is_named_at_once()
    {
        Assert.Equal(["number", "sdp"], await (await Call(new { })).Wrong());
        var data = Enumerable.Range(0, 21).ToDictionary(n => n == 0 ? new string('k', 65) : $"key{n}", n => n == 1 ? new string('v', 501) : "v");
        Assert.Equal(["data", "data.key1", "embeddedIn", "sdp"], await (await Call(new { number = "1", sdp = new string('s', 16_385), embeddedIn = "nowhere", data })).Wrong());
        Assert.Equal(["data.order"], await (await Call("""{"number":"4008001001","sdp":"v=0","data":{"order":7}}""")).Wrong());
        Assert.Equal(["what"], await (await Call("""{"number":"4008001001","sdp":"v=0","what":1}""")).Wrong());
        Assert.Equal(HttpStatusCode.BadRequest, (await Call("no json")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Call("""{"number":"4008001001","sdp":"v=0","data":{"order":null}}""")).StatusCode);
        Assert.Single(api.Grains.Edges.Observer.Visitors);
    }

    [Theory]
    [InlineData(VisitorRefusal.BadOffer, HttpStatusCode.BadRequest, "invalid")]
    [InlineData(VisitorRefusal.NoNumber, HttpStatusCode.NotFound, "notFound")]
    [InlineData(VisitorRefusal.Busy, HttpStatusCode.TooManyRequests, "tenantBusy")]
    [InlineData(VisitorRefusal.Draining, HttpStatusCode.ServiceUnavailable, "draining")]
    [InlineData(VisitorRefusal.NoMedia, HttpStatusCode.ServiceUnavailable, "draining")]
    [InlineData(VisitorRefusal.NotStorable, HttpStatusCode.ServiceUnavailable, "draining")]
    public async Task What_an_edge_refuses_is_told_clearly_and_takes_no_place(VisitorRefusal why, HttpStatusCode status, string code)
    {
        api.Grains.Edges.Observer.Refuses = why;
        var answer = await Call(Wish());
        Assert.Equal((status, code), (answer.StatusCode, await Code(answer)));
        Assert.Equal(status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.Equal(0, api.Grains.WebDoor(A.Acme).Places);
    }

    [Fact]
    public async Task No_edge_that_drains_is_asked()
    {
        await api.Grains.Edges.Drain(true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Call(Wish())).StatusCode);
        Assert.Empty(api.Grains.Edges.Observer.Visitors);
    }

    [Fact]
    public async Task One_address_has_no_more_than_its_share()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Created, (await Call(Wish())).StatusCode);
        var answer = await Call(Wish());
        Assert.Equal((HttpStatusCode.TooManyRequests, "addressFull"), (answer.StatusCode, await Code(answer)));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Only_the_tokens_holder_may_touch_a_call()
    {
        var (mine, other) = (await (await Call(Wish())).Json(), await (await Call(Wish())).Json());
        var (call, token, foreign) = (mine.GetProperty("call").GetString()!, mine.GetProperty("token").GetString()!, other.GetProperty("token").GetString()!);
        string?[] wrong = [null, "", "nonsense", "AAAA", foreign, token[..^2] + (token.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"), await api.Token(A.Acme, "admin")];
        foreach (var bad in wrong)
            foreach (var (method, path) in Touches(call))
                Assert.Equal(HttpStatusCode.Unauthorized, (await Touch(method, path, bad)).StatusCode);
        foreach (var (method, path) in Touches(call)) // a token is of its own tenant
            Assert.Equal(HttpStatusCode.Unauthorized, (await Touch(method, path, token, "globex.localhost")).StatusCode);
        Assert.Empty(api.Grains.Edges.Observer.Heard);
        foreach (var (method, path) in Touches(call)) Assert.True((await Touch(method, path, token)).IsSuccessStatusCode);
        Assert.Equal([$"acme/{call} moves: v=0", $"acme/{call} ends"], api.Grains.Edges.Observer.Heard);
    }

    [Fact]
    public async Task A_leg_that_is_gone_moves_no_more()
    {
        var mine = await (await Call(Wish())).Json();
        api.Grains.Edges.Observer.Refuses = VisitorRefusal.Gone;
        Assert.Equal(HttpStatusCode.NotFound, (await Touch(HttpMethod.Post, $"/api/v1/webcalls/{mine.GetProperty("call").GetString()}/sdp", mine.GetProperty("token").GetString())).StatusCode);
    }

    private static (HttpMethod, string)[] Touches(string call) => [(HttpMethod.Get, $"/api/v1/webcalls/{call}/state"), (HttpMethod.Post, $"/api/v1/webcalls/{call}/sdp"), (HttpMethod.Delete, $"/api/v1/webcalls/{call}")];

    private async Task<HttpResponseMessage> Touch(HttpMethod method, string path, string? token, string host = Host)
    {
        using var client = api.Client(token, host);
        var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { sdp = "v=0" });
        return await client.Ask(request);
    }
}
