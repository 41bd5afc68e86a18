using System.Net;
using CallCenter.Kit.Media;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

/// <summary>Who is no party of a call, and sends to its ports all the same.</summary>
[Trait("Judges", "NoTime")]
public sealed class StrangerTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task RTP_and_RTCP_of_strangers_are_neither_heard_nor_recorded_nor_answered()
    {
        await using var agent = await product.Agent("1041");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        using var early = new Stranger("127.0.0.2"); // before the agent has said a word
        early.Flood([call.Remote!, SdpPort(rung)], perSecond: 200);
        await rung.Answer();
        using var late = new Stranger("127.0.0.3");
        late.Flood([call.Remote!, SdpPort(rung)], perSecond: 200);
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        foreach (var (ear, hz) in new[] { (rung.Ear, 440.0), (call.Ear, 1000.0) })
        {
            await Heard.Begins(ear, hz, within: 5);
            ear.Forget();
            Assert.DoesNotContain(await Heard.Purely(ear, hz, seconds: 3), p => p.IsAudio && Tone.Snr(p.Samples(), 2000) > 0);
        }
        await ProductApi.Until(() => Task.FromResult(early.Sent + late.Sent), sent => sent >= 1000, "packets of strangers", TimeSpan.FromSeconds(60)); // they wait for their turns, too
        Assert.Equal((0, 0), (early.Heard, late.Heard));
        await call.HangUp();
        Assert.Equal(Kit.Phones.CallEnd.There, await rung.Ended());
        var (record, _) = await product.Told(caller);
        Assert.Equal("caller hangUp nobody", record.Ended);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        foreach (var side in new[] { 0, 1 })
            Assert.InRange(Tone.Power(wav.Channel(side), 2000), 0, 10); // not a packet of theirs: one of a hundred would be 60 times that
    }

    static IPEndPoint SdpPort(Kit.Phones.PhoneCall rung) => Kit.Phones.SdpText.Remote(System.Text.Encoding.UTF8.GetString(rung.Incoming.Body.Span))!;
}
