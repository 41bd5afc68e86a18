using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Requests that lie about the host, the length or the end of a line.</summary>
[Trait("Judges", "NoTime")]
public sealed class HostTrickTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    readonly int port = product.Product.HttpPort;

    /// <summary>Whoever reads one of two names, and somebody behind it the other, lets a stranger in. Each names acme somewhere.</summary>
    public static TheoryData<string> Lies =>
    [
        "GET {path} HTTP/1.1 | Host: acme.localhost | Host: globex.localhost",
        "GET {path} HTTP/1.1 | Host: globex.localhost | Host: acme.localhost",
        "GET http://globex.localhost{path} HTTP/1.1 | Host: acme.localhost",
        "GET http://acme.localhost{path} HTTP/1.1 | Host: globex.localhost",
        "GET {path} HTTP/1.1 | Host: acme.localhost | X-Forwarded-Host: globex.localhost",
        "GET {path} HTTP/1.1 | Host: acme.localhost | Forwarded: host=globex.localhost | X-Host: globex.localhost | X-Original-Host: globex.localhost",
        "GET {path} HTTP/1.1 | Host: ACME.LocalHost",
        "GET {path} HTTP/1.1 | Host: acme.localhost.",
        "GET {path} HTTP/1.1 | Host: acme.localhost:1",
        "GET {path} HTTP/1.1 | Host: acme.localhost:99999",
        "GET {path} HTTP/1.1 | Host: acme.localhost:8080.globex.localhost",
        "GET {path} HTTP/1.1 | Host: globex.localhost@acme.localhost",
        "GET {path} HTTP/1.1 | Host: acme.localhost/globex.localhost",
        "GET {path} HTTP/1.1 | Host: acme.localhost, globex.localhost",
        "GET {path} HTTP/1.1 | Host : globex.localhost | Host: acme.localhost",
        "GET {path} HTTP/1.1 |  Host: globex.localhost | Host: acme.localhost",
        "GET {path} HTTP/1.1 | X: y | \tHost: globex.localhost | Host: acme.localhost",
    ];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_token_of_another_tenant_opens_nothing_where_the_host_is_acmes_and_acmes_page_is_nobody_elses(string lie)
    {
        var lines = lie.Split(" | ");
        using var globex = await product.Product.SignIn("globex");
        foreach (var path in new[] { "/api/v1/queues", "/api/v1/session" })
        {
            string[] request = [lines[0].Replace("{path}", path, StringComparison.Ordinal), .. lines[1..], $"Authorization: Bearer {globex.Token}"];
            var answer = await Wire.Ask(port, request);
            Assert.True(answer.Status is 400 or 401, $"{lie}: {answer.Text}");
            Assert.DoesNotContain("globex", answer.Text, StringComparison.Ordinal);
        }
        var page = await Wire.Ask(port, [lines[0].Replace("{path}", "/", StringComparison.Ordinal), .. lines[1..]]);
        Assert.DoesNotContain("globex", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("acme.localhost.evil.example")]
    [InlineData("acme.localhostevil")]
    [InlineData("evil-acme.localhost")]
    [InlineData("")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("acme.localhost\u0000")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_host_that_is_nobodys_gets_no_page_and_is_not_repeated(string host)
    {
        var answer = await Wire.Ask(port, ["GET / HTTP/1.1", $"Host: {host}"]);
        Assert.True(answer.Status is 400 or 404, answer.Text);
        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/%2e%2e")]
    [InlineData("/\\evil.example")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/board/..//evil.example/")]
    [InlineData("/?next=https://evil.example&return=//evil.example&redirect=https:evil.example&returnUrl=//evil.example")]
    [InlineData("/api/v1/session?returnUrl=https://evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/reset?next=https://evil.example")]
    public async Task Nobody_is_sent_to_another_site(string target)
    {
        var answer = await Wire.Ask(port, [$"GET {target} HTTP/1.1", "Host: acme.localhost"]);
        Assert.True(answer.Status is >= 200 and < 300 or >= 400 and < 500, answer.Text);
        Assert.Null(answer.Header("Location"));
        Assert.Null(answer.Header("Refresh"));
    }

    [Theory]
    [InlineData("/%0d%0aSet-Cookie:%20planted=1")]
    [InlineData("/api/v1/queues/%0d%0aSet-Cookie:%20planted=1")]
    [InlineData("/api/v1/recordings/%0d%0aSet-Cookie:%20planted=1?download=%0d%0aSet-Cookie:%20planted=1")]
    [InlineData("/api/v1/calls?number=%0d%0aSet-Cookie:%20planted=1&cursor=%0d%0aSet-Cookie:%20planted=1")]
    public async Task A_line_that_ends_in_an_address_ends_no_line_of_the_answer(string target)
    {
        var answer = await Wire.Ask(port, [$"GET {target} HTTP/1.1", "Host: acme.localhost", $"Authorization: Bearer {product.Acme.Token}"]);
        Assert.True(answer.Status is >= 200 and < 500, answer.Text);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Two_lengths_or_a_length_beside_chunks_are_refused_and_nothing_is_smuggled()
    {
        foreach (var lines in new string[][]
        {
            ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Content-Length: 5", "Content-Length: 6"],
            ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Content-Length: 4", "Transfer-Encoding: xchunked"],
            ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Content-Length: -1"],
            ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Transfer-Encoding: chunked, identity"],
        })
        {
            var answer = await Wire.Ask(port, lines, "0\r\n\r\nGET /api/v1/queues HTTP/1.1\r\nHost: globex.localhost\r\n\r\n");
            Assert.True(answer.Status is 400 or 411 or 501, $"{string.Join(" | ", lines)}: {answer.Text}");
            Assert.Equal(1, answer.Text.Split("HTTP/1.1 ").Length - 1);
        }
    }

    [Fact]
    public async Task What_is_too_long_is_refused_before_it_is_read()
    {
        Assert.Equal(431, (await Wire.Ask(port, ["GET / HTTP/1.1", "Host: acme.localhost", $"X-Long: {new string('x', 40_000)}"])).Status);
        Assert.Equal(431, (await Wire.Ask(port, ["GET / HTTP/1.1", "Host: acme.localhost", .. Enumerable.Range(0, 200).Select(i => $"X-{i}: y")])).Status);
        Assert.Equal(414, (await Wire.Ask(port, [$"GET /{new string('x', 20_000)} HTTP/1.1", "Host: acme.localhost"])).Status);
        Assert.Equal(413, (await Wire.Ask(port, ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Content-Type: application/json", "Content-Length: 5000000000"])).Status);
        var deep = await Wire.Ask(port, ["POST /api/v1/session HTTP/1.1", "Host: acme.localhost", "Content-Type: application/json", "Content-Length: 100000"], new string('[', 100_000));
        Assert.Equal(400, deep.Status);
    }

    [Fact]
    public async Task Who_sends_slowly_holds_up_nobody_else()
    {
        var slow = Enumerable.Range(0, 100).Select(_ => new Wire(port)).ToList();
        foreach (var wire in slow) await wire.Send("POST /api/v1/session HTTP/1.1\r\nHost: acme.localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        using var quick = await product.Product.SignIn("acme", "qa");
        Assert.Equal(System.Net.HttpStatusCode.OK, await quick.Status(HttpMethod.Get, "session"));
        foreach (var wire in slow) wire.Dispose();
    }
}
