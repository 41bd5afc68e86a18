using CallCenter.Product.Tests.Data;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Faults;

/// <summary>kill -9 of the whole process in mid-talk: the next start ends what was cut off, forgets nothing that was promised, and serves at once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    const int Talking = 50, Waiting = 50, Ringing = 3, Agents = Talking + Ringing, New = 5;

    /// <summary>A recording's segments are so long; the last one may be lost.</summary>
    const double Segment = 5;

    /// <summary>How exactly an edge knows when the start before it died, and a phone when it was killed, s.</summary>
    const double Blur = 0.6;

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    readonly List<Phone> agents = [], callers = [];
    readonly List<(Phone Caller, PhoneCall Call, PhoneCall Rung)> talks = [];
    readonly List<(Phone Caller, PhoneCall Call)> waiting = [];
    readonly List<PhoneCall> ringing = [];

    [Fact, Trait("Speed", "Slow")]
    public async Task Fifty_calls_in_talk_and_fifty_waiting_are_ended_recorded_and_followed_by_new_ones()
    {
        await using var product = await RunningProduct.Start(settings: [$"--Demo:Agents={2 * Agents}"]);
        try
        {
            await Fill(product);
            var killed = Clock.Now;
            product.Process.Kill();
            await product.Process.Exits(Soon);
            await product.StartAgain();
            var ready = Clock.Now;
            await Task.WhenAll(OrphansEnd(killed, ready), NewCallsFlow(product, ready));
            using var acme = await product.SignIn();
            await Live(acme, "agentsFree", Agents);
            await Live(acme, "waiting", 0);
            foreach (var (caller, call, _) in talks) await RecordIsRight(acme, caller, Clock.Ms(call.AnsweredAt, killed) / 1000);
            foreach (var (caller, call) in waiting) await RecordIsRight(acme, caller, Clock.Ms(call.AnsweredAt, killed) / 1000);
            await Refold.GivesTheSame(product, acme);
        }
        finally
        {
            await Task.WhenAll(agents.Concat(callers).Select(p => p.DisposeAsync().AsTask()));
        }
    }

    async Task Fill(RunningProduct product)
    {
        using var acme = await product.SignIn();
        for (var i = 0; i < Agents; i++)
        {
            agents.Add(new(product.Sip, $"{1001 + 2 * i}", "acme.localhost"));
            await agents[i].Register();
        }
        await Live(acme, "agentsFree", Agents);
        for (var i = 0; i < Talking; i++)
        {
            var (caller, call) = await Dial(product);
            var rung = await Rings();
            await rung.Answer();
            call.Ear.SayTone(440);
            talks.Add((caller, call, rung));
        }
        for (var i = 0; i < Waiting; i++) waiting.Add(await Dial(product));
        for (var i = 0; i < Ringing; i++) ringing.Add(await Rings());
        await Pause.For(Segment + 2); // even the last talk has a whole segment, and the commits that ride along are done
        Assert.All(ringing, r => Assert.False(r.HasEnded));
    }

    async Task<(Phone Phone, PhoneCall Call)> Dial(RunningProduct product)
    {
        var caller = new Phone(product.Sip, $"1391000{callers.Count:0000}", null);
        callers.Add(caller);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        return (caller, call);
    }

    async Task<PhoneCall> Rings()
    {
        PhoneCall? found = null;
        await ProductApi.Until(() => Task.FromResult(agents.Exists(a => a.TryRing(out found))), rang => rang, "a phone that rings", TimeSpan.FromSeconds(5));
        return found!;
    }

    /// <summary>Both sides of every talk, and all who wait, hear a BYE; who rings, a CANCEL.</summary>
    async Task OrphansEnd(long killed, long ready)
    {
        var both = talks.SelectMany(t => new[] { t.Call, t.Rung }).Concat(waiting.Select(w => w.Call)).ToList();
        Assert.All(await Task.WhenAll(both.Select(c => c.Ended(8))), end => Assert.Equal(CallEnd.There, end));
        Assert.All(await Task.WhenAll(ringing.Select(r => r.Ended(8))), end => Assert.Equal(CallEnd.Cancelled, end));
        var last = both.Concat(ringing).Max(c => c.EndedAt);
        Assert.InRange(Clock.Ms(ready, last), double.NegativeInfinity, 5000);
        output.WriteLine($"ready {Clock.Ms(killed, ready):0} ms after the kill; the last of {both.Count} BYEs and {ringing.Count} CANCELs {Clock.Ms(ready, last):0} ms after ready");
    }

    async Task NewCallsFlow(RunningProduct product, long ready)
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, New).Select(_ => Dial(product)));
        var rung = new List<PhoneCall>();
        while (rung.Count < New) rung.Add(await Rings());
        output.WriteLine($"{New} new calls ring {string.Join(", ", rung.Select(r => $"{Clock.Ms(ready, r.InvitedAt):0}"))} ms after ready");
        Assert.All(rung, r => Assert.InRange(Clock.Ms(ready, r.InvitedAt), 0, 3000));
        foreach (var (_, call) in calls) call.Ear.SayTone(440);
        foreach (var r in rung) await r.Answer();
        foreach (var r in rung) await Heard.Tone(r.Ear, 440, seconds: 0.1);
        foreach (var (_, call) in calls) await call.HangUp();
        foreach (var r in rung) await r.Ended();
    }

    /// <summary>One record, which ends when the process died; who talked has a recording that lacks the last segment at most.</summary>
    static async Task RecordIsRight(ProductApi acme, Phone caller, double lasted)
    {
        var record = await acme.Record(caller.User);
        Assert.Single((await acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray());
        Assert.Equal("platform edgeLost platform", record.Ended);
        Assert.Single((await acme.Facts(record.Id)).Of("callEnded"));
        Assert.InRange((record.EndedAt - record.ConnectedAt)!.Value.TotalSeconds, lasted - Blur, lasted + Blur);
        if (record.Agents.Length == 0) return;
        var wav = Wav.Read(await acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(wav.Channel(0).Length / (double)Tone.Rate, record.TTalk / 1000.0 - Segment - Blur, record.TTalk / 1000.0 + Blur);
    }

    static Task Live(ProductApi acme, string figure, int count) =>
        ProductApi.Until(async () => (await acme.Get("queues/sales/live")).GetProperty(figure).GetInt32(), n => n == count, $"{count} {figure} in sales", TimeSpan.FromSeconds(5));
}
