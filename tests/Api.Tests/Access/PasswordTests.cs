namespace CallCenter.Api.Tests.Access;

public sealed class PasswordTests : IAsyncLifetime
{
    private const string New = "another long password";
    private RunningApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        api.Store.Add(new UserAccount(A.Acme, "bob", "Bob", Role.QaInspector, A.Hash, Email: "bob@example.com"));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task<HttpResponseMessage> Post(string path, object body, string? host = null)
    {
        using var client = api.Client(host: host);
        return await client.Post(path, body);
    }

    private Task<HttpResponseMessage> SignIn(string password) => Post("/api/v1/session", new { tenant = "acme", user = "bob", password });

    [Fact]
    public async Task An_account_that_is_switched_off_opens_nothing_until_it_is_switched_on()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        using var bob = await api.SignedIn(A.Acme, "bob");
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/users/bob", new { disabled = true })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignIn(A.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("a wrong password")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Post("/api/v1/users/bob/password-reset", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Put("/api/v1/users/admin", new { disabled = true })).StatusCode);
        await admin.Put("/api/v1/users/bob", new { disabled = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.Get("/api/v1/calls")).StatusCode); // what was ended stays ended
        Assert.Equal(HttpStatusCode.OK, (await SignIn(A.Password)).StatusCode);
    }

    [Fact]
    public async Task A_new_user_needs_a_password_or_an_address_to_which_a_link_can_go()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["password"], await (await admin.Put("/api/v1/users/eve", new { role = "agent" })).Wrong());
        Assert.Equal(HttpStatusCode.Created, (await admin.Put("/api/v1/users/eve", new { role = "agent", email = "eve@example.com" })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await admin.Post("/api/v1/users/eve/password-reset", new { })).StatusCode);
        Assert.Contains("PasswordResetAsked admin eve", api.Access.Done(A.Acme));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/api/v1/users/nobody/password-reset", new { })).StatusCode);
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_leaves_one_new_session()
    {
        using var bob = await api.SignedIn(A.Acme, "bob");
        using var elsewhere = await api.SignedIn(A.Acme, "bob");
        Assert.Equal(["current"], await (await bob.Put("/api/v1/session/password", new { current = "a wrong password", password = New })).Wrong());
        Assert.Equal(["current", "password"], await (await bob.Put("/api/v1/session/password", new { password = "short" })).Wrong());
        var answer = await bob.Put("/api/v1/session/password", new { current = A.Password, password = New });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var now = api.Client((await answer.Json()).GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await now.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(A.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn(New)).StatusCode);
        Assert.Contains("PasswordChanged bob bob", api.Access.Done(A.Acme));
    }

    [Fact]
    public async Task A_link_by_mail_sets_a_new_password_once()
    {
        using var before = await api.SignedIn(A.Acme, "bob");
        Assert.Equal(HttpStatusCode.Accepted, (await Post("/api/v1/session/password-reset", new { user = "bob" }, host: "acme.localhost")).StatusCode);
        var mail = await api.Mails.Next();
        Assert.Equal("bob@example.com", mail.To);
        var token = TokenIn(mail.Text);
        Assert.Contains("https://acme.localhost/reset#", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[3], api.Access.Snapshot(A.Acme), StringComparison.Ordinal); // hashed
        Assert.Equal(["password"], await (await Post("/api/v1/session/password-reset/confirm", new { token, password = "short" })).Wrong());
        Assert.Equal(HttpStatusCode.NoContent, (await Post("/api/v1/session/password-reset/confirm", new { token, password = New })).StatusCode);
        Assert.Equal(["token"], await (await Post("/api/v1/session/password-reset/confirm", new { token, password = New + "!" })).Wrong());
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn(New)).StatusCode);
        Assert.Contains("PasswordReset bob bob", api.Access.Done(A.Acme));
    }

    private static string TokenIn(string mail) => mail.Split('#')[1].Split('\n')[0];

    [Fact]
    public async Task A_link_is_worth_nothing_after_half_an_hour_or_under_another_tenant()
    {
        await Post("/api/v1/session/password-reset", new { tenant = "acme", user = "bob" });
        var token = TokenIn((await api.Mails.Next()).Text);
        Assert.Equal(["token"], await (await Post("/api/v1/session/password-reset/confirm", new { token = token.Replace("acme", "globex", StringComparison.Ordinal), password = New })).Wrong());
        Assert.Equal(["token"], await (await Post("/api/v1/session/password-reset/confirm", new { token = token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), password = New })).Wrong());
        api.Clock.Move(TimeSpan.FromMinutes(30));
        Assert.Equal(["token"], await (await Post("/api/v1/session/password-reset/confirm", new { token, password = New })).Wrong());
    }

    [Fact]
    public async Task Nobody_learns_who_has_an_account_and_no_mailbox_is_flooded()
    {
        var known = await (await Post("/api/v1/session/password-reset", new { tenant = "acme", user = "bob" })).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var user in new[] { "nobody", "qa" })
        {
            var answer = await Post("/api/v1/session/password-reset", new { tenant = "acme", user });
            Assert.Equal((HttpStatusCode.Accepted, known), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
        for (var i = 0; i < 6; i++) await Post("/api/v1/session/password-reset", new { tenant = "acme", user = "bob" });
        for (var i = 0; i < 3; i++) Assert.Equal("bob@example.com", (await api.Mails.Next()).To);
        Assert.True(api.Mails.IsEmpty);
    }

    [Fact]
    public async Task The_link_leads_to_the_firms_own_host_whatever_the_request_says()
    {
        await Post("/api/v1/session/password-reset", new { tenant = "acme", user = "bob" }, host: "evil.example");
        Assert.DoesNotContain("evil.example", (await api.Mails.Next()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_set_and_cleared_by_an_admin_and_must_be_one()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["email"], await (await admin.Put("/api/v1/users/qa", new { email = "qa@" })).Wrong());
        Assert.Equal("qa@example.com", (await (await admin.Put("/api/v1/users/qa", new { email = "qa@example.com" })).Json()).GetProperty("email").GetString());
        Assert.Equal("qa@example.com", (await (await admin.Put("/api/v1/users/qa", new { name = "Q" })).Json()).GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, (await (await admin.Put("/api/v1/users/qa", new { email = "" })).Json()).GetProperty("email").ValueKind);
        Assert.Equal(["email", "role"], await (await admin.Put("/api/v1/users/newcomer", new { email = "x" })).Wrong());
    }
}
