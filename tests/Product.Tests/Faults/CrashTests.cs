using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Faults;

/// <summary>All that the grains remember besides their journals is lost in mid-call: talk goes on, order is kept, nobody is stuck.</summary>
public sealed class CrashTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const int Calls = 20, Listened = 5, AtOnce = 5, OneByOne = 5;

    /// <summary>ms in which those next in the line ring; judged by when they did.</summary>
    const double Resumed = 3000;

    /// <summary>For what is waited for, and judged by nobody.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    readonly List<Phone> phones = [];
    readonly List<Phone> free = [];
    readonly List<Talk> talks = [];
    readonly Queue<(Phone Phone, PhoneCall Call)> waiting = [];
    readonly List<Talk> done = [];

    sealed record Talk(Phone Caller, PhoneCall Call, Phone Agent, PhoneCall Rung);

    [Fact]
    public async Task Twenty_calls_in_talk_and_twenty_waiting_survive_a_crash_of_the_grains()
    {
        try
        {
            await Fill();
            await Crash();
            await ServeInOrder();
            await EndAll();
        }
        finally
        {
            await Task.WhenAll(phones.Select(p => p.DisposeAsync().AsTask()));
        }
    }

    async Task Fill()
    {
        for (var i = 0; i < Calls; i++) free.Add(await product.Agent($"{1001 + 2 * i}"));
        phones.AddRange(free);
        await product.AgentsFree("sales", Calls);
        for (var i = 0; i < Calls; i++)
        {
            var (phone, call) = await Dial();
            await Join(phone, call);
        }
        for (var i = 0; i < Calls; i++) waiting.Enqueue(await Dial());
        await product.Waiting("sales", Calls);
    }

    /// <summary>While five calls are listened to, five others end in the moment of the crash: those next in the line ring within 3 s.</summary>
    async Task Crash()
    {
        var heard = talks[..Listened].SelectMany(t => new[] { (t.Call.Ear, Hz: 1000.0), (t.Rung.Ear, Hz: 440.0) }).ToList();
        foreach (var (ear, hz) in heard) await Heard.Begins(ear, hz, within: 5);
        foreach (var (ear, _) in heard) ear.Forget();
        await Pause.For(0.5);
        var crashed = Clock.Now;
        Assert.True(await product.Product.Crash() > 3 * Calls);
        await Task.WhenAll(talks[^AtOnce..].Select(HangUp).ToArray());
        foreach (var next in Enumerable.Range(0, AtOnce).Select(_ => waiting.Dequeue()).ToList()) await Join(next.Phone, next.Call);
        Assert.All(talks[^AtOnce..], t => Bars.Within(Clock.Ms(crashed, t.Rung.InvitedAt), 0, Resumed));
        TestContext.Current.SendDiagnosticMessage($"rang after the crash: {string.Join(", ", talks[^AtOnce..].Select(t => $"{Clock.Ms(crashed, t.Rung.InvitedAt):f0} ms"))}");
        foreach (var (ear, hz) in heard) await Heard.Tone(ear, hz, seconds: 3); // from half a second before the crash: no gap
        Assert.All(talks, t => Assert.False(t.Call.HasEnded || t.Rung.HasEnded));
        Assert.All(waiting, w => Assert.False(w.Call.HasEnded));
    }

    async Task ServeInOrder()
    {
        for (var i = 0; i < OneByOne; i++)
        {
            var left = talks[Listened];
            await HangUp(left);
            var next = waiting.Dequeue();
            await Join(next.Phone, next.Call);
            Bars.Within(Clock.Ms(left.Call.EndedAt, talks[^1].Rung.InvitedAt), 0, Resumed);
        }
    }

    /// <summary>All who talk hang up, until nobody is left; then the records and the agents are as if nothing had happened.</summary>
    async Task EndAll()
    {
        while (talks.Count > 0)
        {
            await Task.WhenAll(talks.ToArray().Select(HangUp));
            var next = Enumerable.Range(0, Math.Min(free.Count, waiting.Count)).Select(_ => waiting.Dequeue()).ToList();
            var ended = done.Max(t => t.Call.EndedAt);
            foreach (var (phone, call) in next) await Join(phone, call);
            Assert.All(talks, t => Bars.Within(Clock.Ms(ended, t.Rung.InvitedAt), double.NegativeInfinity, Resumed));
            await Pause.For(0.5);
        }
        await product.AgentsFree("sales", Calls);
        await product.Waiting("sales", 0);
        Assert.Equal(2 * Calls, done.Count);
        foreach (var talk in done) await RecordIsRight(talk);
    }

    async Task RecordIsRight(Talk talk)
    {
        var (record, facts) = await product.Told(talk.Caller);
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.Equal([$"agent{talk.Agent.User}"], record.Agents);
        Assert.Single(facts.Of("enqueued")); // the place was kept
        Bars.Near(talk.Rung.AnsweredAt, talk.Call.EndedAt, record.TTalk);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Bars.Near(record.TTalk, wav.Channel(0).Length * 1000.0 / Tone.Rate);
    }

    async Task<(Phone, PhoneCall)> Dial()
    {
        var phone = product.Caller();
        phones.Add(phone);
        var call = phone.Dial(Numbers.AcmeSales);
        await call.Answered();
        return (phone, call);
    }

    /// <summary>Whichever free agent's phone rings next for any caller, or rang already, is answered, until this caller is joined.</summary>
    async Task Join(Phone caller, PhoneCall call)
    {
        var (agent, rung) = await ProductApi.Until(() => Task.FromResult(RungFor(caller.User)), f => f.Rung is not null, $"a phone that rings for {caller.User}", Soon);
        await rung!.Answer();
        free.Remove(agent!);
        talks.Add(new(caller, call, agent!, rung));
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Begins(rung.Ear, 440, within: Bars.BadLink ? 10 : 5); // answered is not yet joined
    }

    readonly Dictionary<string, (Phone Agent, PhoneCall Rung)> ringing = [];

    (Phone? Agent, PhoneCall? Rung) RungFor(string caller)
    {
        foreach (var agent in free)
            if (agent.TryRing(out var rung)) ringing.Add(rung.CallerNumber, (agent, rung));
        if (ringing.Remove(caller, out var found)) return found;
        Assert.DoesNotContain(ringing.Keys, other => waiting.Any(w => w.Phone.User == other)); // somebody behind this caller
        return default;
    }

    async Task HangUp(Talk talk)
    {
        lock (talks)
        {
            talks.Remove(talk);
            done.Add(talk);
        }
        await talk.Call.HangUp();
        await talk.Rung.Ended();
        lock (talks) free.Add(talk.Agent);
    }
}
