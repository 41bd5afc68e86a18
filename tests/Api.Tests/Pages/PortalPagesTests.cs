using System.IO.Compression;
using System.Text.RegularExpressions;

namespace CallCenter.Api.Tests.Pages;

/// <summary>An API with a portal of a page and a script.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    internal const string Script = "console.log('a script that is long enough to be worth packing, packing, packing, packing')";
    private readonly string folder = Directory.CreateTempSubdirectory("callcenter-portal-").FullName;
    private RunningApi? api;

    internal RunningApi Api => api ?? throw new InvalidOperationException("the API was not started");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), """<html lang="{{language}}"><meta name="csp-nonce" content="{{nonce}}"><title>{{tenant}}</title></html>""");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "main-1a2b.js"), Script);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "not for browsers");
        api = await RunningApi.Start(folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (api is not null) await api.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The portal's page and files as browsers get them.</summary>
public sealed partial class PortalPagesTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Script = PortalFixture.Script;
    private readonly RunningApi api = fixture.Api;

    [Theory]
    [InlineData("/")]
    [InlineData("/calls/some-id")]
    public async Task Any_address_shows_the_page_of_the_hosts_tenant(string path)
    {
        api.Store.Add(new TenantSettings(A.Acme, "售前 <script>Acme", "acme.localhost", "Asia/Shanghai", "zh-CN", 20, null));
        using var client = api.Client(host: "acme.localhost");
        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<title>售前 &lt;script&gt;Acme</title>", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh-CN\"", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Each_page_has_a_nonce_of_its_own_and_runs_only_our_files()
    {
        using var client = api.Client();
        var nonces = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            var nonce = NonceIn().Match(policy).Groups[1].Value;
            Assert.Contains($"content=\"{nonce}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            nonces.Add(nonce);
        }
        Assert.Equal(3, nonces.Count);
    }

    [Fact]
    public async Task Files_are_packed_and_kept_for_good()
    {
        using var client = api.Client();
        var plain = await client.GetAsync("/assets/main-1a2b.js", TestContext.Current.CancellationToken);
        Assert.Equal(Script, await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var packed = await client.GetAsync("/assets/main-1a2b.js", TestContext.Current.CancellationToken);
        Assert.Equal("text/javascript", packed.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", packed.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        using var text = new StreamReader(new GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress));
        Assert.Equal(Script, await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/..%2fsecret.txt")]
    [InlineData("/assets/%2e%2e/secret.txt")]
    [InlineData("/openapi/none")]
    [InlineData("/healthz/none")]
    public async Task What_is_no_page_is_not_found(string path)
    {
        using var client = api.Client();
        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("not for browsers", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (answer.StatusCode != HttpStatusCode.NotFound) Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType); // "..": another address of the page
    }

    [Fact]
    public async Task The_api_stays_closed_where_it_has_nothing()
    {
        using var client = api.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/nothing", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/board", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex NonceIn();
}
