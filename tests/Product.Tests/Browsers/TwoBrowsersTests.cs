using CallCenter.Kit.Browsers;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>A caller in one browser and an agent in another.</summary>
[Trait("Speed", "Long")]
public sealed class TwoBrowsersTests(LanProductFixture product, ChromiumFixture chromium, FirefoxFixture firefox) : IClassFixture<LanProductFixture>, IClassFixture<ChromiumFixture>, IClassFixture<FirefoxFixture>
{
    [Fact]
    public async Task They_hear_each_other_for_a_minute_and_nothing_is_lost()
    {
        await product.Acme.Put("extensions/1001", new { srtp = "dtls" });
        await using var agents = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        await using var callers = product.Caller();
        var (caller, agent) = (await WebPhone.Open(chromium.Browser), await WebPhone.Open(firefox.Browser));
        var call = await caller.Dial(callers, Numbers.AcmeSales, "PCMU");
        await agent.Take(await agents.Rings(TimeSpan.FromSeconds(10)));
        await caller.Say(440);
        await agent.Say(1000);
        await Pause.For(60);
        Assert.InRange(await agent.Hears(440), 15, double.PositiveInfinity);
        Assert.InRange(await caller.Hears(1000), 15, double.PositiveInfinity);
        foreach (var phone in new[] { caller, agent })
        {
            var figures = await phone.Figures();
            Assert.InRange(figures.Received, 2000, long.MaxValue); // a browser on a busy machine leaves some out
            Assert.Equal((0, 0), (figures.Lost, figures.LostThere));
        }
        await call.HangUp();
    }
}
