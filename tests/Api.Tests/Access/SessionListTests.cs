using System.Net;

namespace CallCenter.Api.Tests.Access;

public sealed class SessionListTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task<HttpResponseMessage> SignIn(string user, string? cookie = null)
    {
        using var client = api.Client();
        if (cookie is not null) client.DefaultRequestHeaders.Add("Cookie", $"callcenter-session={cookie}");
        return await client.Post("/api/v1/session", new { tenant = "acme", user, password = A.Password });
    }

    private static async Task<JsonElement[]> Sessions(HttpClient client, string path = "/api/v1/sessions") => [.. (await (await client.Get(path)).Json()).GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task One_sees_ones_own_sessions_and_ends_any_of_them_at_once()
    {
        using var first = await api.SignedIn(A.Acme, "qa");
        using var second = await api.SignedIn(A.Acme, "qa");
        using var other = await api.SignedIn(A.Acme, "supervisor");
        var seen = await Sessions(first);
        Assert.Equal(2, seen.Length);
        Assert.Equal(("192.0.2.1", "test"), (seen[0].GetProperty("address").GetString(), seen[0].GetProperty("client").GetString()));
        var id = Assert.Single(seen, one => !one.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await second.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete($"/api/v1/sessions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await first.Delete($"/api/v1/sessions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/v1/calls")).StatusCode);
        Assert.Contains($"SessionsEnded qa qa {id}", api.Access.Done(A.Acme));
    }

    [Fact]
    public async Task All_own_sessions_but_this_one_end_together()
    {
        using var first = await api.SignedIn(A.Acme, "qa");
        using var second = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.NoContent, (await first.Delete("/api/v1/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.Get("/api/v1/calls")).StatusCode);
        Assert.Single(await Sessions(first));
    }

    [Fact]
    public async Task An_admin_ends_a_users_sessions_and_nobody_else_does()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var foreign = await api.SignedIn(A.Globex, "admin");
        Assert.Single(await Sessions(admin, "/api/v1/users/qa/sessions"));
        Assert.Empty(await Sessions(foreign, "/api/v1/users/qa/sessions"));
        await foreign.Delete("/api/v1/users/qa/sessions");
        Assert.Equal(HttpStatusCode.OK, (await qa.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/users/qa/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await qa.Get("/api/v1/calls")).StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_gets_a_new_session_whatever_was_brought_along()
    {
        var planted = await api.Token(A.Acme, "qa");
        var answer = await SignIn("admin", cookie: planted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Json()).GetProperty("token").GetString()!;
        Assert.NotEqual(planted.Split('.')[3], token.Split('.')[3]);
        using var old = api.Client(planted);
        Assert.Equal("qa", (await (await old.Get("/api/v1/session")).Json()).GetProperty("user").GetString()); // who planted it is nobody else for it
        using var made = api.Client("cs.acme.admin.0123456789abcdef0123456789abcdef.99999999999.x.y"); // of the planter's own making
        Assert.Equal(HttpStatusCode.Unauthorized, (await made.Get("/api/v1/session")).StatusCode);
    }

    [Fact]
    public async Task Where_the_policy_says_one_session_the_new_one_ends_those_before()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.Created, (await admin.Put("/api/v1/access-policy", new { signIn = new[] { new { role = "qaInspector", oneSession = true } } })).StatusCode);
        using var first = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.OK, (await first.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/api/v1/queues")).StatusCode);
    }

    [Fact]
    public async Task A_role_is_served_from_its_addresses_only_and_that_bites_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.OK, (await qa.Get("/api/v1/calls")).StatusCode);
        await admin.Put("/api/v1/access-policy", new { signIn = new[] { new { role = "qaInspector", allowedFrom = new[] { "192.0.2.0/24" } } } });
        Assert.Equal(HttpStatusCode.Unauthorized, (await qa.Get("/api/v1/calls")).StatusCode);
        var refused = await SignIn("qa");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("SignInFailed qa qa address", api.Access.Done(A.Acme));
        await admin.Put("/api/v1/access-policy", new { signIn = new[] { new { role = "qaInspector", allowedFrom = new[] { "127.0.0.0/8", "::1/128" } } } });
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa")).StatusCode);
    }

    [Fact]
    public async Task A_policy_with_faults_names_them_all_and_nobody_locks_oneself_out()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var wrong = await admin.Put("/api/v1/access-policy", new { signIn = new object[] { new { allowedFrom = Array.Empty<string>() }, new { role = "agent", allowedFrom = new[] { "home" } }, new { role = "tenantAdmin", allowedFrom = new[] { "192.0.2.0/24" } } } });
        Assert.Equal(["signIn[0].allowedFrom[0]", "signIn[0].role", "signIn[2].allowedFrom"], await wrong.Wrong());
    }
}
