namespace CallCenter.Api.Tests.Access;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task<JsonElement> Make(object body)
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var answer = await admin.Post("/api/v1/apikeys", body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Json();
    }

    [Fact]
    public async Task A_key_is_shown_once_and_does_what_its_role_may()
    {
        var made = await Make(new { name = "crm", role = "qaInspector" });
        using var crm = api.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.OK, (await crm.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Get("/api/v1/queues")).StatusCode);
        using var admin = await api.SignedIn(A.Acme, "admin");
        var secret = made.GetProperty("key").GetString()!.Split('.')[3];
        Assert.DoesNotContain(secret, await (await admin.Get("/api/v1/apikeys")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, api.Store.Snapshot(A.Acme), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_expired_or_was_withdrawn_opens_nothing()
    {
        var made = await Make(new { name = "crm", role = "tenantAdmin", expires = A.Noon.AddHours(1) });
        using var crm = api.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.OK, (await crm.Get("/api/v1/queues")).StatusCode);
        api.Clock.Move(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await crm.Get("/api/v1/queues")).StatusCode);
        made = await Make(new { name = "crm", role = "tenantAdmin" });
        using var again = api.Client(made.GetProperty("key").GetString());
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete($"/api/v1/apikeys/{made.GetProperty("id").GetString()}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.Get("/api/v1/queues")).StatusCode);
    }

    [Fact]
    public async Task Every_fault_of_a_new_key_is_named()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["expires", "name", "role"], await (await admin.Post("/api/v1/apikeys", new { name = "", role = "operator", expires = A.Noon.AddDays(-1) })).Wrong());
    }

    [Fact]
    public async Task The_right_secret_under_another_tenants_name_opens_nothing()
    {
        var key = (await Make(new { name = "crm", role = "tenantAdmin" })).GetProperty("key").GetString()!;
        using var forged = api.Client(key.Replace("acme", "globex", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await forged.Get("/api/v1/queues")).StatusCode);
    }

    [Fact]
    public async Task Scopes_narrow_a_key_to_less_than_its_role()
    {
        var made = await Make(new { name = "crm", role = "tenantAdmin", scopes = new[] { "calls.read", "queues.write" } });
        using var crm = api.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.OK, (await crm.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Get("/api/v1/queues")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Get("/api/v1/users")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await crm.Put("/api/v1/queues/sales", new { ringSeconds = 20 })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Post("/api/v1/apikeys", new { name = "more", role = "tenantAdmin" })).StatusCode);
    }

    [Fact]
    public async Task A_scope_beyond_the_role_or_of_nothing_is_a_fault()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        foreach (var scope in new[] { "users.write", "trunks.read", "nonsense", "" })
            Assert.Equal(["scopes"], await (await admin.Post("/api/v1/apikeys", new { name = "crm", role = "qaInspector", scopes = new[] { scope } })).Wrong());
    }

    [Fact]
    public async Task A_key_with_scopes_makes_no_other_key()
    {
        var made = await Make(new { name = "crm", role = "tenantAdmin", scopes = new[] { "apiKeys.write" } });
        using var crm = api.Client(made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Post("/api/v1/apikeys", new { name = "more", role = "tenantAdmin" })).StatusCode);
    }

    [Fact]
    public async Task A_program_has_no_sessions_no_password_and_no_second_factor()
    {
        var made = await Make(new { name = "crm", role = "tenantAdmin" });
        using var crm = api.Client(made.GetProperty("key").GetString());
        Assert.Equal(0, (await (await crm.Get("/api/v1/sessions")).Json()).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Put("/api/v1/session/password", new { current = A.Password, password = "another password" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await crm.Post("/api/v1/session/second-factor", new { })).StatusCode);
    }
}
