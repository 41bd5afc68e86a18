using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Faults;

/// <summary>One phone loses a fifth of its packets.</summary>
public sealed class BadLineTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_phone_on_a_bad_line_still_talks()
    {
        await using var agent = new Phone(product.Product.Sip, "1001", "acme.localhost", lossPercent: 20, seed: 3);
        await agent.Register();
        await product.AgentsFree("sales", 1);
        await using var caller = new Phone(product.Product.Sip, "13811110001", null, lossPercent: 20, seed: 4);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered(20);
        var rung = await agent.Rings(TimeSpan.FromSeconds(10));
        await rung.Answer();
        call.Ear.SayTone(440);
        await Heard.Tone(rung.Ear, 440);
        await call.HangUp();
        await rung.Ended(20);
        Assert.Equal("caller hangUp nobody", (await product.Told(caller)).Record.Ended);
    }
}
