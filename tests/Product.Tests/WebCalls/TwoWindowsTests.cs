using CallCenter.Product.Tests.Conversations;
using CallCenter.Product.Tests.Portal;

namespace CallCenter.Product.Tests.WebCalls;

/// <summary>No telephone anywhere: a visitor's window and an agent's.</summary>
[Trait("Judges", "NoTime")]
public sealed class TwoWindowsTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>dB of a tone over all else, as heard.</summary>
    const double Pure = 15;

    /// <summary>What the visitor says, in Hz.</summary>
    const double Visitor = 440;

    [Fact]
    public async Task A_visitor_calls_and_an_agent_answers_both_by_browser()
    {
        await browser.Chromium.Forget();
        await using var desk = await DeskPhone.Open(browser.Chromium, product.Product, "agent1001", Ears.Agent);
        await using var visitor = await VisitorTab.Open(browser.Chromium, product.Product, Numbers.AcmeSales, "order=A-17&page=cart");
        await visitor.Click("Call");
        await desk.Page.Shows("Incoming call");
        foreach (var known in new[] { "A-17", "cart", "8001" }) await desk.Page.Shows(known); // what the page sent along, and the agent's staff number
        await Picture(desk, visitor, "rings");
        await desk.Page.Tab.PressAlt('A');
        await visitor.Shows("You are connected.");
        Assert.InRange(await visitor.Hears(Ears.Agent, Pure), Pure, double.PositiveInfinity);
        Assert.InRange(await desk.Ear.Hears(Visitor, Pure), Pure, double.PositiveInfinity);
        await Picture(desk, visitor, "talk");
        await desk.Page.Tab.PressAlt('X');
        await visitor.Shows("The call has ended.");
        await desk.Page.Shows("Available");
        Assert.Empty(await visitor.Violations());
        Assert.Empty(await desk.Page.Violations());
        await desk.Leave();
    }

    static async Task Picture(DeskPhone desk, VisitorTab visitor, string name)
    {
        await Album.Keep(desk.Page.Tab, $"{name}-agent", 1100, 720);
        await Album.Keep(visitor.Tab, $"{name}-visitor", 360, 720);
    }
}
