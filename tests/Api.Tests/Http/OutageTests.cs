namespace CallCenter.Api.Tests.Http;

public sealed class OutageTests
{
    [Fact]
    public async Task While_the_database_is_gone_the_answer_is_503_and_when_to_ask_again()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        api.Store.Gone = true;
        using var answer = await admin.Get("/api/v1/queues/sales");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("serviceUnavailable", (await answer.Json()).GetProperty("code").GetString());
        api.Store.Gone = false;
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/api/v1/queues/sales")).StatusCode);
    }
}
