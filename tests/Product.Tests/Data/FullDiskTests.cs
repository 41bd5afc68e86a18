using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests.Data;

/// <summary>The disk of the database fills up: nothing new is promised, what lives goes on, nothing is corrupted; with room again all is well, without a restart.</summary>
public sealed class FullDiskTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(2);

    [Theory, Trait("Speed", "Slow")]
    [InlineData(8 << 20)] // the rest is kept for the live calls: they can still be written
    [InlineData(0)]       // nothing can be written any more
    public async Task A_full_disk_refuses_new_calls_until_there_is_room(long free)
    {
        await using var disk = await SmallDisk.Mount(192);
        await using var product = await RunningProduct.Start(Path.Combine(disk.Path, "data"), "--Data:Postgres=");
        await FillAndFree(disk, free, product);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_full_disk_of_PostgreSQL_refuses_new_calls_until_there_is_room()
    {
        await using var disk = await SmallDisk.Mount(256);
        await using var server = await PostgresServer.Start(disk.Path);
        await using var product = await RunningProduct.Start(settings: [$"--Data:Postgres={await server.Database()}", "--Demo:Enabled=true"]);
        await FillAndFree(disk, free: 0, product);
    }

    static async Task FillAndFree(SmallDisk disk, long free, RunningProduct product)
    {
        using var acme = await product.SignIn();
        await using var agent = new Phone(product.Sip, "1001", "acme.localhost");
        await agent.Register();
        await using var caller = new Phone(product.Sip, "13920000001", null);
        var call = caller.Dial(Numbers.AcmeAll);
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        await Heard.Tone(rung.Ear, 440);

        disk.Fill(free);
        var refused = await ProductApi.Until(() => Try(product), answer => answer.Status != 200, "a refusal", Soon);
        Assert.Equal(503, refused.Status);
        Assert.True(refused.Has(HeaderName.RetryAfter));
        rung.Ear.Forget();
        await Heard.Tone(rung.Ear, 440, seconds: 3);
        Assert.Equal(503, (await Try(product)).Status);
        await using var desk = new Phone(product.Sip, "1003", "acme.localhost"); // not registered: each call with its password
        var own = await desk.Dial("913900000001").Final;
        Assert.Equal((503, true), (own.Status, own.Has(HeaderName.RetryAfter)));
        Assert.Equal(("503", "unhealthy"), await Ready(product));
        Assert.False(call.HasEnded || rung.HasEnded);

        var before = product.Process.Id;
        disk.Free();
        await ProductApi.Until(() => Try(product), answer => answer.Status == 200, "a call that is taken again", Soon);
        Assert.Equal(("200", "healthy"), await Ready(product));
        await call.HangUp();
        await rung.Ended();
        Assert.Equal("caller hangUp nobody", (await acme.Record("13920000001")).Ended);
        await using var next = new Phone(product.Sip, "13920000002", null);
        var served = next.Dial(Numbers.AcmeAll);
        await (await agent.Rings(Soon)).Answer();
        await served.Answered();
        await served.HangUp();
        await acme.Record("13920000002");
        Assert.Equal(before, product.Process.Id);
        await Refold.GivesTheSame(product, acme);
    }

    /// <summary>What a load balancer is told, and of the journal alone.</summary>
    static async Task<(string Status, string Journal)> Ready(RunningProduct product)
    {
        using var http = new HttpClient { BaseAddress = product.Http };
        using var answer = await http.GetAsync(new Uri("healthz/ready", UriKind.Relative));
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), told.GetProperty("checks").GetProperty("journal").GetString()!);
    }

    /// <summary>A new caller's answer; who is taken hangs up again.</summary>
    static async Task<SipResponse> Try(RunningProduct product, bool again = true)
    {
        await using var caller = new Phone(product.Sip, "13920000009", null);
        var call = caller.Dial(Numbers.AcmeMenu);
        try
        {
            var answer = again ? await call.Final.WaitAsync(Patience) : await call.Final;
            if (answer.Status == 200) await call.HangUp();
            return answer;
        }
        catch (TimeoutException) when (again) // taken in the moment before it was known that nothing can be stored: it waits
        {
            await call.Cancel();
            return await Try(product, again: false);
        }
    }
}
