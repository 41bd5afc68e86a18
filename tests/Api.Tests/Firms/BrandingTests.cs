using System.Net.Http.Headers;

namespace CallCenter.Api.Tests.Firms;

/// <summary>How a firm looks: set by its admin, seen by everybody before the door.</summary>
public sealed class BrandingTests
{
    private const string Path = "/api/v1/branding", Host = "acme.localhost";
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 44, 0, 0, 0, 80, 8, 6, 0, 0, 0, 1, 2, 3, 4];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> Upload(HttpClient client, string kind, byte[] bytes, string type = "image/png")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await client.Ask(new(HttpMethod.Put, $"{Path}/pictures/{kind}") { Content = content });
    }

    [Fact]
    public async Task Colours_that_can_be_read_are_kept_and_others_are_refused_by_name()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["barText", "colour"], await (await admin.Put(Path, new { colour = "#ffee00", barColour = "#444444", barText = "#555555" })).Wrong());
        var kept = await (await admin.Put(Path, new { name = "Acme 客服", colour = "#0A5C36" })).Json();
        Assert.Equal(("Acme 客服", "#0a5c36"), (kept.GetProperty("name").GetString(), kept.GetProperty("colour").GetString()));
        Assert.Equal("#0a5c36", (await (await admin.Put(Path, """{"name":null}""")).Json()).GetProperty("colour").GetString());
    }

    [Fact]
    public async Task A_picture_is_sent_to_anybody_on_the_firms_host_as_what_it_is_and_kept_for_good()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        var set = await (await Upload(admin, "logo", Png, "text/html")).Json();
        var url = set.GetProperty("logo").GetProperty("url").GetString()!;
        Assert.Equal(300, set.GetProperty("logo").GetProperty("width").GetInt32());
        using var stranger = api.Client(host: Host);
        var answer = await stranger.Get(url);
        Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["default-src 'none'; sandbox"], answer.Headers.GetValues("Content-Security-Policy"));
        using var elsewhere = api.Client(host: "globex.localhost");
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Get(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/api/v1/brand/..%2f..%2fsecret")).StatusCode);
    }

    [Fact]
    public async Task A_picture_that_is_replaced_or_removed_is_kept_no_longer_unless_another_use_is_left()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        await Upload(admin, "logo", Png);
        await Upload(admin, "favicon", Png);
        Assert.Equal(1, api.Blobs.Count);
        Assert.Equal(HttpStatusCode.OK, (await admin.Delete($"{Path}/pictures/logo")).StatusCode);
        Assert.Equal(1, api.Blobs.Count);
        await Upload(admin, "favicon", [.. Png, 1]);
        Assert.Equal(1, api.Blobs.Count);
        await admin.Delete($"{Path}/pictures/favicon");
        Assert.Equal(0, api.Blobs.Count);
    }

    private static readonly (string Kind, byte[] Bytes)[] Hostile =
    [
        ("logo", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()),
        ("logo", "<!doctype html><script>alert(1)</script>"u8.ToArray()),
        ("logo", "GIF89a"u8.ToArray()),
        ("logo", []),
        ("signIn", Png), // too low for a picture that fills half a screen
        ("favicon", [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 6, 0, 0, 0, 1, 2, 3, 4]),
    ];

    [Fact]
    public async Task What_is_no_fit_picture_is_refused_and_not_kept()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        foreach (var (kind, bytes) in Hostile) Assert.Equal(["picture"], await (await Upload(admin, kind, bytes)).Wrong());
        Assert.Equal(0, api.Blobs.Count);
    }
}
