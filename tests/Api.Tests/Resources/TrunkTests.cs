namespace CallCenter.Api.Tests.Resources;

/// <summary>The operator's trunks: what a carrier wants to know of us.</summary>
public sealed class TrunkTests
{
    private const string Path = "/api/v1/operator/trunks/demo-trunk";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trunks_password_is_kept_sealed_and_never_shown()
    {
        await using var api = await RunningApi.Start();
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        var put = await oper.Put(Path, new { user = "firm", password = "hush" });
        foreach (var answer in new[] { put, await oper.Get(Path), await oper.Get("/api/v1/operator/trunks") })
        {
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.Contains("firm", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
            Assert.DoesNotContain("password", text, StringComparison.OrdinalIgnoreCase);
        }
        var login = await Login(api);
        Assert.DoesNotContain("hush", login!.Password.Value, StringComparison.Ordinal);
        Assert.Equal(new Secret("hush"), api.Cipher.Open(TenantId.Operator, login.Password));
    }

    [Fact]
    public async Task A_change_of_something_else_leaves_the_login_and_no_user_forgets_the_password()
    {
        await using var api = await RunningApi.Start();
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        await oper.Put(Path, new { user = "firm", password = "hush" });
        var before = await Login(api);
        await oper.Put(Path, new { target = "sip.example.com:5060" });
        Assert.Equal(before, await Login(api));
        await oper.Put(Path, new { user = "firm2" });
        Assert.Equal(before! with { User = "firm2" }, await Login(api));
        Assert.Equal(HttpStatusCode.OK, (await oper.Put(Path, """{"user":null}""")).StatusCode);
        Assert.Null(await Login(api));
    }

    [Theory]
    [InlineData("""{"user":"firm"}""", "password")]
    [InlineData("""{"password":"hush"}""", "user")]
    [InlineData("""{"user":"firm","password":""}""", "password")]
    [InlineData("""{"user":"","password":"hush"}""", "user")]
    [InlineData("""{"user":"a\r\nb","password":"hush"}""", "user")]
    public async Task Half_a_login_is_refused(string body, string field)
    {
        await using var api = await RunningApi.Start();
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        Assert.Equal([field], await (await oper.Put(Path, body)).Wrong());
        Assert.Null(await Login(api));
    }

    private static async Task<TrunkLogin?> Login(RunningApi api) => (await api.Store.Find<TrunkSettings>(TenantId.Operator, "demo-trunk", Stop))!.Login;
}
