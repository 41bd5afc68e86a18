using CallCenter.Contracts.Access;

namespace CallCenter.Api.Tests.Resources;

public sealed class AuditTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Signing_in_and_out_stand_in_the_log_with_who_and_whence()
    {
        using (var client = api.Client())
        {
            await client.Post("/api/v1/session", new { tenant = "acme", user = "qa", password = "a wrong password" });
            await client.Post("/api/v1/session", new { tenant = "acme", user = "nobody-here", password = "a wrong password" });
            await client.Post("/api/v1/session", new { tenant = "acme", user = "qa", password = A.Password });
        }
        using (var qa = await api.SignedIn(A.Acme, "qa")) await qa.Delete("/api/v1/session");
        using var admin = await api.SignedIn(A.Acme, "admin");
        var entries = (await (await admin.Get("/api/v1/audit?user=qa")).Json()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["signedOut", "signedIn", "signInFailed"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(("acme", "qa", "127.0.0.1"), (entries[1].GetProperty("tenant").GetString(), entries[1].GetProperty("user").GetString(), entries[1].GetProperty("address").GetString()));
        Assert.DoesNotContain(api.Access.Done(A.Acme), entry => entry.Contains("nobody-here", StringComparison.Ordinal)); // it might have been a password
        var one = await (await admin.Get($"/api/v1/audit/{entries[2].GetProperty("id").GetInt64()}")).Json();
        Assert.Equal("password", one.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task It_is_read_in_pages_and_by_action_and_every_wrong_filter_is_named()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        for (var i = 0; i < 3; i++)
            using (var qa = await api.SignedIn(A.Acme, "qa")) await qa.Delete("/api/v1/session");
        var page = await (await admin.Get("/api/v1/audit?action=signedOut&limit=2")).Json();
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        var rest = await (await admin.Get($"/api/v1/audit?action=signedOut&limit=2&cursor={page.GetProperty("next").GetString()}")).Json();
        Assert.Equal(1, rest.GetProperty("items").GetArrayLength());
        Assert.Equal(["action", "from", "limit", "to"], await (await admin.Get("/api/v1/audit?from=yesterday&to=x&action=nothing&limit=0")).Wrong());
    }

    [Fact]
    public async Task Whether_it_holds_is_told_of_the_own_log_with_the_first_entry_that_does_not()
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        var empty = await (await admin.Get("/api/v1/audit/verification")).Json();
        Assert.True(empty.GetProperty("holds").GetBoolean());
        Assert.Equal(JsonValueKind.Null, empty.GetProperty("head").ValueKind);
        api.Access.Verified = new(41, new(44, AuditBreakKind.Missing), new(99, 90, "ab12"));
        var broken = await (await admin.Get("/api/v1/audit/verification?from=3&to=99")).Json();
        Assert.Equal((A.Acme, 3L, 99L), api.Access.Asked);
        Assert.False(broken.GetProperty("holds").GetBoolean());
        Assert.Equal((44, "missing"), (broken.GetProperty("broken").GetProperty("entry").GetInt32(), broken.GetProperty("broken").GetProperty("kind").GetString()));
        Assert.Equal((90, "ab12"), (broken.GetProperty("head").GetProperty("place").GetInt32(), broken.GetProperty("head").GetProperty("hash").GetString()));
        Assert.Equal(["from", "to"], await (await admin.Get("/api/v1/audit/verification?from=0&to=last")).Wrong());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task There_is_no_way_to_change_an_entry(string method)
    {
        using var admin = await api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Ask(new(HttpMethod.Parse(method), $"/api/v1/audit/{A.EntryOf(A.Acme)}"))).StatusCode);
    }
}
