using System.Net;
using System.Net.Http.Headers;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>Tenants do not mix: with acme's credentials nothing of globex can be read, changed, called as or registered as. Inside a tenant everybody sees what the role may.</summary>
public sealed class TenantTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    static readonly string[] Lists = ["agents", "queues", "numbers", "flows", "calls", "recordings", "users", "extensions", "apikeys"];

    [Fact]
    public async Task Things_of_globex_are_404_for_acme_by_id()
    {
        using var globex = await product.Product.SignIn("globex");
        await globex.Put("queues/secret", new { name = "Only globex" });
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.GlobexMenu);
        await call.Answered();
        await call.HangUp();
        var record = await globex.Record(caller.User);
        foreach (var path in new[] { "queues/secret", $"numbers/{Numbers.GlobexMenu}", $"calls/{record.Id}", $"calls/{record.Id}/facts", "queues/secret/live" })
            Assert.Equal(HttpStatusCode.NotFound, await product.Acme.Status(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.NotFound, await product.Acme.Status(HttpMethod.Put, $"numbers/{Numbers.GlobexMenu}", new { flow = (string?)null }));
        Assert.Empty((await product.Acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray());
        await product.Acme.Put("queues/secret", new { name = "acme's own" }); // the same id is another thing
        Assert.Equal("Only globex", (await globex.Get("queues/secret")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Acmes_token_on_globexs_host_opens_nothing()
    {
        foreach (var list in Lists)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(product.Product.Http, $"api/v1/{list}"));
            request.Headers.Host = $"globex.localhost:{product.Product.HttpPort}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", product.Acme.Token);
            using var http = new HttpClient();
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain("acme", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("globex", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Nobody_reads_without_a_token()
    {
        using var http = new HttpClient { BaseAddress = product.Product.Http };
        foreach (var list in Lists)
        {
            using var answer = await http.GetAsync(new Uri($"api/v1/{list}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_inspector_sees_a_masked_number_an_admin_reveals_it_into_the_log_and_an_ended_session_opens_nothing()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await call.HangUp();
        var record = await product.Acme.Record(caller.User);
        Assert.Equal(caller.User, record.From);
        using var qa = await product.Product.SignIn("acme", "qa");
        var seen = await qa.Get($"calls/{record.Id}");
        Assert.Equal($"{caller.User[..3]}****{caller.User[^4..]}", seen.GetProperty("from").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, await qa.Status(HttpMethod.Post, $"calls/{record.Id}/reveal", new { reason = "curiosity" }));
        Assert.Equal(HttpStatusCode.OK, await product.Acme.Status(HttpMethod.Post, $"calls/{record.Id}/reveal", new { reason = "complaint 4711" }));
        var entry = (await product.Acme.Get($"audit?action=numberRevealed&subject={record.Id}")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("admin", "complaint 4711"), (entry.GetProperty("user").GetString(), entry.GetProperty("detail").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, await product.Acme.Status(HttpMethod.Delete, "users/qa/sessions"));
        Assert.Equal(HttpStatusCode.Unauthorized, await qa.Status(HttpMethod.Get, "calls"));
    }

    [Fact]
    public async Task A_tenants_admin_is_no_operator()
    {
        foreach (var path in new[] { "operator/tenants", "operator/numbers", "operator/trunks", "operator/tenants/globex", "operator/tenants/globex/dialling" })
            Assert.Contains(await product.Acme.Status(HttpMethod.Get, path), new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Contains(await product.Acme.Status(HttpMethod.Put, "operator/tenants/acme", new { callLimit = 1 }), new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    [Fact]
    public async Task Acmes_extension_cannot_register_at_globex()
    {
        using var globex = await product.Product.SignIn("globex");
        await globex.Put("extensions/1041", new { password = "only-globex-knows" });
        await using var phone = new Phone(product.Product.Sip, "1041", "globex.localhost");
        Assert.Equal(401, (await phone.TryRegister("demo")).Status); // acme's 1041 has this password
    }

    [Fact]
    public async Task Acmes_extension_does_not_ring_for_globexs_callers()
    {
        await using var agent = await product.Agent("1043");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.GlobexMenu);
        await call.Answered();
        await call.Press('1');
        Assert.True(await agent.StaysQuiet(TimeSpan.FromSeconds(1.5)));
        await call.HangUp();
    }

    [Fact]
    public async Task A_caller_who_claims_a_tenants_domain_needs_its_password()
    {
        await using var impostor = new Phone(product.Product.Sip, "1045", "globex.localhost", password: "guess");
        Assert.Contains((await impostor.Dial(Numbers.GlobexMenu).Final).Status, new[] { 401, 403, 407 });
        await using var nobody = new Phone(product.Product.Sip, "9999", "acme.localhost");
        Assert.Contains((await nobody.Dial(Numbers.AcmeSales).Final).Status, new[] { 401, 403, 407 });
    }
}
