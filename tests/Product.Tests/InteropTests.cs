using System.Text;
using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>SRTP with others' implementations: rtpengine is the secured peer of the product, and a plain phone of ours is behind it.</summary>
[Trait("Judges", "NoTime")]
public sealed class InteropTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "1031")]
    [InlineData("AES_CM_128_HMAC_SHA1_32", "1033")]
    [InlineData("AEAD_AES_128_GCM", "1035")]
    public async Task A_caller_behind_rtpengine_talks_secured_by_each_suite(string suite, string extension)
    {
        await using var engine = await Rtpengine.Start();
        await using var agent = await product.Agent(extension);
        await product.AgentsFree("sales", 1);
        await using var caller = new Phone(product.Product.Sip, $"1370000{extension}", null) { Way = engine.Secured(suite) };
        var call = caller.Dial(Numbers.AcmeSales);
        await Talk(call, await agent.Rings(TimeSpan.FromSeconds(10)), caller);
        Assert.Contains(caller.Seen, m => Encoding.UTF8.GetString(m.Body.Span).Contains($" {suite} inline:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "1037")]
    [InlineData("AEAD_AES_128_GCM", "1039")]
    public async Task An_agent_behind_rtpengine_is_called_secured(string suite, string extension)
    {
        await product.Acme.Put($"extensions/{extension}", new { srtp = "required" });
        await using var engine = await Rtpengine.Start();
        await using var agent = new Phone(product.Product.AgentSip, extension, "acme.localhost") { Way = engine.Secured(suite) };
        await agent.Register();
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        var rung = await agent.Rings(TimeSpan.FromSeconds(10));
        Assert.Contains("RTP/SAVP ", Encoding.UTF8.GetString(rung.Incoming.Body.Span), StringComparison.Ordinal);
        await Talk(call, rung, caller);
    }

    async Task Talk(PhoneCall call, PhoneCall rung, Phone caller)
    {
        await rung.Answer();
        await call.Answered();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        foreach (var (ear, hz) in new[] { (rung.Ear, 440.0), (call.Ear, 1000.0) })
        {
            await Heard.Begins(ear, hz, within: 5);
            ear.Forget();
            await Heard.Purely(ear, hz);
        }
        await call.HangUp();
        await rung.Ended();
        var (record, _) = await product.Told(caller);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0)[^Tone.Rate..], 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1)[^Tone.Rate..], 1000), 20, double.PositiveInfinity);
    }
}
