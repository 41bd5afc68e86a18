using CallCenter.Kit.Browsers;

namespace CallCenter.Product.Tests.Browsers;

[Trait("Judges", "Voices")]
public sealed class ChromiumTests(ProductFixture product, ChromiumFixture chromium) : BrowserCalls(product, chromium.Browser), IClassFixture<ProductFixture>, IClassFixture<ChromiumFixture>
{
    readonly IBrowser browser = chromium.Browser;

    /// <summary>Without the product between them: what the instrument itself does to sound.</summary>
    [Fact]
    public async Task Two_pages_hear_each_other()
    {
        var (one, other) = (await WebPhone.Open(browser), await WebPhone.Open(browser));
        await one.Accept(await other.Answer(await one.Offer(Plain)));
        await one.Connects();
        await other.Connects();
        await one.Say(440);
        await other.Say(1000);
        Assert.InRange(await other.Hears(440, Pure), Pure, double.PositiveInfinity);
        Assert.InRange(await one.Hears(1000, Pure), Pure, double.PositiveInfinity);
        var figures = await one.Figures();
        Assert.Equal((0, 0, "audio/PCMU"), (figures.Lost, figures.LostThere, figures.Codec));
        await one.HangUp();
        await one.Close();
        await other.Close();
    }
}
