using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Other sites, planted sessions and guessing, from outside.</summary>
[Trait("Judges", "NoTime")]
public sealed class SignInTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    static readonly (string Header, string Value)[] OtherSites = [("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "http://globex.localhost"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")];

    /// <summary>Every operation that changes something, by the document: the cookie that a browser sends along is worth nothing from another site's page.</summary>
    [Fact]
    public async Task Another_sites_page_changes_nothing_with_our_cookie()
    {
        var operations = await Operations.Of(product.Acme, "post", "put", "delete", "patch");
        Assert.True(operations.Count > 50, $"only {operations.Count} operations change something");
        var before = await Settings();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = product.Product.Http };
        var wrong = new List<string>();
        foreach (var operation in operations.Where(operation => operation.Demand is not null))
            foreach (var (header, value) in OtherSites)
            {
                using var request = new HttpRequestMessage(operation.Method, operation.Path) { Content = new StringContent("{}", Encoding.UTF8, "text/plain") }; // what a form can send
                request.Headers.Host = "acme.localhost";
                request.Headers.Add("Cookie", $"callcenter-session={product.Acme.Token}");
                request.Headers.Add(header, value);
                using var answer = await http.SendAsync(request, Stop);
                if (answer.StatusCode != HttpStatusCode.Unauthorized) wrong.Add($"{operation} with {header}: {value} gave {(int)answer.StatusCode}");
            }
        Assert.Empty(wrong);
        Assert.Equal(before, await Settings());
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<string> Settings() => (await product.Acme.Get("queues")).GetRawText() + (await product.Acme.Get("users?limit=200")).GetRawText() + (await product.Acme.Get("agents?limit=200")).GetRawText();

    /// <summary>Every operation that reads a JSON body takes no other kind of it, whoever sends it.</summary>
    [Fact]
    public async Task A_body_of_another_kind_is_read_by_nobody()
    {
        var wrong = new List<string>();
        foreach (var operation in (await Operations.Of(product.Acme, "post", "put", "patch")).Where(operation => operation.Body is not null))
            foreach (var kind in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/csv" })
            {
                if (operation.Kinds.Contains(kind.Split(';')[0])) continue;
                using var request = new HttpRequestMessage(operation.Method, operation.Path) { Content = new ByteArrayContent("{\"name\":\"x\"}"u8.ToArray()) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", kind);
                using var answer = await product.Acme.Http.SendAsync(request, Stop);
                if ((int)answer.StatusCode is < 400 or >= 500) wrong.Add($"{operation} as {kind} gave {(int)answer.StatusCode}");
            }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_session_that_somebody_planted_is_never_taken_over()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = product.Product.Http };
        using var stranger = await product.Product.SignIn("acme", "qa");
        foreach (var planted in new[] { "chosen-by-a-stranger", stranger.Token, $"{stranger.Token[..^4]}AAAA" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/session") { Content = JsonContent.Create(new { tenant = "acme", user = "supervisor", password = RunningProduct.Password }) };
            request.Headers.Add("Cookie", $"callcenter-session={planted}");
            using var answer = await http.SendAsync(request, Stop);
            var cookie = Assert.Single(answer.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie"));
            Assert.DoesNotContain(planted, cookie, StringComparison.Ordinal);
            foreach (var mark in new[] { "httponly", "samesite=lax", "path=/" }) Assert.Contains(mark, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase); // of this host alone
            using var look = new HttpRequestMessage(HttpMethod.Get, "api/v1/session");
            look.Headers.Add("Cookie", $"callcenter-session={planted}");
            using var seen = await http.SendAsync(look, Stop);
            if (seen.IsSuccessStatusCode) Assert.Equal("qa", (await seen.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("user").GetString()); // still the stranger's own
        }
    }

    [Fact]
    public async Task Guessing_locks_the_account_at_the_guessers_address_only()
    {
        using var guesser = From("127.0.0.66");
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await Try(guesser, "agent1001", $"guess {i}")).StatusCode);
        var locked = await Try(guesser, "agent1001", RunningProduct.Password); // the right one, too late
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.True(locked.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await Try(guesser, "agent1002", RunningProduct.Password)).StatusCode);
        using var owner = From("127.0.0.67");
        Assert.Equal(HttpStatusCode.OK, (await Try(owner, "agent1001", RunningProduct.Password)).StatusCode);
        var log = (await product.Acme.Get("audit?action=lockedOut")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(("agent1001", "127.0.0.66"), (log[0].GetProperty("subject").GetString(), log[0].GetProperty("address").GetString()));
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_has_to_wait_and_no_header_makes_it_another()
    {
        using var guesser = From("127.0.0.68");
        HttpResponseMessage? last = null;
        for (var i = 0; i < 101; i++)
        {
            last = await Try(guesser, $"nobody{i}", "guess", tenant: "NOT A TENANT", claims: $"10.0.0.{i}"); // costs us no password hash
            if (i < 100) Assert.Equal(HttpStatusCode.Unauthorized, last.StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        using var other = From("127.0.0.69");
        Assert.Equal(HttpStatusCode.OK, (await Try(other, "qa", RunningProduct.Password)).StatusCode);
    }

    static async Task<HttpResponseMessage> Try(HttpClient http, string user, string password, string tenant = "acme", string? claims = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/session") { Content = JsonContent.Create(new { tenant, user, password }) };
        if (claims is not null) request.Headers.Add("X-Forwarded-For", claims);
        return await http.SendAsync(request);
    }

    /// <summary>A client at another address of this machine.</summary>
    HttpClient From(string address) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = product.Product.Http };
}
