using System.Text;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;
using CallCenter.Media.Codecs;

namespace CallCenter.Product.Tests;

/// <summary>Softphones with codecs of their own: where both speak the same it passes as it is, else what each says is heard all the same.</summary>
public sealed class CodecTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Theory, Trait("Judges", "Voices")]
    [InlineData("G722", "PCMU", "1021")]
    [InlineData("opus", "PCMU", "1023")]
    [InlineData("G722", "G722,PCMU", "1025")]
    [InlineData("opus", "opus,PCMU", "1027")]
    [InlineData("PCMA", "PCMU", "1051")]
    public async Task Two_softphones_hear_each_other_and_are_recorded(string callers, string agents, string extension)
    {
        await using var agent = await Baresip.Extension(product.Product.AgentSip, extension, "acme.localhost", sayHz: 1000, answers: true, codec: agents);
        await product.AgentsFree("sales", 1);
        var number = $"1390000{extension}";
        await using var caller = await Baresip.Caller(number, sayHz: 440, codec: callers);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip}");
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(4);
        await caller.HangUp();
        await agent.Sees("CALL_CLOSED");
        await caller.Sees("CALL_CLOSED");

        var record = await product.Acme.Record(number);
        Assert.Equal("caller hangUp nobody", record.Ended);
        Hears(agent, 440);
        Hears(caller, 1000);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0), 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1), 1000), 20, double.PositiveInfinity);
    }

    [Fact]
    public async Task A_phone_of_G722_presses_keys_and_hears_a_prompt()
    {
        await using var agent = await product.Agent("1029");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller(AudioCodec.G722);
        var call = caller.Dial(Numbers.AcmeMenu);
        await call.Answered();
        await Heard.Sound(call.Ear);
        await call.Press('1');
        var rung = await agent.Rings();
        Assert.Contains(" RTP/AVP 9 0 8 101\r\n", Encoding.UTF8.GetString(rung.Incoming.Body.Span), StringComparison.Ordinal); // the agent's phone may take what the caller speaks, but need not
        await rung.Answer();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        foreach (var (ear, hz) in new[] { (rung.Ear, 440.0), (call.Ear, 1000.0) })
        {
            await Heard.Begins(ear, hz, within: 5);
            ear.Forget(); // the first of its kind in this process: gaps are judged from here on
            await Heard.Tone(ear, hz);
        }
        await call.HangUp();
        await rung.Ended();
    }

    /// <summary>The last two seconds, at whatever rate the phone's codec has.</summary>
    static void Hears(Baresip phone, double hz)
    {
        var sound = phone.HeardSound();
        var samples = sound.Channel(0);
        Assert.InRange(Tone.MedianSnr(samples.AsSpan(Math.Max(0, samples.Length - 2 * sound.Rate)), hz, sound.Rate), 20, double.PositiveInfinity);
    }
}
