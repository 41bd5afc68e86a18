using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Media.Codecs;

namespace CallCenter.Product.Tests;

/// <summary>A caller reaches an agent: the whole path.</summary>
public sealed class TheCallTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact, Trait("Speed", "Smoke")]
    public async Task A_softphone_calls_presses_1_and_talks_to_an_agents_softphone()
    {
        await using var agent = await Baresip.Extension(product.Product.AgentSip, "1001", "acme.localhost", sayHz: 1000);
        await product.AgentsFree("sales", 1);
        await using var caller = await Baresip.Caller("13900000001", sayHz: 440);
        await caller.Dial($"sip:{Numbers.AcmeMenu}@{product.Product.Sip}");
        await caller.Sees("CALL_ESTABLISHED");
        await Pause.For(1.5); // listens to the prompt
        await caller.Press('1');
        await agent.Sees("CALL_INCOMING");
        await Pause.For(1.5); // listens to the music
        await agent.Accept();
        var bridged = await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(4); // talks
        await caller.HangUp();
        var talked = Clock.Ms(bridged, await agent.Sees("CALL_CLOSED"));

        var record = await product.Acme.Record("13900000001");
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.Equal("sales", record.Queue);
        Assert.Equal(["agent1001"], record.Agents);
        Bars.Within(Math.Abs(record.TTalk - talked), 0, 150); // its control port is no clock; exact times stand in the next test
        var heardByAgent = agent.Heard();
        Assert.InRange(Tone.MedianSnr(heardByAgent[^(3 * Tone.Rate)..], 440), 20, double.PositiveInfinity);
        var heardByCaller = caller.Heard();
        Assert.InRange(Tone.MedianSnr(heardByCaller[^(3 * Tone.Rate)..], 1000), 20, double.PositiveInfinity);
        Assert.True(Tone.Power(heardByCaller.AsSpan(0, Tone.Rate)) > 10_000, "the caller heard no prompt");
        await RecordingHolds(record, 440, 1000);
    }

    [Fact]
    public async Task Times_sound_and_recording_agree_with_what_both_ends_measured()
    {
        await using var agent = await product.Agent("1003");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        call.Ear.SayTone(440);
        await Heard.Sound(call.Ear); // the notice
        await call.Press('1');
        var pressed = call.Ear.KeyEndedAt;
        var rung = await agent.Rings();
        Assert.Equal(caller.User, rung.CallerNumber);
        await Heard.Sound(call.Ear); // music
        rung.Ear.SayTone(1000);
        await rung.Answer();
        await Heard.Tone(rung.Ear, 440, seconds: 3);
        await Heard.Tone(call.Ear, 1000, seconds: 3);
        await call.HangUp();
        Assert.Equal(CallEnd.There, await rung.Ended());

        await product.Acme.Record(caller.User, seconds: 2); // it has 1 s, and the question some time
        var (record, facts) = await product.Told(caller);
        Bars.Near(call.AnsweredAt, pressed, record.TIvr);
        Bars.Near(pressed, rung.AnsweredAt, record.TAcd);
        Bars.Near(rung.AnsweredAt, call.EndedAt, record.TTalk);
        Bars.Near(call.AnsweredAt, call.EndedAt, (record.EndedAt!.Value - record.ConnectedAt!.Value).TotalMilliseconds);
        Assert.True(Array.IndexOf(facts.Kinds, "noticePlayed") is >= 0 and var notice && notice < Array.IndexOf(facts.Kinds, "recordingStarted"), facts.ToString());
        Assert.Equal(2, facts.Of("legAnswered").Length);
        await RecordingHolds(record, 440, 1000);
    }

    [Fact]
    public async Task A_caller_with_A_law_and_an_agent_with_mu_law_hear_each_other()
    {
        await using var agent = await product.Agent("1005");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller(AudioCodec.Pcma);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Tone(rung.Ear, 440);
        await Heard.Tone(call.Ear, 1000);
        Assert.All(call.Ear.Heard(), p => Assert.Equal((byte)AudioCodec.Pcma, p.PayloadType));
        await call.HangUp();
        await rung.Ended();
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_key_passes_from_the_agent_to_the_caller()
    {
        await using var agent = await product.Agent("1007");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        await rung.Ear.HearsPackets(5);
        await rung.Press('7');
        await call.Ear.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 7), "key 7");
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Empty(record.Recordings); // the queue "all" does not record, and says so
        Assert.Equal("queueSetting", facts.Of("notRecorded")[^1].GetProperty("why").GetString());
    }

    [Fact, Trait("Judges", "Voices")]
    public async Task A_wrong_key_twice_leads_to_sales_and_so_does_silence()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Press('8');
        await Pause.For(0.3);
        await call.Press('8');
        await product.Waiting("sales", 1);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal("sales", record.Queue);
        Assert.Equal(2, facts.Of("menuMissed").Length);
        Assert.All(facts.Of("menuMissed"), f => Assert.Equal("wrongKey", f.GetProperty("why").GetString()));
    }

    async Task RecordingHolds(Kit.Product.CallRecord record, double leftHz, double rightHz)
    {
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.Equal(2, wav.Channels);
        Assert.Equal(Tone.Rate, wav.Rate);
        Bars.Near(record.TTalk, wav.Channel(0).Length * 1000.0 / Tone.Rate);
        Assert.InRange(Tone.MedianSnr(wav.Channel(0), leftHz), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1), rightHz), 20, double.PositiveInfinity);
    }
}
