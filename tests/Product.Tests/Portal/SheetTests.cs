namespace CallCenter.Product.Tests.Portal;

/// <summary>What is typed, and what was read, when the two do not come in the order that one expects.</summary>
[Trait("Judges", "NoTime")]
public sealed class SheetTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>Readings whose address has this in it wait until they are let in.</summary>
    static string HoldsReadings(string of) => $$"""
        window.letIn = null, window.readAgain = null, ((plain) => {
          window.fetch = (what, how) => (how?.method ?? 'GET') === 'GET' && String(what.url ?? what).includes('{{of}}')
            ? (window.readAgain = new Promise((go) => { window.letIn = go; }).then(() => plain(what, how)))
            : plain(what, how);
        })(window.fetch), 1
        """;

    const string LetsThemIn = "until('the reading', () => window.letIn).then(() => { window.letIn(); return window.readAgain; }).then(() => new Promise((drawn) => setTimeout(drawn, 100))).then(() => 1)";

    /// <summary>Once it is saved a page reads again what is in force, and on a slow line that takes a while.</summary>
    [Fact]
    public async Task What_is_typed_while_a_saved_page_reads_again_stays()
    {
        await using var page = await Open("/access-policy");
        await page.Click("Sees numbers in full · Trainer");
        await page.Tab.Run(HoldsReadings("access-policy"));
        await page.Click("Save");
        await page.Shows("Saved");
        await page.Tab.Run("until('the addresses', () => document.querySelector('[aria-label=\"Allowed addresses (CIDR) · Planner\"]')).then((e) => { (e.matches('input') ? e : e.querySelector('input')).focus(); })");
        await page.Tab.Type("nowhere");
        await page.Tab.Press("Enter");
        await page.Tab.Run(LetsThemIn);
        await page.Click("Save");
        await page.Shows("Planner allowedFrom[0]");
    }

    [Fact]
    public async Task A_form_that_is_opened_again_begins_with_what_is_in_force_and_not_with_what_was()
    {
        await product.Acme.Put("hours/again", Hours("Summer office"));
        await using var page = await Open("/hours");
        await page.Click("Summer office");
        await Says(page, "Summer office");
        await page.CloseForm();
        await product.Acme.Put("hours/again", Hours("Winter office")); // another admin
        await page.Click("Summer office"); // the list is older
        await Says(page, "Winter office");
    }

    /// <summary>What cannot be done now is not done later, when nobody expects it any more.</summary>
    [Fact]
    public async Task What_is_pressed_while_the_network_is_away_is_tried_at_once()
    {
        await using var page = await Open("/access-policy");
        await page.Tab.Run("(window.dispatchEvent(new Event('offline')), 1)"); // as far as the page knows
        await page.Click("Sees numbers in full · Planner");
        await page.Click("Save");
        await page.Shows("Saved");
    }

    /// <summary>Who works by keys does not wait for a list.</summary>
    [Fact]
    public async Task Enter_before_a_search_has_answered_takes_the_first_that_it_finds()
    {
        await using var page = await Open("/agents");
        await page.Click("New agent");
        await page.Tab.Run("until('the field', () => field('User')).then((e) => { e.focus(); })");
        await page.Tab.Press("ArrowDown");
        await page.Tab.Run("until('the list', () => document.querySelector('.ant-select-item-option')).then(() => 1)");
        await page.Tab.Run(HoldsReadings("search="));
        await page.Tab.Type("agent1009");
        await page.Tab.Press("Enter");
        await page.Tab.Run(LetsThemIn);
        await page.Tab.Run("until('the choice', () => field('User').closest('.ant-select').innerText.includes('agent1009')).then(() => 1)");
        await page.Tab.Run("until('the list to go', () => !document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')).then(() => 1)");
        await page.Shows("New agent"); // the form was not sent
    }

    static object Hours(string name) => new { name, week = new[] { new { day = "monday", from = "09:00", to = "18:00" } }, exceptions = Array.Empty<object>() };

    static Task Says(PortalPage page, string name) => page.Tab.Run($"until('{name}', () => [...document.querySelectorAll('.ant-modal form input')].some((e) => e.value === '{name}')).then(() => 1)");

    async Task<PortalPage> Open(string path)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path);
        await page.Enter("admin");
        return page;
    }
}
