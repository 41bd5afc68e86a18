using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>Nothing can be stored: an emergency call passes, and has its record as soon as that can be written.</summary>
[Trait("Judges", "NoTime")]
public sealed class EmergencyCallTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_full_disk_stops_no_emergency_call()
    {
        await using var disk = await SmallDisk.Mount(192);
        await using var product = await RunningProduct.Start(Path.Combine(disk.Path, "data"), "--Data:Postgres=");
        await Passes(product, () => { disk.Fill(0); return Task.CompletedTask; }, () => { disk.Free(); return Task.CompletedTask; });
    }

    [Fact]
    public async Task A_database_that_is_gone_stops_no_emergency_call()
    {
        await using var server = await PostgresServer.Start();
        await using var product = await RunningProduct.Start(settings: [$"--Data:Postgres={await server.Database()}", "--Demo:Enabled=true"]);
        await Passes(product, server.Stop, server.StartAgain);
    }

    static async Task Passes(RunningProduct product, Func<Task> fails, Func<Task> mends)
    {
        using var acme = await product.SignIn();
        await using var outside = new Phone(product.Sip, "outside", null, port: product.TrunkPort);
        await using var desk = new Phone(product.Sip, "1001", "acme.localhost");
        await desk.Register();
        await Talk(desk, outside, "120"); // as on every day

        await fails();
        await ProductApi.Until(() => Other(desk, outside), status => status == 503, "a refusal of other calls", Soon);
        await Talk(desk, outside, "110");
        await mends();
        await ProductApi.Until(() => acme.Status(HttpMethod.Get, "calls?number=120"), status => status == HttpStatusCode.OK, "the API's return", Soon);
        foreach (var number in new[] { "120", "110" })
            await ProductApi.Until(() => acme.Get($"calls?number={number}"), calls => calls.GetRawText().Contains("\"endedAt\":\"", StringComparison.Ordinal), $"the record of {number}", Soon);
        var record = (await acme.Get("calls?number=110")).GetProperty("items").EnumerateArray().First();
        Assert.Equal(("outbound", "110", "1001"), (record.GetProperty("direction").GetString(), record.GetProperty("to").GetString(), record.GetProperty("dialledBy").GetProperty("extension").GetString()));
        Assert.Equal(JsonValueKind.String, record.GetProperty("connectedAt").ValueKind);
    }

    /// <summary>
    /// The answer to a call that is no emergency; 100 for one that was taken in the moment before it was known that nothing can be stored: it waits, or
    /// rings, and is given up.
    /// </summary>
    static async Task<int> Other(Phone desk, Phone outside)
    {
        var call = desk.Dial("913900139000");
        var final = call.Final;
        var until = Stopwatch.GetTimestamp() + 2 * Stopwatch.Frequency;
        PhoneCall? rung = null;
        while (!final.IsCompleted && !outside.TryRing(out rung) && Stopwatch.GetTimestamp() < until) await Pause.For(0.02);
        if (final.IsCompleted) return (await final).Status;
        await call.Cancel();
        if (rung is not null) await rung.Ended();
        return 100;
    }

    static async Task Talk(Phone desk, Phone outside, string number)
    {
        var call = desk.Dial(number);
        var rung = await outside.Rings(Soon);
        Assert.Equal(number, rung.Incoming.Uri.UserText);
        await rung.Answer();
        await call.Answered();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Begins(rung.Ear, 440, within: 10);
        await Heard.Begins(call.Ear, 1000, within: 10);
        await call.HangUp();
        await rung.Ended();
    }
}
