using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Portal;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Every text of every body that the API's document names is filled with what others would run, show in its place or choke on.</summary>
[Trait("Judges", "NoTime")]
public sealed partial class HostileTextTests(ProductFixture product, StillBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<StillBrowser>
{
    const string Script = "<img src=x onerror=\"window.ran=1\"><script>window.ran=2</script>'\"><b>";

    /// <summary>As they stand in JSON.</summary>
    static readonly string[] Payloads =
    [
        JsonSerializer.Serialize(Script), "\"javascript:window.ran=3\"", "\"\\u202Eevil\\u202C\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\r\\nSet-Cookie: planted=1\"", "\"\\uD800\"", "\"\\uDC00x\"", "\"'; drop table users; --\"", "\"%s%n{0}${7*7}{{7*7}}\"",
        $"\"{new string('x', 100_000)}\"", "\"../../../etc/passwd\"", "\"=cmd|' /C calc'!A0\"",
    ];

    /// <summary>What no text of ours holds: NUL, which PostgreSQL cannot keep, and what turns the text behind it around, so that a name looks like another.</summary>
    static readonly string[] Forbidden = ["\\u0000", "\\u202E"];

    /// <summary>Bodies that are taken, into which one hostile text at a time is put; of the others only the hostile text is sent.</summary>
    static readonly Dictionary<string, (string Id, object Body)> Taken = new(StringComparer.Ordinal)
    {
        ["/api/v1/users/{user}"] = ("hostile", new { name = "x", role = "agent", password = "a long password" }),
        ["/api/v1/queues/{queue}"] = ("hostile", new { name = "x" }),
        ["/api/v1/extensions/{extension}"] = ("9901", new { password = "a long password" }),
        ["/api/v1/agents/{agent}"] = ("hostile", new { name = "x", user = "hostile", extension = "9901", queues = new[] { "hostile" } }),
        ["/api/v1/flows/{flow}"] = ("hostile", new { name = "x", definition = new { schema = 1, start = "pick", nodes = new { pick = new { type = "answer", next = "wait" }, wait = new { type = "queue", queue = "hostile" } } } }),
        ["/api/v1/hours/{hours}"] = ("hostile", new { name = "x" }),
    };

    [Fact]
    public async Task No_text_is_too_much_for_the_api_and_what_is_taken_comes_back_as_it_was()
    {
        var admin = product.Acme;
        using var operators = await product.Product.SignIn(null, "operator");
        var wrong = new List<string>();
        foreach (var path in Taken) await admin.Put(path.Key[8..].Replace(Part().Match(path.Key).Value, path.Value.Id, StringComparison.Ordinal), path.Value.Body);
        foreach (var operation in (await Operations.Of(admin, "put", "post", "patch")).Where(operation => operation.Body is not null && !operation.Template.StartsWith("/api/v1/session", StringComparison.Ordinal)))
            foreach (var member in operation.TextMembers)
                foreach (var payload in Payloads)
                    if (await Fault(operation.Template.Contains("/operator/", StringComparison.Ordinal) ? operators : admin, operation, member, payload) is { } fault) wrong.Add(fault);
        Assert.Empty(wrong.Take(20));
        foreach (var (template, made) in Taken.Reverse()) await admin.Status(HttpMethod.Delete, template[8..].Replace(Part().Match(template).Value, made.Id, StringComparison.Ordinal));
    }

    static async Task<string?> Fault(ProductApi api, Operation operation, string member, string payload)
    {
        var (path, body) = Taken.TryGetValue(operation.Template, out var taken) && operation.Method == HttpMethod.Put
            ? (operation.Template.Replace(Part().Match(operation.Template).Value, taken.Id, StringComparison.Ordinal), With(taken.Body, member, payload))
            : (operation.Path, $"{{\"{member}\":{payload}}}");
        using var request = new HttpRequestMessage(operation.Method, path.TrimStart('/')) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var shown = payload.Length > 60 ? payload[..60] : payload;
        if ((int)answer.StatusCode >= 500) return $"{operation} {member}={shown} gave {(int)answer.StatusCode}";
        if (text.Length > 0 && answer.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json")) return $"{operation} {member}={shown} answered with {answer.Content.Headers.ContentType}";
        if (answer.Headers.Contains("Set-Cookie")) return $"{operation} {member}={shown} planted a cookie";
        if (!answer.IsSuccessStatusCode) return null;
        if (member != "password" && Forbidden.Any(payload.Contains) && (operation.Method == HttpMethod.Put || payload.Contains("u0000", StringComparison.Ordinal))) return $"{operation} {member}={shown} was taken"; // a password is kept by its hash alone
        if (text.Length == 0) return null;
        return JsonSerializer.Deserialize<JsonElement>(text) is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty(member, out var back) && back.ValueKind == JsonValueKind.String && back.GetString() != JsonSerializer.Deserialize<string>(payload)
            ? $"{operation} {member}={shown} came back as {back.GetRawText()}" : null;
    }

    static string With(object body, string member, string payload)
    {
        var members = JsonSerializer.SerializeToElement(body).EnumerateObject().Where(one => one.Name != member).Select(one => $"\"{one.Name}\":{one.Value.GetRawText()}");
        return $"{{{string.Join(',', members.Append($"\"{member}\":{payload}"))}}}";
    }

    [Fact]
    public async Task A_search_for_NUL_is_refused()
    {
        foreach (var path in new[] { "calls?number=%00", "calls?queue=a%00b", "users?cursor=%00" }) Assert.Equal(HttpStatusCode.BadRequest, await product.Acme.Status(HttpMethod.Get, path));
    }

    /// <summary>The pages are those of the menu: a new one is visited by itself.</summary>
    [Fact]
    public async Task No_page_runs_a_name_and_none_breaks_the_policy()
    {
        using var admin = await product.Product.SignIn();
        await admin.Put("users/scripted", new { name = Script, role = "agent", password = "a long password" });
        await admin.Put("queues/scripted", new { name = Script });
        await admin.Put("extensions/9902", new { password = "a long password" });
        await admin.Put("agents/scripted", new { name = Script, user = "scripted", extension = "9902", queues = new[] { "scripted" } });
        await browser.Chromium.Forget();
        await using (var door = await PortalPage.Open(browser.Chromium, product.Product))
            await door.Tab.Run($"fetch('/api/v1/session', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: JSON.stringify({{ user: 'admin', password: '{RunningProduct.Password}' }}) }}).then((r) => r.status)");
        await using var page = await PortalPage.Open(browser.Chromium, product.Product);
        await page.Shows("Live board");
        var links = (await page.Tab.Run("[...new Set([...document.querySelectorAll('nav a, aside a, [role=menu] a, header a')].map((a) => new URL(a.href).pathname))]")).EnumerateArray().Select(link => link.GetString()!).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            await using var one = await PortalPage.Open(browser.Chromium, product.Product, link);
            await one.Tab.Run("until('the page', () => document.querySelector('main h1, main .ant-result') && !document.querySelector('.ant-spin-spinning')).then(() => 1)");
            Assert.Equal("undefined", (await one.Tab.Run("typeof window.ran")).GetString());
            Assert.Equal(0, (await one.Tab.Run("document.querySelectorAll('img[src=\"x\"], main script').length")).GetInt32());
            Assert.Empty(await one.Violations());
        }
        foreach (var made in new[] { "agents/scripted", "extensions/9902", "queues/scripted", "users/scripted" }) await admin.Status(HttpMethod.Delete, made);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Part();
}
