using System.Net;
using CallCenter.Gateway.Tests.Fakes;

namespace CallCenter.Gateway.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("acme.localhost", "售前 &lt;Acme&gt;")]
    [InlineData("ACME.localhost:8080", "售前 &lt;Acme&gt;")]
    [InlineData("globex.localhost", "Globex")]
    [InlineData("example.com", "CallCenter")]
    [InlineData("localhost", "CallCenter")]
    [InlineData("127.0.0.1:8080", "CallCenter")]
    [InlineData("[::1]:8080", "CallCenter")]
    public async Task The_front_page_names_whose_host_it_is(string host, string name)
    {
        await using var gateway = await RunningGateway.Start();
        var answer = await gateway.Get("/", host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"<h1>{name}</h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/anything")]
    [InlineData("/apis")]
    public async Task A_host_that_is_nobodys_gets_a_plain_page(string path)
    {
        await using var gateway = await RunningGateway.Start();
        var answer = await gateway.Get(path, "initech.localhost");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task With_a_portal_its_pages_are_shown_on_the_hosts_of_somebody_only()
    {
        await using var gateway = await RunningGateway.Start(portal: true);
        foreach (var host in new[] { "acme.localhost", "localhost" })
            Assert.StartsWith("path=/board\n", await (await gateway.Get("/board", host)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Get("/board", "initech.localhost")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await gateway.Get("/board", "acme.localhost", HttpMethod.Post)).StatusCode);
    }

    [Fact]
    public async Task What_brings_no_policy_of_its_own_gets_the_strictest()
    {
        await using var gateway = await RunningGateway.Start();
        Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], (await gateway.Get("/api/v1/calls", "acme.localhost")).Headers.GetValues("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/api/v1/calls")]
    [InlineData("/hubs/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/healthz/ready")]
    [InlineData("/metrics")]
    public async Task Some_paths_answer_on_every_host(string path)
    {
        await using var gateway = await RunningGateway.Start();
        foreach (var host in new[] { "acme.localhost", "initech.localhost", "127.0.0.1" })
        {
            var answer = await gateway.Get(path, host);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith($"path={path}\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_api_sees_the_clients_host_and_address_and_no_claim_of_another()
    {
        await using var gateway = await RunningGateway.Start();
        var answer = await gateway.Get("/api/v1/calls", "acme.localhost", null, ("X-Forwarded-For", "10.9.9.9"), ("X-Forwarded-Host", "evil.example"));
        var seen = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Host=acme.localhost", seen, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For=127.0.0.1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("10.9.9.9", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_an_id_that_the_api_saw_too_and_the_headers_of_safety()
    {
        await using var gateway = await RunningGateway.Start();
        var answer = await gateway.Get("/api/v1/calls", "acme.localhost", null, ("X-Request-Id", "forged"));
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        Assert.Equal(32, id.Length);
        Assert.Contains($"X-Request-ID={id}", (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n'));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
    }

    [Fact]
    public async Task Too_many_failed_sign_ins_of_an_address_make_it_wait_and_good_ones_count_nothing()
    {
        await using var gateway = await RunningGateway.Start(failures: 3);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Get("/api/v1/session", null, HttpMethod.Post)).StatusCode);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Get("/api/v1/session", null, HttpMethod.Post, ("X-Wrong", "1"))).StatusCode);
        var answer = await gateway.Get("/api/v1/session", null, HttpMethod.Post);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Get("/api/v1/calls")).StatusCode);
    }
}
