namespace CallCenter.Product.Tests.Portal;

/// <summary>Without a mouse: every form that a menu leads to can be opened, walked through and left, and a set of them filled in and saved.</summary>
[Trait("Judges", "NoTime")]
public sealed class KeyboardTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    [Theory]
    [InlineData("admin", "acme.localhost", 8)]
    [InlineData("operator", "localhost", 3)]
    public async Task Every_form_is_opened_walked_through_and_left_by_keys_and_the_focus_comes_back(string user, string host, int atLeast)
    {
        await using var page = await Open("/", user, host);
        var forms = 0;
        foreach (var path in await page.Menu())
        {
            await page.Go(path);
            if (!(await page.Tab.Run(PortalPage.FindAdder)).GetBoolean()) continue;
            forms++;
            var keys = new Keyboard(page);
            await page.Tab.Run("document.getElementById('content').focus()"); // where "skip to content" leads
            await keys.Press((await page.Tab.Run("nameOf(window.adder)")).GetString()!);
            await page.Tab.Run("until('the form with the focus in it', () => document.activeElement.matches('.ant-modal form *')).then(() => 1)");
            var fields = (await page.Tab.Run("[...document.querySelectorAll('.ant-modal form :is(input, textarea, button):not(:disabled)')].filter((e) => e.offsetParent !== null && e.type !== 'radio' && e.tabIndex >= 0).map((e) => `${nameOf(e)}#${e.id}`)")).EnumerateArray().Select(one => one.GetString()!).ToList();
            var missed = await keys.Misses(fields);
            Assert.True(missed.Count == 0, $"{path}: {string.Join(", ", missed)} is not reached by Tab");
            await page.CloseForm();
            Assert.True((await page.Tab.Run("until('the focus', () => document.activeElement === window.adder).then(() => true)")).GetBoolean(), path);
        }
        Assert.True(forms >= atLeast, $"only {forms} forms were found");
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task A_firm_is_set_up_by_keys_alone()
    {
        await using var page = await Open("/users", "admin", "acme.localhost");
        var keys = new Keyboard(page);
        await Saved(page, "/users", "New user", async () =>
        {
            await keys.Say("User name", "aaron");
            await keys.Say("Name", "Kay");
            await keys.Choose("Role", "Team leader");
            await keys.Say("Password", "by the keyboard");
        }, "aaron"); // stands first
        await Saved(page, "/queues", "New queue", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Name", "Keys");
            await keys.Switch("Recording");
        }, "Keys");
        await Saved(page, "/agents", "New agent", async () =>
        {
            await keys.Say("Id", "kay");
            await keys.Say("Name", "Kay");
            await keys.Choose("User", "aaron", "aaron");
            await keys.Say("Extension", "7001");
            await keys.Choose("Queues", "Keys", "Keys");
            await page.Tab.Press("Escape"); // the list of queues, not the form
        }, "it is shown this once");
        await keys.Press("Done");
        await TheRestOfTheDialogs(page, keys);
        await WithoutDialogs(page, keys);
        Assert.Empty(await page.Violations());
    }

    /// <summary>Hours, prompt, key, domain.</summary>
    static async Task TheRestOfTheDialogs(PortalPage page, Keyboard keys)
    {
        await Saved(page, "/hours", "New opening hours", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Name", "Keys' hours");
            await keys.Press("Add time Saturday");
        }, "Keys' hours");
        await Saved(page, "/prompts", "Speak a text", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Name", "Keys' prompt");
            await keys.Choose("Language", "English");
            await keys.Say("Text", "Good morning");
        }, "Keys' prompt");
        await Saved(page, "/api-keys", "New key", () => keys.Say("Name", "Keyboard"), "it is shown this once");
        await keys.Press("I have kept it");
        await Saved(page, "/domains", "Add a domain", () => keys.Say("Host name", "keys.example.com"), "keys.example.com");
    }

    /// <summary>Flow step, number, policy, branding.</summary>
    static async Task WithoutDialogs(PortalPage page, Keyboard keys)
    {
        await Saved(page, "/flows", "New flow", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Name", "Keys' flow");
            await keys.Choose("Callers are put into", "Keys");
        }, "In force: version 1");
        await keys.Press("Menu menu");
        await keys.Say("Times it is asked", "4");
        await page.Shows("Draft with changes");
        await Start(page);
        await keys.Press("Publish");
        await page.Shows("In force: version 2");

        await page.Go("/numbers");
        await keys.Choose($"Choose a flow {Numbers.AcmeAll}", "Keys' flow");
        await page.Shows("Saved");
        await page.Go("/access-policy");
        await keys.Switch("One session only · Planner");
        await keys.Press("Save");
        await page.Shows("Saved");
        await page.Go("/branding");
        await keys.Say("Display name", "Acme by keys");
        await page.Tab.Press("Enter");
        await page.Shows("everybody sees it");
    }

    [Fact]
    public async Task The_operator_makes_a_firm_and_a_trunk_by_keys_alone()
    {
        await using var page = await Open("/tenants", "operator", "localhost");
        var keys = new Keyboard(page);
        await Saved(page, "/tenants", "New client firm", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Name", "Keys and Co");
            await keys.Say("Main domain", "keys.localhost");
            await keys.Say("Admin's password", "by the keyboard");
        }, "Keys and Co");
        await Saved(page, "/trunks", "New trunk", async () =>
        {
            await keys.Say("Id", "keys");
            await keys.Say("Far end", "127.0.0.9:5060");
            await keys.Choose("Numbers are written", "E.164 (+86…)");
        }, "127.0.0.9:5060");
        await Saved(page, "/stock", "Add a number", async () =>
        {
            await keys.Say("Number", "4008009001");
            await keys.Choose("Client firm", "Keys and Co", "keys");
        }, "4008009001");
        Assert.Empty(await page.Violations());
    }

    static async Task Saved(PortalPage page, string path, string button, Func<Task> fill, string shows)
    {
        await page.Go(path);
        await Start(page);
        var keys = new Keyboard(page);
        await keys.Press(button);
        await page.Tab.Run("until('the form with the focus in it', () => document.activeElement.matches('.ant-modal form *')).then(() => 1)");
        await fill();
        await keys.Press("Save");
        await page.Shows(shows);
    }

    /// <summary>Where "skip to content" leads.</summary>
    static Task Start(PortalPage page) => page.Tab.Run("document.getElementById('content').focus()");

    async Task<PortalPage> Open(string path, string user, string host)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, path, host: host);
        await page.Enter(user);
        return page;
    }
}
