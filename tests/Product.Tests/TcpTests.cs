using CallCenter.Kit.Media;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>SIP over TCP: a phone that registered over a connection is called along it, and a caller may come by one.</summary>
[Trait("Judges", "Voices")]
public sealed class TcpTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Two_softphones_over_TCP_talk_to_each_other()
    {
        await using var agent = await Baresip.Extension(product.Product.AgentSip, "1007", "acme.localhost", sayHz: 1000, answers: true, tcp: true);
        await product.AgentsFree("sales", 1);
        await using var caller = await Baresip.Caller("13900000077", sayHz: 440);
        await caller.Dial($"sip:{Numbers.AcmeSales}@{product.Product.Sip};transport=tcp");
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(4);
        await caller.HangUp();
        await agent.Sees("CALL_CLOSED");

        var record = await product.Acme.Record("13900000077");
        Assert.Equal("caller hangUp nobody", record.Ended);
        Assert.InRange(Tone.MedianSnr(agent.Heard()[^(2 * Tone.Rate)..], 440), 20, double.PositiveInfinity);
        Assert.InRange(Tone.MedianSnr(caller.Heard()[^(2 * Tone.Rate)..], 1000), 20, double.PositiveInfinity);
    }

    [Fact]
    public async Task An_agent_on_TCP_hangs_up_and_the_caller_on_UDP_hears_it()
    {
        await using var agent = await Baresip.Extension(product.Product.AgentSip, "1009", "acme.localhost", sayHz: 1000, answers: true, tcp: true);
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await agent.Sees("CALL_ESTABLISHED");
        await Pause.For(1);
        await agent.HangUp();
        Assert.Equal(CallEnd.There, await call.Ended());
        var (record, _) = await product.Told(caller);
        Assert.Equal("agent hangUp nobody", record.Ended);
    }
}
