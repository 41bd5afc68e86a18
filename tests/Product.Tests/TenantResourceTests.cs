using System.Net;
using System.Text.Json;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>Every resource of the API, by id: with acme's credentials, a session's or a key's, nothing of globex is read, changed or removed.</summary>
[Trait("Judges", "NoTime")]
public sealed class TenantResourceTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const string Id = "only-globex";

    static readonly object flow = new { name = Id, definition = new { schema = 1, start = "pick", nodes = new { pick = new { type = "answer", next = "wait" }, wait = new { type = "queue", queue = Id } } } };

    [Fact]
    public async Task Nothing_of_globex_is_read_changed_or_removed_with_acmes_credentials()
    {
        using var globex = await product.Product.SignIn("globex");
        var things = await Make(globex);
        var before = await Texts(globex, things);
        using var key = await Key(product.Acme);
        foreach (var acme in new[] { product.Acme, key })
        {
            foreach (var thing in things)
            {
                Assert.True(await acme.Status(HttpMethod.Get, thing) == HttpStatusCode.NotFound, thing);
                Assert.Contains(await acme.Status(HttpMethod.Delete, thing), new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
            }
            await ListsTellNothing(acme, things);
            await PartsAreNotFound(acme);
        }
        await AcmeMakesTheSame(product.Acme);
        Assert.Equal(before, await Texts(globex, things));
    }

    [Fact]
    public async Task A_globex_recording_is_404_for_acme_and_a_call_of_globex_cannot_be_found_by_any_filter()
    {
        using var globex = await product.Product.SignIn("globex");
        await using var agent = await product.Agent("1047", "globex.localhost");
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.GlobexMenu);
        await call.Answered();
        await call.Press('1');
        await (await agent.Rings()).Answer();
        await Pause.For(1);
        await call.HangUp();
        var record = await globex.Record(caller.User);
        var recording = Assert.Single(record.Recordings);
        Assert.NotEmpty(await globex.Recording(recording));
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head }) Assert.Equal(HttpStatusCode.NotFound, await product.Acme.Status(method, $"recordings/{recording}"));
        foreach (var filter in new[] { "", $"?number={caller.User}", $"?number={Numbers.GlobexMenu}", "?queue=sales", "?agent=agent1047" })
            Assert.DoesNotContain(record.Id, (await product.Acme.Get($"calls{filter}")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(recording, (await product.Acme.Get("recordings?limit=200")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acmes_extension_reaches_no_number_of_globex_and_its_password_calls_as_nobody_of_globex()
    {
        using var globex = await product.Product.SignIn("globex");
        await globex.Put("extensions/1049", new { password = "only-globex-knows" });
        await using var own = new Phone(product.Product.Sip, "1049", "acme.localhost");
        Assert.Equal(404, (await own.Dial(Numbers.GlobexMenu).Final).Status);
        await using var posing = new Phone(product.Product.Sip, "1049", "globex.localhost"); // with the password of acme's 1049
        Assert.Contains((await posing.Dial(Numbers.GlobexMenu).Final).Status, new[] { 401, 403, 407 });
    }

    /// <summary>One of each resource; their paths.</summary>
    static async Task<List<string>> Make(ProductApi globex)
    {
        await globex.Put($"queues/{Id}", new { name = Id });
        await globex.Put($"flows/{Id}", flow);
        await globex.Put($"users/{Id}", new { name = Id, role = "agent", password = "only-globex-knows" });
        await globex.Put("extensions/7777", new { password = "only-globex-knows" });
        await globex.Put($"agents/{Id}", new { name = Id, user = Id, extension = "7777", queues = new[] { Id } });
        using var key = await globex.Http.PostAsync(new Uri("api/v1/apikeys", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { name = Id, role = "tenantAdmin" }));
        var made = JsonSerializer.Deserialize<JsonElement>(await key.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return [$"queues/{Id}", $"flows/{Id}", $"users/{Id}", "extensions/7777", $"agents/{Id}", $"apikeys/{made.GetProperty("id").GetString()}", $"numbers/{Numbers.GlobexMenu}", $"queues/{Id}/live", $"agents/{Id}/presence"];
    }

    static async Task<ProductApi> Key(ProductApi admin)
    {
        using var made = await admin.Http.PostAsync(new Uri("api/v1/apikeys", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { name = "program", role = "tenantAdmin" }));
        var text = JsonSerializer.Deserialize<JsonElement>(await made.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).GetProperty("key").GetString()!;
        var http = new HttpClient { BaseAddress = admin.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", text);
        return new(http, text);
    }

    static async Task<List<string>> Texts(ProductApi globex, List<string> things)
    {
        var texts = new List<string>();
        foreach (var thing in things) texts.Add((await globex.Get(thing)).GetRawText());
        return texts;
    }

    static async Task ListsTellNothing(ProductApi acme, List<string> things)
    {
        foreach (var list in new[] { "agents", "queues", "numbers", "flows", "calls", "recordings", "users", "extensions", "apikeys" })
        {
            for (var next = ""; next is not null;)
            {
                var page = await acme.Get($"{list}?limit=200{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
                foreach (var id in things.Select(t => t.Split('/')[1])) Assert.DoesNotContain($"\"{id}\"", page.GetRawText(), StringComparison.Ordinal);
                next = page.GetProperty("next").GetString();
            }
        }
    }

    static async Task PartsAreNotFound(ProductApi acme)
    {
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, $"agents/{Id}/presence", new { presence = "available" }),
            (HttpMethod.Put, $"queues/{Id}/agents/agent1001", null),
            (HttpMethod.Put, $"queues/sales/agents/{Id}", null),
            (HttpMethod.Delete, $"queues/{Id}/agents/{Id}", null),
            (HttpMethod.Put, $"numbers/{Numbers.GlobexMenu}", new { flow = "menu" }),
        })
            Assert.True(await acme.Status(method, path, body) == HttpStatusCode.NotFound, $"{method} {path}");
    }

    /// <summary>The same ids are other things at acme.</summary>
    static async Task AcmeMakesTheSame(ProductApi acme)
    {
        await acme.Put($"queues/{Id}", new { name = "acme's own" });
        await acme.Put($"flows/{Id}", flow);
        await acme.Put($"users/{Id}", new { name = "acme's own", role = "agent", password = "only-acme-knows" });
        await acme.Put("extensions/7777", new { password = "only-acme-knows" });
        foreach (var path in new[] { $"flows/{Id}", $"queues/{Id}", $"users/{Id}", "extensions/7777" }) Assert.Equal(HttpStatusCode.NoContent, await acme.Status(HttpMethod.Delete, path));
    }
}
