using CallCenter.Api.Access;
using CallCenter.Api.OpenId;
using CallCenter.Api.Tests.Access;
using CallCenter.Contracts.Access;
using CallCenter.Kit.OpenId;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Api.Tests.OpenId;

/// <summary>Signing in by a firm's own identity provider, with one that tells the truth and one that does not.</summary>
public sealed class OpenIdTests(OpenIdTests.Stage stage) : IClassFixture<OpenIdTests.Stage>, IAsyncLifetime
{
    private const string Place = "/api/v1/session/oidc", Host = "acme.localhost";
    private readonly RunningApi api = stage.Api;
    private readonly SmallProvider idp = stage.Provider;

    /// <summary>One API and one provider for all; each test finds them as they were at first, a day later.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal RunningApi Api { get; private set; } = null!;
        internal SmallProvider Provider { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Api = await RunningApi.Start();
            Provider = await SmallProvider.Start(Api.Clock);
        }

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Api.DisposeAsync();
        }
    }

    private static readonly UserAccount Ada = new(A.Acme, "ada", "Ada", Role.DutyManager, UserAccount.NoPassword, Email: "ada@example.com");

    public async ValueTask InitializeAsync()
    {
        idp.Reset();
        api.Clock.Move(TimeSpan.FromDays(1));
        foreach (var tenant in new[] { A.Acme, A.Globex })
            foreach (var gone in new[] { "ada", "eve", "grace-hopper" }) await api.Store.Delete<UserAccount>(tenant, gone, Author.Product);
        foreach (var gone in new[] { "ada", "eve", "grace-hopper" }) await People.Forget(A.Acme, gone, TestContext.Current.CancellationToken);
        await api.Services.GetRequiredService<SecondFactors>().Remove(A.Acme, "ada", TestContext.Current.CancellationToken);
        await api.Store.Delete<IdentityProvider>(A.Globex, IdentityProvider.OnlyId, Author.Product);
        api.Store.Add(Ada, Settings(A.Acme), AccessPolicy.Default(A.Acme));
        api.Services.GetRequiredService<Standing>().ForgetPolicy(A.Acme);
        api.Services.GetRequiredService<Standing>().ForgetAccounts();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ProviderPeople People => api.Services.GetRequiredService<ProviderPeople>();

    private IdentityProvider Settings(TenantId tenant) =>
        IdentityProvider.None(tenant) with { Enabled = true, Issuer = idp.Issuer, ClientId = SmallProvider.ClientId, ClientSecret = api.Cipher.Seal(tenant, SmallProvider.Secret) };

    /// <summary>As a browser goes: to us, to the provider, and back. Where it is led in the end, and the cookies that it then has.</summary>
    private async Task<(string Where, string? Session)> Go(string returnTo = "/calls", string host = Host, Action<Uri>? seen = null)
    {
        var (there, cookie) = await Begin(returnTo, host);
        if (!there.StartsWith(idp.Issuer, StringComparison.Ordinal)) return (there, null);
        var back = await AtProvider(there);
        seen?.Invoke(back);
        return await Back(back, cookie, host);
    }

    private async Task<(string Where, string Cookie)> Begin(string returnTo = "/calls", string host = Host)
    {
        using var client = api.Client(host: host);
        using var begun = await client.Get($"{Place}/start?return={Uri.EscapeDataString(returnTo)}");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return (begun.Headers.Location!.ToString(), begun.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : "");
    }

    private static async Task<Uri> AtProvider(string there)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.Get(there);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private async Task<(string Where, string? Session)> Back(Uri back, string cookie, string host = Host)
    {
        using var client = api.Client(host: host);
        using var request = new HttpRequestMessage(HttpMethod.Get, back.PathAndQuery);
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        using var answer = await client.Ask(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.ToList() : [];
        return (answer.Headers.Location!.ToString(), set.FirstOrDefault(one => one.StartsWith("callcenter-session=", StringComparison.Ordinal) || one.StartsWith("callcenter-oidc-factor=", StringComparison.Ordinal))?.Split(';')[0]);
    }

    private async Task<JsonElement> Me(string session)
    {
        using var client = api.Client(host: Host);
        client.DefaultRequestHeaders.Add("Cookie", session);
        return await (await client.Get("/api/v1/session")).Json();
    }

    [Fact]
    public async Task Who_is_known_there_comes_in_and_is_led_where_they_wanted_to_go()
    {
        Uri? back = null;
        var read = idp.KeysRead;
        var (where, session) = await Go("/calls?queue=sales", seen: uri => back = uri);
        Assert.Equal("/calls?queue=sales", where);
        Assert.Equal("https://acme.localhost/api/v1/session/oidc/callback", back!.GetLeftPart(UriPartial.Path));
        var me = await Me(session!);
        Assert.Equal(("acme", "ada", "dutyManager"), (me.GetProperty("tenant").GetString(), me.GetProperty("user").GetString(), me.GetProperty("role").GetString()));
        Assert.Contains("SignedIn ada ada identity-provider", api.Access.Done(A.Acme));
        var (_, again) = await Go();
        Assert.NotEqual(session, again);
        Assert.Equal(read + 1, idp.KeysRead); // kept
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("nonce", null)]
    [InlineData("iss", "https://other.example.com")]
    [InlineData("aud", "another-client")]
    [InlineData("exp", -120L)]
    [InlineData("iat", -1200L)]
    [InlineData("iat", 1200L)]
    [InlineData("nbf", 1200L)]
    [InlineData("azp", "another-client")]
    [InlineData("at_hash", "bm90aGluZw")]
    [InlineData("sub", null)]
    public async Task A_token_that_is_wrong_in_one_place_opens_nothing(string claim, object? value)
    {
        idp.Spoil = claims => claims[claim] = value is long seconds ? api.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds() : value;
        var (where, session) = await Go();
        Assert.Equal(("/calls?fault=oidcInvalid", (string?)null), (where, session));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("aud")]
    public async Task A_token_that_leaves_something_out_opens_nothing(string claim)
    {
        idp.Spoil = claims => claims.Remove(claim);
        Assert.Equal("/calls?fault=oidcInvalid", (await Go()).Where);
    }

    [Theory]
    [InlineData(Signature.None)]
    [InlineData(Signature.MacByPublicKey)]
    [InlineData(Signature.ByAnotherKey)]
    public async Task A_token_that_the_provider_did_not_sign_opens_nothing(Signature signs)
    {
        idp.Signs = signs;
        Assert.Equal(("/calls?fault=oidcInvalid", (string?)null), await Go());
    }

    [Fact]
    public async Task Two_audiences_need_the_one_that_it_is_for()
    {
        idp.Spoil = claims => claims["aud"] = new[] { SmallProvider.ClientId, "another" };
        Assert.Equal("/calls?fault=oidcInvalid", (await Go()).Where);
        idp.Spoil = claims => (claims["aud"], claims["azp"]) = (new[] { SmallProvider.ClientId, "another" }, SmallProvider.ClientId);
        Assert.Equal("/calls", (await Go()).Where);
    }

    [Fact]
    public async Task A_new_key_is_learnt_when_a_token_names_it_and_not_more_often()
    {
        await Go();
        var read = idp.KeysRead;
        idp.Rotate();
        api.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal("/calls", (await Go()).Where);
        idp.Rotate();
        Assert.Equal("/calls?fault=oidcInvalid", (await Go()).Where); // a moment ago it was asked
        Assert.Equal(read + 1, idp.KeysRead);
        api.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal("/calls", (await Go()).Where);
    }

    [Fact]
    public async Task An_answer_is_taken_once_by_the_browser_that_began_and_in_time()
    {
        idp.TakesCodesAgain = true;
        var (there, cookie) = await Begin();
        var back = await AtProvider(there);
        Assert.Equal("/?fault=oidcExpired", (await Back(back, "")).Where); // another browser's: nobody is signed in as somebody else
        Assert.Equal("/?fault=oidcExpired", (await Back(back, (await Begin()).Cookie)).Where); // of another beginning
        Assert.Equal("/?fault=oidcExpired", (await Back(new(back.ToString().Replace("state=", "state=x", StringComparison.Ordinal)), cookie)).Where);
        Assert.Equal("/calls", (await Back(back, cookie)).Where);
        Assert.Equal(("/?fault=oidcExpired", (string?)null), await Back(back, cookie)); // replayed
        var (late, kept) = await Begin();
        var answer = await AtProvider(late);
        api.Clock.Move(TimeSpan.FromMinutes(11));
        Assert.Equal("/?fault=oidcExpired", (await Back(answer, kept)).Where);
    }

    [Fact]
    public async Task An_answer_of_another_issuer_is_not_taken()
    {
        var (there, cookie) = await Begin();
        var back = await AtProvider(there);
        Assert.Equal("/calls?fault=oidcInvalid", (await Back(new(back.ToString().Replace("iss=", "iss=https%3A%2F%2Fevil.example", StringComparison.Ordinal)), cookie)).Where);
    }

    [Fact]
    public async Task A_firms_provider_opens_no_other_firm()
    {
        api.Store.Add(new UserAccount(A.Globex, "ada", "Ada", Role.TenantAdmin, UserAccount.NoPassword, Email: "ada@example.com"));
        var (there, cookie) = await Begin();
        var back = await AtProvider(there);
        Assert.Equal("/?fault=oidcOff", (await Back(back, cookie, "globex.localhost")).Where);
        await using var theirs = await SmallProvider.Start(api.Clock);
        api.Store.Add(Settings(A.Globex) with { Issuer = theirs.Issuer });
        Assert.Equal("/?fault=oidcExpired", (await Back(back, cookie, "globex.localhost")).Where); // sealed for the other
        Assert.Equal("/?fault=oidcOff", (await Back(back, cookie, "localhost")).Where);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\\b")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("")]
    public async Task Nobody_is_led_to_another_host(string returnTo) => Assert.Equal("/", (await Go(returnTo)).Where);

    [Fact]
    public async Task Who_is_unknown_switched_off_or_elsewhere_is_told_so()
    {
        idp.Person["email"] = "nobody@example.com";
        Assert.Equal("/calls?fault=oidcUnknown", (await Go()).Where);
        idp.Person["email"] = "ada@example.com";
        idp.Person["email_verified"] = false;
        Assert.Equal("/calls?fault=oidcUnknown", (await Go()).Where);
        idp.Person["email_verified"] = true;
        api.Store.Add(Ada with { Disabled = true });
        Assert.Equal("/calls?fault=accountDisabled", (await Go()).Where);
        api.Store.Add(Ada, new AccessPolicy(A.Acme, [], [new(Role.DutyManager, ["192.0.2.0/24"], false, false)]));
        api.Services.GetRequiredService<Standing>().ForgetPolicy(A.Acme);
        Assert.Equal("/calls?fault=addressNotAllowed", (await Go()).Where);
        idp.Refuses = true;
        Assert.Equal("/calls?fault=oidcRefused", (await Go()).Where);
    }

    [Fact]
    public async Task Two_accounts_with_one_address_are_nobodys()
    {
        api.Store.Add(new UserAccount(A.Acme, "eve", "Eve", Role.TenantAdmin, UserAccount.NoPassword, Email: "Ada@Example.com"));
        Assert.Equal("/calls?fault=oidcUnknown", (await Go()).Where);
    }

    [Fact]
    public async Task Groups_give_roles_and_newcomers_get_accounts_where_the_firm_has_so_decided()
    {
        api.Store.Add(Settings(A.Acme) with { GroupsClaim = "groups", Groups = [new("leads", Role.TeamLeader), new("desk", Role.Agent)] });
        Assert.Equal("/calls?fault=oidcNoRole", (await Go()).Where);
        idp.Person["groups"] = new[] { "desk", "other" };
        var (_, session) = await Go();
        Assert.Equal("agent", (await Me(session!)).GetProperty("role").GetString());
        (idp.Person["sub"], idp.Person["email"]) = ("2", "Grace.Hopper@example.com");
        Assert.Equal("/calls?fault=oidcUnknown", (await Go()).Where);
        api.Store.Add(Settings(A.Acme) with { NewRole = Role.Trainee });
        (_, session) = await Go();
        var me = await Me(session!);
        Assert.Equal(("grace-hopper", "trainee"), (me.GetProperty("user").GetString(), me.GetProperty("role").GetString()));
        (idp.Person["sub"], idp.Person["email"]) = ("3", "admin@elsewhere.example"); // the name of one who is there already is not taken over
        Assert.Equal("/calls?fault=oidcUnknown", (await Go()).Where);
    }

    [Fact]
    public async Task An_account_is_the_persons_who_first_came_as_it_whoever_has_the_address_later()
    {
        Assert.Equal("/calls", (await Go()).Where);
        idp.Person["email"] = "ada.lovelace@example.com"; // she married; the firm gave her address to somebody else
        Assert.Equal("ada", (await Me((await Go()).Session!)).GetProperty("user").GetString());
        (idp.Person["sub"], idp.Person["email"]) = ("2", "ada@example.com");
        api.Store.Add(Settings(A.Acme) with { GroupsClaim = "groups", Groups = [new("chiefs", Role.TenantAdmin)] });
        idp.Person["groups"] = new[] { "chiefs" };
        Assert.Equal(("/calls?fault=oidcAnother", (string?)null), await Go());
        Assert.Equal(Role.DutyManager, (await api.Store.Find<UserAccount>(A.Acme, "ada", TestContext.Current.CancellationToken))!.Role);
        api.Store.Add(Settings(A.Acme) with { ClientId = "another" }); // to which the provider may give other words for the same people
        Assert.Null(await People.AccountOf(Settings(A.Acme) with { ClientId = "another" }, "1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_admin_gives_the_account_to_somebody_else_and_a_removed_one_leaves_nothing_behind()
    {
        var (_, session) = await Go();
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/users/ada/provider-person")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Delete("/api/v1/users/ada/provider-person")).StatusCode);
        Assert.Contains(api.Access.Done(A.Acme), done => done.StartsWith("ProviderPersonForgotten ", StringComparison.Ordinal));
        using var former = api.Client(host: Host);
        former.DefaultRequestHeaders.Add("Cookie", session);
        Assert.Equal(HttpStatusCode.Unauthorized, (await former.Get("/api/v1/session")).StatusCode);
        idp.Person["sub"] = "2";
        Assert.Equal("/calls", (await Go()).Where);
        var records = api.Services.GetRequiredService<IAccessRecords>();
        await records.Put(new(A.Acme, AccessKind.PasswordReset, "a-link", "ada", null, "hash"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Delete("/api/v1/users/ada")).StatusCode);
        foreach (var kind in Enum.GetValues<AccessKind>()) Assert.Empty(await records.Of(A.Acme, kind, "ada", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_factor_of_theirs_counts_if_the_firm_trusts_it_and_ours_is_asked_for_if_not()
    {
        api.Store.Add(new AccessPolicy(A.Acme, [], [new(Role.DutyManager, [], false, true)]), Settings(A.Acme) with { TrustsFactor = true });
        api.Services.GetRequiredService<Standing>().ForgetPolicy(A.Acme);
        Assert.True((await Me((await Go()).Session!)).GetProperty("mustEnrol").GetBoolean());
        idp.Person["amr"] = new[] { "pwd", "mfa" };
        Assert.False((await Me((await Go()).Session!)).GetProperty("mustEnrol").GetBoolean());
        var factors = api.Services.GetRequiredService<SecondFactors>();
        var secret = await factors.Enrol(A.Acme, "ada", TestContext.Current.CancellationToken);
        await factors.Confirm(A.Acme, "ada", Totp.Code(secret, Totp.StepAt(api.Clock.GetUtcNow())), TestContext.Current.CancellationToken);
        Assert.Equal("/calls", (await Go()).Where);
        idp.Person["amr"] = new[] { "pwd" };
        var (where, waiting) = await Go();
        Assert.Equal("/calls?signIn=code", where);
        using var client = api.Client(host: Host);
        client.DefaultRequestHeaders.Add("Cookie", waiting);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/session")).StatusCode); // not in yet
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Post($"{Place}/code", new { code = WrongCode.Now(secret!, api.Clock) })).StatusCode);
        api.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await client.Post($"{Place}/code", new { code = Totp.Code(secret, Totp.StepAt(api.Clock.GetUtcNow())) })).StatusCode);
        using var stranger = api.Client(host: Host);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Post($"{Place}/code", new { code = "000000" })).StatusCode);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_asked_once_and_people_are_told()
    {
        api.Store.Add(Settings(A.Acme) with { Issuer = $"{idp.Issuer}/nothing" });
        Assert.Equal("/calls?fault=oidcUnreachable", (await Begin()).Where);
        Assert.Equal("/calls?fault=oidcUnreachable", (await Begin()).Where);
    }
}
