using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>A menu worked by a phone that knows no telephone-events, and a fax machine that called by mistake.</summary>
public sealed class KeyTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    Phone Caller() => new(product.Product.Sip, $"1381000{Random.Next(10_000):0000}", null) { HasEvents = false };

    static readonly Random Random = new(4);

    [Fact]
    public async Task The_menu_is_worked_by_tones_in_the_audio_and_the_recording_does_not_tell_them()
    {
        await using var agent = await product.Agent("1031");
        await product.AgentsFree("sales", 1);
        await using var caller = Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Sound('1');
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        await Heard.Tone(rung.Ear, 440);
        foreach (var key in "7391")
        {
            await call.Sound(key);
            await Pause.For(0.2);
        }
        call.Ear.SayTone(440);
        await Heard.Begins(rung.Ear, 440, within: 2);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal("1", facts.Value("menuChosen", "key"));
        var wav = Wav.Read(await product.Acme.Recording(record.Recordings[0]));
        Assert.InRange(Tone.Power(wav.Channel(0), 440), 1e5, double.PositiveInfinity);
        foreach (var window in wav.Channel(0).Chunk(120))
            foreach (var hz in new[] { 697, 770, 852, 941, 1209, 1336, 1477 })
                Assert.InRange(Tone.Power(window, hz) / Math.Max(Tone.Power(window), 10_000), 0, 0.3);
    }

    [Fact]
    public async Task The_menu_is_worked_by_a_softphone_that_sends_its_keys_by_info()
    {
        await using var agent = await product.Agent("1033");
        await product.AgentsFree("sales", 1);
        await using var caller = await Baresip.Caller("13900000031", sayHz: 440, keys: "info");
        await caller.Dial($"sip:{Numbers.AcmeMenu}@{product.Product.Sip}");
        await caller.Sees("CALL_ESTABLISHED");
        await Pause.For(1.5); // listens to the prompt
        await caller.Press('1');
        var rung = await agent.Rings();
        await rung.Answer();
        await Heard.Begins(rung.Ear, 440, within: 2);
        await caller.HangUp();
        Assert.Equal("1", (await product.Acme.Facts((await product.Acme.Record("13900000031")).Id)).Value("menuChosen", "key"));
    }

    [Fact]
    public async Task A_key_by_info_and_as_tones_chooses_once()
    {
        await using var agent = await product.Agent("1035");
        await product.AgentsFree("sales", 1);
        await using var caller = Caller();
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Sound('7'); // a wrong key: the menu is played again
        Assert.Equal(200, (await call.Inform("application/dtmf-relay", "Signal=7\r\nDuration=100\r\n")).Status);
        await Pause.For(0.5);
        Assert.Equal(200, (await call.Inform("application/dtmf-relay", "Signal=1\r\nDuration=100\r\n")).Status);
        await agent.Rings();
        await call.HangUp();
        var (_, facts) = await product.Told(caller);
        Assert.Single(facts.Of("menuMissed"));
        Assert.Equal("1", facts.Value("menuChosen", "key"));
    }

    [Fact]
    public async Task A_fax_machine_that_calls_stands_in_the_record()
    {
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        call.Ear.Say([.. Tone.Make(1100, TimeSpan.FromSeconds(0.5)), .. new short[3 * Tone.Rate]]);
        await Pause.For(4);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal("calling", facts.Value("faxDetected", "tone"));
        var fax = Assert.Single(record.Json.GetProperty("faxes").EnumerateArray());
        Assert.Equal(("caller", "calling"), (fax.GetProperty("leg").GetString(), fax.GetProperty("tone").GetString()));
    }
}
