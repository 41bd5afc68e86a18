namespace CallCenter.Api.Tests.Access;

public sealed class SessionTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task<HttpResponseMessage> SignIn(string? tenant, string user, string password, string? host = null)
    {
        using var client = api.Client(host: host);
        return await client.Post("/api/v1/session", new { tenant, user, password });
    }

    [Fact]
    public async Task Signing_in_gives_a_token_and_a_cookie_and_both_name_the_same_caller()
    {
        var answer = await SignIn("acme", "admin", A.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Json()).GetProperty("token").GetString();
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        using var withToken = api.Client(token);
        using var withCookie = api.Client();
        withCookie.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        foreach (var client in new[] { withToken, withCookie })
        {
            var me = await (await client.Get("/api/v1/session")).Json();
            Assert.Equal(("acme", "admin", "tenantAdmin"), (me.GetProperty("tenant").GetString(), me.GetProperty("user").GetString(), me.GetProperty("role").GetString()));
        }
    }

    [Fact]
    public async Task The_operator_signs_in_without_a_tenant_and_has_none()
    {
        var answer = await SignIn(null, "operator", A.Password);
        Assert.Equal(JsonValueKind.Null, (await answer.Json()).GetProperty("tenant").ValueKind);
    }

    [Fact]
    public async Task On_a_tenants_host_the_tenant_need_not_be_named_and_no_other_one_may_be()
    {
        Assert.Equal("acme", (await (await SignIn(null, "admin", A.Password, "acme.localhost")).Json()).GetProperty("tenant").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("globex", "admin", A.Password, "acme.localhost")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(null, "operator", A.Password, "acme.localhost")).StatusCode);
    }

    [Theory]
    [InlineData("acme", "admin", "wrong password")]
    [InlineData("acme", "nobody", A.Password)]
    [InlineData("initech", "admin", A.Password)]
    [InlineData("../acme", "admin", A.Password)]
    public async Task A_wrong_sign_in_is_401_and_says_the_same_whatever_was_wrong(string tenant, string user, string password)
    {
        var answer = await SignIn(tenant, user, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Unknown user, or wrong password", (await answer.Json()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_account_for_a_while_even_for_the_right_one()
    {
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("acme", "qa", "wrong password")).StatusCode);
        var locked = await SignIn("acme", "qa", A.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.True(locked.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await SignIn("acme", "admin", A.Password)).StatusCode);
        api.Clock.Move(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.OK, (await SignIn("acme", "qa", A.Password)).StatusCode);
    }

    [Fact]
    public async Task After_signing_out_the_token_is_worth_nothing_and_other_sessions_live_on()
    {
        using var first = await api.SignedIn(A.Acme, "admin");
        using var second = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NoContent, (await first.Delete("/api/v1/session")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.Get("/api/v1/queues")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.Get("/api/v1/queues")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_by_itself_after_its_time()
    {
        using var client = await api.SignedIn(A.Acme, "admin");
        api.Clock.Move(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/queues")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_a_new_role_and_a_removed_account_bite_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var qa = await api.SignedIn(A.Acme, "qa");
        Assert.Equal(HttpStatusCode.Forbidden, (await qa.Get("/api/v1/queues")).StatusCode);
        await admin.Put("/api/v1/users/qa", new { role = "dutyManager" });
        Assert.Equal(HttpStatusCode.OK, (await qa.Get("/api/v1/queues")).StatusCode);
        await admin.Put("/api/v1/users/qa", new { password = "another password" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await qa.Get("/api/v1/queues")).StatusCode);
        using var supervisor = await api.SignedIn(A.Acme, "supervisor");
        await admin.Delete("/api/v1/users/supervisor");
        Assert.Equal(HttpStatusCode.Unauthorized, (await supervisor.Get("/api/v1/queues")).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Unauthorized)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Unauthorized)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "null", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "http://acme.localhost", HttpStatusCode.NoContent)]
    public async Task A_cookie_changes_nothing_on_behalf_of_another_sites_page(string header, string value, HttpStatusCode expected)
    {
        using var client = api.Client(host: "acme.localhost");
        client.DefaultRequestHeaders.Add("Cookie", $"callcenter-session={await api.Token(A.Acme, "admin")}");
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/api/v1/queues")).StatusCode);
        Assert.Equal(expected, (await client.Delete("/api/v1/session")).StatusCode);
    }

    [Fact]
    public async Task A_token_that_was_changed_in_any_place_opens_nothing()
    {
        var token = await api.Token(A.Acme, "agent1001");
        foreach (var forged in new[] { token.Replace("acme", "globex", StringComparison.Ordinal), token.Replace("agent1001", "admin", StringComparison.Ordinal), token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token + ".x", "cs." + token })
        {
            using var client = api.Client(forged);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/session")).StatusCode);
        }
    }
}
