namespace CallCenter.Api.Tests.Http;

/// <summary>What bad input is answered, and what writes do with versions and lists with pages.</summary>
public sealed class FormTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_wrong_member_of_a_body_is_named_at_once()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        Assert.Equal(["name", "nosuch", "recording", "ringSeconds"], await (await admin.Put("/api/v1/queues/forms", new { name = 7, ringSeconds = "soon", recording = 1, nosuch = true, music = "music" })).Wrong());
        Assert.Equal(["announceEverySeconds", "name", "ringSeconds"], await (await admin.Put("/api/v1/queues/forms", new { name = "", ringSeconds = 0, announceEverySeconds = 5 })).Wrong());
        Assert.Equal(["retryDelays.busy"], await (await admin.Put("/api/v1/agents/agent1001", """{"retryDelays":{"reject":1,"busy":"x","noAnswer":1,"unreachable":1}}""")).Wrong());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("\"text\"")]
    public async Task What_is_no_JSON_object_is_refused_whole(string body)
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        Assert.Equal([""], await (await admin.Put("/api/v1/queues/forms", body)).Wrong());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_with_problem_details()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        var answer = await admin.Put("/api/v1/queues/forms", new { name = new string('x', 100_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_member_left_out_keeps_its_value_and_null_is_a_value()
    {
        await using var api = await RunningApi.Start();
        using var oper = await api.SignedIn(TenantId.Operator, "operator");
        await oper.Put("/api/v1/operator/tenants/acme", new { callLimit = 3 });
        await oper.Put("/api/v1/operator/tenants/acme", new { name = "Acme Ltd" });
        var tenant = await (await oper.Get("/api/v1/operator/tenants/acme")).Json();
        Assert.Equal((3, "Acme Ltd", "acme.localhost"), (tenant.GetProperty("callLimit").GetInt32(), tenant.GetProperty("name").GetString(), tenant.GetProperty("domain").GetString()));
        await oper.Put("/api/v1/operator/tenants/acme", """{"callLimit":null}""");
        Assert.Equal(JsonValueKind.Null, (await (await oper.Get("/api/v1/operator/tenants/acme")).Json()).GetProperty("callLimit").ValueKind);
    }

    [Fact]
    public async Task A_write_over_a_version_that_is_no_longer_the_newest_is_412()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        var made = await admin.Put("/api/v1/queues/versions", new { name = "one" }, ifNoneMatch: "*");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var tag = made.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await admin.Put("/api/v1/queues/versions", new { name = "two" }, ifMatch: tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await admin.Put("/api/v1/queues/versions", new { name = "three" }, ifMatch: tag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await admin.Put("/api/v1/queues/versions", new { name = "three" }, ifNoneMatch: "*")).StatusCode);
        Assert.Equal(["If-Match"], await (await admin.Put("/api/v1/queues/versions", new { name = "three" }, ifMatch: "W/\"x\"")).Wrong());
        Assert.Equal("two", (await (await admin.Get("/api/v1/queues/versions")).Json()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_reader_who_has_the_newest_version_is_told_so()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        var read = await admin.Get("/api/v1/queues/sales");
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/queues/sales");
        request.Headers.IfNoneMatch.Add(read.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await admin.Ask(request)).StatusCode);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_the_last_has_no_next()
    {
        using var admin = await fixture.Api.SignedIn(A.Globex, "admin");
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await (await admin.Get($"/api/v1/users?limit=2{(next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}")}")).Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        Assert.Equal(["admin", "agent1001", "agent1002", "only-globex", "qa", "supervisor"], seen);
    }

    [Theory]
    [InlineData("/api/v1/users?limit=0", "limit")]
    [InlineData("/api/v1/users?limit=201", "limit")]
    [InlineData("/api/v1/users?limit=many", "limit")]
    [InlineData("/api/v1/calls?from=yesterday&to=x&queue=A%20B&agent=!&limit=-1", "agent,from,limit,queue,to")]
    public async Task Every_wrong_part_of_a_query_is_named(string path, string fields)
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        Assert.Equal(fields.Split(','), await (await admin.Get(path)).Wrong());
    }

    [Theory]
    [InlineData("/api/v1/queues/NOT-AN-ID")]
    [InlineData("/api/v1/queues/a%2fb")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/queues")]
    public async Task What_is_not_there_is_404_with_problem_details(string path)
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        var answer = await admin.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("notFound", (await answer.Json()).GetProperty("code").GetString());
    }
}
