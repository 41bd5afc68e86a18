using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>SRTP with keys by DTLS, with softphones that speak nothing else: with ICE and without.</summary>
public sealed class DtlsPhoneTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public Task A_caller_with_ICE_and_an_agent_without_talk_and_are_recorded() => Talks("1011", Secrecy.DtlsIce, Secrecy.Dtls);

    [Fact, Trait("Speed", "Long")]
    public Task A_caller_without_ICE_and_an_agent_with_it_talk_and_are_recorded() => Talks("1013", Secrecy.Dtls, Secrecy.DtlsIce);

    async Task Talks(string extension, Secrecy callers, Secrecy agents)
    {
        await product.Acme.Put($"extensions/{extension}", new { srtp = "dtls" });
        await using var agent = await Baresip.Extension(product.Product.AgentSip, extension, "acme.localhost", sayHz: 1000, answers: true, secrecy: agents);
        await product.AgentsFree("sales", 1);
        var number = $"1390000{extension}";
        await using var caller = await Baresip.Caller(number, sayHz: 440, secrecy: callers);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip}");
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(4);
        await caller.HangUp();
        await agent.Sees("CALL_CLOSED");

        var record = await product.Acme.Record(number);
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.InRange(Tone.MedianSnr(agent.Heard()[^(2 * Tone.Rate)..], 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(caller.Heard()[^(2 * Tone.Rate)..], 1000), 20, double.PositiveInfinity);
        var wav = Wav.Read(await product.Acme.Recording(Assert.Single(record.Recordings)));
        Assert.InRange(Tone.MedianSnr(wav.Channel(0), 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(wav.Channel(1), 1000), 20, double.PositiveInfinity);
    }
}
