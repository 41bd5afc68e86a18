using CallCenter.Kit.Ports;

namespace CallCenter.Api.Tests.Firms;

/// <summary>Host names of a firm's own, and their certificates.</summary>
public sealed class DomainTests
{
    private const string Path = "/api/v1/domains", Own = "service.example.com";

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Json()).GetProperty("code").GetString();

    [Fact]
    public async Task A_firm_adds_a_name_signs_in_there_and_gives_it_up()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.True((await admin.Put($"{Path}/SERVICE.example.com", new { })).IsSuccessStatusCode);
        Assert.Equal(["acme.localhost", Own], (await (await admin.Get(Path)).Json()).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("host").GetString()));
        using var there = await api.SignedIn(A.Acme, "admin", Own);
        Assert.Equal(HttpStatusCode.OK, (await there.Get(Path)).StatusCode);
        using var stranger = await api.SignedIn(A.Globex, "admin", Own);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Get(Path)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"{Path}/{Own}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Delete($"{Path}/{Own}")).StatusCode);
    }

    [Fact]
    public async Task A_name_of_another_firm_or_of_the_operator_is_not_to_be_had()
    {
        await using var api = await RunningApi.Start();
        using var acme = await api.SignedIn(A.Acme, "admin");
        using var globex = await api.SignedIn(A.Globex, "admin");
        await acme.Put($"{Path}/{Own}", new { });
        Assert.Equal("conflict", await Code(await globex.Put($"{Path}/{Own}", new { })));
        Assert.Equal("forbidden", await Code(await globex.Put($"{Path}/acme.localhost", new { })));
        Assert.Equal("forbidden", await Code(await globex.Put($"{Path}/new.localhost", new { })));
        Assert.Equal("forbidden", await Code(await globex.Put($"{Path}/localhost", new { })));
        Assert.Equal(["domain"], await (await globex.Put($"{Path}/192.0.2.1", new { })).Wrong());
        Assert.Equal(HttpStatusCode.NotFound, (await globex.Delete($"{Path}/{Own}")).StatusCode);
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.True((await oper.Put("/api/v1/operator/tenants/globex/domains/help.globex.localhost", new { })).IsSuccessStatusCode);
        Assert.Equal("conflict", await Code(await oper.Put("/api/v1/operator/tenants/globex/domains/localhost", new { })));
    }

    [Fact]
    public async Task A_certificate_is_shown_with_its_end_and_its_key_never()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        await admin.Put($"{Path}/{Own}", new { });
        var now = api.Clock.GetUtcNow();
        var (chain, key) = Certificates.For([Own], now.AddDays(-1), now.AddDays(10));
        var put = await admin.Put($"{Path}/{Own}/certificate", new { chain, key });
        Assert.Equal("expiring", (await put.Json()).GetProperty("state").GetString());
        var list = await (await admin.Get(Path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("PRIVATE", list, StringComparison.Ordinal);
        var kept = await api.Store.Find<HostCertificate>(A.Acme, Own, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("PRIVATE", kept!.Key.Value, StringComparison.Ordinal);
        Assert.Equal(key, api.Cipher.Open(A.Acme, kept.Key)?.Value);
        var wrong = await admin.Put($"{Path}/acme.localhost/certificate", new { chain, key });
        Assert.Equal("certificateWrongName", await Code(wrong));
        using var globex = await api.SignedIn(A.Globex, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await globex.Put($"{Path}/{Own}/certificate", new { chain, key })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"{Path}/{Own}/certificate")).StatusCode);
    }

    [Fact]
    public async Task A_suspended_firm_is_served_nothing_until_it_is_resumed()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/api/v1/session")).StatusCode);
        await oper.Put("/api/v1/operator/tenants/acme", new { suspended = true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.Get("/api/v1/session")).StatusCode);
        using var door = api.Client();
        Assert.Equal("tenantSuspended", await Code(await door.Post("/api/v1/session", new { tenant = "acme", user = "admin", password = A.Password })));
        await oper.Put("/api/v1/operator/tenants/acme", new { suspended = false });
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/api/v1/session")).StatusCode);
    }
}
