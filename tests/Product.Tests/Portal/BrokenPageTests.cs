namespace CallCenter.Product.Tests.Portal;

/// <summary>A fault while a page is drawn takes that page alone, says so, and leaves the menu.</summary>
[Trait("Judges", "NoTime")]
public sealed class BrokenPageTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>An answer that no page can draw.</summary>
    const string Nonsense = """
        const real = window.fetch;
        window.fetch = (what, how) => String(what?.url ?? what).includes("/api/v1/queues") ? Promise.resolve(Response.json({ items: [{ id: "a", name: {} }] })) : real(what, how);
        """;

    [Fact]
    public async Task A_page_that_cannot_be_drawn_says_so_and_others_can_be_opened()
    {
        await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/queues", first: Nonsense);
        await page.SignIn("admin");
        await page.Shows("This page went wrong");
        await page.Shows("Load again");
        await page.Click("Opening hours");
        await page.Tab.Run("until('the next page', () => document.querySelector('main h1')).then(() => 1)");
        Assert.False((await page.Tab.Run("document.body.innerText.includes('This page went wrong')")).GetBoolean());
        Assert.NotEmpty(await page.WentWrong());
    }
}
