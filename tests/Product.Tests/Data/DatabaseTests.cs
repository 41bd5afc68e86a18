using System.Net;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>The product on PostgreSQL, and what it does while that is gone.</summary>
public sealed class DatabaseTests(ITestOutputHelper output)
{
    [Fact, Trait("Judges", "NoTime")]
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

    [Fact, Trait("Speed", "Slow")]
    public async Task A_database_that_is_gone_for_thirty_seconds_under_twenty_calls_a_second_loses_nothing()
    {
        const int rate = 20, before = 4, gone = 30, after = 10, calls = rate * (before + gone + after);
        await using var server = await PostgresServer.Start();
        await using var product = await RunningProduct.Start(settings: [$"--Data:Postgres={await server.Database()}", "--Demo:Enabled=true", "--Demo:Agents=80"]);
        using var acme = await product.SignIn();
        await using var talkers = new Talkers(product);
        await talkers.Begin();
        await using var agents = Sipp.Start("uas_agent.xml", null);
        await Sipp.Register(product.Sip, "acme.localhost", 1021, 50, agents.Port);

        await using var callers = Sipp.Start("uac_or_503.xml", product.Sip, "-s", Numbers.AcmeAll, "-m", $"{calls}", "-r", $"{rate}", "-l", $"{calls}", "-d", "1000", "-recv_timeout", "60000");
        await Pause.For(before);
        await server.Stop();
        await talkers.GoOn(gone);
        await server.StartAgain();
        var result = await callers.Ends(TimeSpan.FromSeconds(after + 90));
        Assert.True(result is { Successful: calls, Failed: 0 }, $"{result}");
        Assert.InRange(result.Counted, 1, rate * (gone + after)); // refused while it was gone

        await talkers.HangUp();
        var records = await ProductApi.Until(() => Refold.Calls(acme), all => all.TrueForAll(c => !c.Contains("\"endedAt\":null", StringComparison.Ordinal)), "the end of every record", TimeSpan.FromSeconds(20));
        output.WriteLine($"{calls} callers, {result.Counted} refused, {records.Count} records, {result.Retransmissions} retransmissions");
        Assert.Equal(calls - result.Counted + 1, records.Count(c => c.Contains("\"connectedAt\":\"", StringComparison.Ordinal))); // each that was taken, once, and the two who talked on
    }
}
