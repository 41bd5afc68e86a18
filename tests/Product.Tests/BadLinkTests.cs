using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>Packets get lost between phones and the edge.</summary>
public sealed class BadLinkTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Five_percent_loss_of_SIP_packets_loses_no_call()
    {
        const int calls = 40;
        await using var agents = Sipp.Start("uas_agent.xml", null, "-lost", "5", "-default_behaviors", "all,-bye");
        await Sipp.Register(product.Product.Sip, "acme.localhost", 1021, 40, agents.Port);
        await product.AgentsFree("all", 40);
        await using var callers = Sipp.Start("uac_call.xml", product.Product.Sip, "-s", Numbers.AcmeAll, "-m", $"{calls}", "-r", "8", "-d", "3000", "-lost", "5", "-recv_timeout", "40000");
        var result = await callers.Ends(TimeSpan.FromSeconds(90));
        Assert.Equal(calls, result.Successful);
        Assert.Equal(0, result.Failed);
    }

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
