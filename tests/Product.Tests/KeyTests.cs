using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Media.Codecs;

namespace CallCenter.Product.Tests;

/// <summary>A menu worked by a phone that knows no telephone-events, and a fax machine that called by mistake.</summary>
[Trait("Judges", "Voices")]
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
        await Heard.Begins(rung.Ear, 440, within: 5);
        await rung.Ear.HearsPackets(50);
        foreach (var key in "7391")
        {
            await call.Sound(key);
            await Pause.For(0.2);
        }
        rung.Ear.Forget();
        call.Ear.SayTone(440);
        await Heard.Begins(rung.Ear, 440, within: 5);
        await rung.Ear.HearsPackets(50);
        await call.HangUp();
        var (record, facts) = await product.Told(caller);
        Assert.Equal("1", facts.Value("menuChosen", "key"));
        var wav = Wav.Read(await product.Acme.Recording(record.Recordings[0]));
        Assert.InRange(Tone.Power(wav.Channel(0), 440), 1e5, double.PositiveInfinity);
        Assert.Empty(Told(wav.Channel(0)));
    }

    /// <summary>Where a recording tells a key: 15 ms that consist of the two tones of one.</summary>
    static IEnumerable<string> Told(short[] samples)
    {
        for (var at = 0; at + 120 <= samples.Length; at += 40)
        {
            var window = samples.AsSpan(at, 120).ToArray();
            var all = Math.Max(Tone.Power(window), 10_000);
            foreach (var low in (int[])[697, 770, 852, 941])
                foreach (var high in (int[])[1209, 1336, 1477])
                    if (Tone.Power(window, low) > 0.2 * all && Tone.Power(window, high) > 0.2 * all && Tone.Power(window, low) + Tone.Power(window, high) > 0.7 * all)
                        yield return $"{low} and {high} Hz at {at / 8} ms, {10 * Math.Log10(all / 1e9):f0} dB";
        }
    }

    /// <summary>Two seconds of listening, a key, and silence.</summary>
    static byte[] KeyFile(char key)
    {
        short[] sound = [.. new short[2 * Tone.Rate], .. Tone.Key(key, TimeSpan.FromMilliseconds(100)), .. new short[10 * Tone.Rate]];
        var codes = new byte[sound.Length];
        G711.Encode(AudioCodec.Pcmu, sound, codes);
        return codes;
    }

    [Fact]
    public async Task The_menu_is_worked_by_a_gateway_that_plays_the_tones_of_its_keys() =>
        await IsRung("13920000031", "1037", number => Sipp.Start("uac_tones.xml", product.Product.Sip, ("key.ulaw", KeyFile('1')), number));

    [Fact]
    public async Task The_menu_is_worked_by_a_gateway_that_sends_its_keys_by_info() =>
        await IsRung("13920000033", "1033", number => Sipp.Start("uac_info.xml", product.Product.Sip, [.. number, "-key", "pressed", "1"]));

    async Task IsRung(string caller, string extension, Func<string[], Sipp> dial)
    {
        await using var agent = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        await using var gateway = dial(["-s", Numbers.AcmeMenu, "-m", "1", "-d", "5000", "-key", "caller", caller]);
        var rung = await agent.Rings(TimeSpan.FromSeconds(8));
        Assert.Equal(caller, rung.CallerNumber);
        await rung.Answer();
        var result = await gateway.Ends(TimeSpan.FromSeconds(20));
        Assert.True(result is { Successful: 1, Failed: 0 }, result.ToString());
        Assert.Equal("1", (await product.Acme.Facts((await product.Acme.Record(caller)).Id)).Value("menuChosen", "key"));
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
