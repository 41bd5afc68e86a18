using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Faults;

/// <summary>Packets get lost between phones and the edge.</summary>
[Trait("Judges", "NoTime")]
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
}
