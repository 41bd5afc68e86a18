using System.Net.Sockets;
using CallCenter.Api.OpenId;
using CallCenter.Kit.OpenId;

namespace CallCenter.Api.Tests.OpenId;

/// <summary>What an admin may set, and where the platform goes on an admin's word.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Path = "/api/v1/identity-provider";
    private RunningApi api = null!;
    private SmallProvider idp = null!;

    public async ValueTask InitializeAsync()
    {
        api = await RunningApi.Start();
        idp = await SmallProvider.Start(api.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await idp.DisposeAsync();
        await api.DisposeAsync();
    }

    private object Wanted(string? issuer = null, bool passwords = true) =>
        new { enabled = true, name = "Entra ID", issuer = issuer ?? idp.Issuer, clientId = SmallProvider.ClientId, clientSecret = SmallProvider.Secret, passwords };

    [Fact]
    public async Task An_admin_sets_it_and_its_secret_never_comes_out()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var put = await admin.Put(Path, Wanted());
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var text = await (await admin.Get(Path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"hasSecret\":true", text, StringComparison.Ordinal);
        Assert.Contains("https://acme.localhost/api/v1/session/oidc/callback", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret & of", text, StringComparison.Ordinal);
        var kept = await api.Store.Find<IdentityProvider>(A.Acme, IdentityProvider.OnlyId, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(SmallProvider.Secret, kept!.ClientSecret.Value, StringComparison.Ordinal);
        await admin.Put(Path, new { name = "SSO" }); // what is left out stays
        kept = await api.Store.Find<IdentityProvider>(A.Acme, IdentityProvider.OnlyId, TestContext.Current.CancellationToken);
        Assert.Equal(SmallProvider.Secret, api.Cipher.Open(A.Acme, kept!.ClientSecret)?.Value);
        using var globex = await api.SignedIn(A.Globex, "admin");
        Assert.False((await (await globex.Get(Path)).Json()).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Faults_are_told_by_their_fields_all_at_once()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["clientId", "groupsClaim", "groups[0].role", "issuer", "newRole", "scopes"], await (await admin.Put(Path, new { enabled = true, issuer = "http://login.example.com", scopes = new[] { "email" }, groups = new[] { new { group = "g", role = "operator" } }, newRole = "operator" })).Wrong());
        Assert.Equal(["issuer"], await (await admin.Put(Path, Wanted("https://login.example.com?x=1"))).Wrong());
        Assert.Equal(["issuer"], await (await admin.Put(Path, Wanted($"{idp.Issuer}/other"))).Wrong()); // no description there
        Assert.Contains("groups[0].group", await (await admin.Put(Path, "{\"groups\":[null]}")).Wrong());
        Assert.Equal(["passwords"], await (await admin.Put(Path, Wanted(passwords: false))).Wrong()); // who never came by it might lock everybody out
    }

    [Theory]
    [InlineData("issuer", "http://127.0.0.1:1")]
    [InlineData("jwks_uri", "http://192.0.2.1/keys")]
    [InlineData("token_endpoint", "http://intranet/token")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("jwks_uri", null)]
    public async Task A_description_that_leads_elsewhere_is_not_taken(string member, string? value)
    {
        idp.Says[member] = value;
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(["issuer"], await (await admin.Put(Path, Wanted())).Wrong());
    }

    [Theory]
    [InlineData("10.0.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.9.0.1", true)]
    public void Only_the_public_Internet_and_what_the_operator_named_is_reached(string address, bool reached) => Assert.Equal(reached, new NetworkReach([IPNetwork.Parse("10.9.0.0/16")]).Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task Where_the_operator_named_no_network_nothing_on_this_machine_is_asked()
    {
        using var wire = new ProviderWire(new([]), Microsoft.Extensions.Logging.Abstractions.NullLogger<ProviderWire>.Instance);
        Assert.Null(await wire.Get(new(idp.Issuer + "/keys"), TestContext.Current.CancellationToken));
        Assert.Null(await wire.Get(new(idp.Issuer.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal) + "/keys"), TestContext.Current.CancellationToken));
        Assert.Equal(0, idp.KeysRead);
    }

    [Fact]
    public async Task A_large_answer_is_not_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endless = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            await stream.ReadAtLeastAsync(new byte[1024], 1);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray());
            try
            {
                for (var i = 0; i < 1000; i++) await stream.WriteAsync(new byte[64 * 1024]);
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }, TestContext.Current.CancellationToken);
        using var wire = new ProviderWire(new([IPNetwork.Parse("127.0.0.0/8")]), Microsoft.Extensions.Logging.Abstractions.NullLogger<ProviderWire>.Instance);
        Assert.Null(await wire.Get(new($"http://{listener.LocalEndpoint}/"), TestContext.Current.CancellationToken));
        Assert.True(await endless);
    }

    [Fact]
    public async Task Where_passwords_open_nothing_the_operator_can_have_them_open_again()
    {
        api.Store.Add(IdentityProvider.None(A.Acme) with { Enabled = true, Issuer = idp.Issuer, ClientId = "x", Passwords = false });
        using var door = api.Client();
        var answer = await door.Post("/api/v1/session", new { tenant = "acme", user = "admin", password = A.Password });
        Assert.Equal("passwordsOff", (await answer.Json()).GetProperty("code").GetString());
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal(HttpStatusCode.NoContent, (await oper.Delete("/api/v1/operator/tenants/acme/identity-provider")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await door.Post("/api/v1/session", new { tenant = "acme", user = "admin", password = A.Password })).StatusCode);
    }
}
