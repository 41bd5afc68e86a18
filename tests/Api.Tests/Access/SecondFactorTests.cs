namespace CallCenter.Api.Tests.Access;

public sealed class SecondFactorTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private async Task<HttpResponseMessage> SignIn(string user, string? code)
    {
        using var client = api.Client();
        return await client.Post("/api/v1/session", new { tenant = "acme", user, password = A.Password, code });
    }

    private string CodeNow(string base32) => Totp.Code(Bytes(base32), Totp.StepAt(api.Clock.GetUtcNow()));

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    /// <summary>Enrols; the secret and the recovery codes.</summary>
    private async Task<(string Secret, string[] Recovery)> Enrol(HttpClient client)
    {
        var enrolled = await (await client.Post("/api/v1/session/second-factor", new { })).Json();
        var secret = enrolled.GetProperty("secret").GetString()!;
        Assert.Contains($"secret={secret}", enrolled.GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(["code"], await (await client.Post("/api/v1/session/second-factor/confirm", new { code = WrongCode.Now(Bytes(secret), api.Clock) })).Wrong());
        var confirmed = await client.Post("/api/v1/session/second-factor/confirm", new { code = CodeNow(secret) });
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        return (secret, [.. (await confirmed.Json()).GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    [Fact]
    public async Task Once_enrolled_signing_in_needs_a_code_and_no_code_opens_twice()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        using var elsewhere = await api.SignedIn(A.Acme, "qa");
        var (secret, _) = await Enrol(qa);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.Get("/api/v1/calls")).StatusCode); // begun without it
        var asked = await SignIn("qa", null);
        Assert.Equal((HttpStatusCode.Forbidden, "codeWanted"), (asked.StatusCode, (await asked.Json()).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("qa", CodeNow(secret))).StatusCode); // the code that confirmed it
        api.Clock.Move(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa", CodeNow(secret))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("qa", CodeNow(secret))).StatusCode);
        Assert.DoesNotContain(secret, api.Access.Snapshot(A.Acme), StringComparison.Ordinal);
        Assert.Contains("SignInFailed qa qa code", api.Access.Done(A.Acme));
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_is_stored_hashed()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var (_, recovery) = await Enrol(qa);
        Assert.Equal(10, recovery.Distinct().Count());
        Assert.All(recovery, code => Assert.DoesNotContain(code, api.Access.Snapshot(A.Acme), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa", recovery[3])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("qa", recovery[3])).StatusCode);
        Assert.Contains("RecoveryCodeUsed qa qa", api.Access.Done(A.Acme));
    }

    [Fact]
    public async Task Guessing_codes_locks_as_guessing_passwords_does()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var (secret, _) = await Enrol(qa);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("qa", "00000x")).StatusCode);
        api.Clock.Move(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignIn("qa", CodeNow(secret))).StatusCode);
        Assert.Single(api.Access.Done(A.Acme), entry => entry == "LockedOut qa qa");
    }

    [Fact]
    public async Task It_is_removed_with_a_code_or_by_an_admin()
    {
        using var qa = await api.SignedIn(A.Acme, "qa");
        var (_, recovery) = await Enrol(qa);
        Assert.Equal(HttpStatusCode.Conflict, (await qa.Post("/api/v1/session/second-factor", new { })).StatusCode);
        Assert.Equal(["code"], await (await qa.Post("/api/v1/session/second-factor/remove", new { code = "nonsense" })).Wrong());
        Assert.Equal(HttpStatusCode.NoContent, (await qa.Post("/api/v1/session/second-factor/remove", new { code = recovery[0] })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa", null)).StatusCode);
        await Enrol(qa);
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/users/qa/second-factor")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await qa.Get("/api/v1/calls")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignIn("qa", null)).StatusCode);
    }

    [Fact]
    public async Task Where_the_policy_demands_one_nothing_else_is_allowed_before()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        await admin.Put("/api/v1/access-policy", new { signIn = new[] { new { role = "qaInspector", secondFactor = true } } });
        using var qa = await api.SignedIn(A.Acme, "qa");
        var refused = await qa.Get("/api/v1/calls");
        Assert.Equal((HttpStatusCode.Forbidden, "secondFactorWanted"), (refused.StatusCode, (await refused.Json()).GetProperty("code").GetString()));
        Assert.True((await (await qa.Get("/api/v1/session")).Json()).GetProperty("mustEnrol").GetBoolean());
        await Enrol(qa);
        Assert.Equal(HttpStatusCode.OK, (await qa.Get("/api/v1/calls")).StatusCode);
    }
}
