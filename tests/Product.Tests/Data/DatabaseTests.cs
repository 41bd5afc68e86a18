using System.Net;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>The product on PostgreSQL, and what it does while that is gone.</summary>
public sealed class DatabaseTests
{
    [Fact]
    public async Task A_database_that_goes_and_comes_back_needs_no_restart()
    {
        await using var server = await PostgresServer.Start();
        await using var product = await RunningProduct.Start(settings: [$"--Data:Postgres={await server.Database()}", "--Demo:Enabled=true"]);
        using var admin = await product.SignIn();
        await admin.Get("queues/sales");
        await using var agent = new Phone(product.Sip, "1001", "acme.localhost");
        await agent.Register();
        await ProductApi.Until(async () => (await admin.Get("queues/sales/live")).GetProperty("agentsFree").GetInt32(), free => free == 1, "the agent is signed in", TimeSpan.FromSeconds(15));
        await using var talker = new Phone(product.Sip, "13800005001", null);
        var talk = talker.Dial(Numbers.AcmeSales);
        await (await agent.Rings(within: TimeSpan.FromSeconds(15))).Answer(); // the first call of a process on a server that has just begun, too
        await talk.Answered();

        await server.Stop();
        using var answer = await admin.Http.GetAsync(new Uri("api/v1/queues/sales", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        await talk.HangUp(); // written down when there is where to
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await server.StartAgain();

        await ProductApi.Until(() => admin.Status(HttpMethod.Get, "queues/sales"), status => status == HttpStatusCode.OK, "the API's return", TimeSpan.FromSeconds(5));
        await ProductApi.Until(async () => await admin.Get("calls?number=13800005001"), calls => calls.GetRawText().Contains("\"endedAt\":\"", StringComparison.Ordinal), "the record of the talk", TimeSpan.FromSeconds(10));
        await using var second = new Phone(product.Sip, "13800005002", null);
        var next = second.Dial(Numbers.AcmeSales);
        await (await agent.Rings(within: TimeSpan.FromSeconds(20))).Answer();
        await next.Answered();
        await next.HangUp();
        Assert.NotNull((await admin.Record("13800005002")).EndedAt);
    }
}
