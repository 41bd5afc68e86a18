using CallCenter.Kit.Browsers;

namespace CallCenter.Product.Tests.Portal;

/// <summary>Chromium for the portal's tests.</summary>
public class PortalBrowser : IAsyncLifetime
{
    Chromium? browser;

    /// <summary>Of somebody who wants no motion.</summary>
    protected virtual bool IsStill => false;

    public Chromium Chromium => browser ?? throw new InvalidOperationException("the browser was not started");

    public async ValueTask InitializeAsync() => browser = await Chromium.Start(IsStill);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
    }
}

/// <summary>For tests that walk through all there is, and need not wait until it has faded in.</summary>
public sealed class StillBrowser : PortalBrowser
{
    protected override bool IsStill => true;
}

/// <summary>The portal in a browser, against the running product.</summary>
public sealed class PortalTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    /// <summary>Bytes as they come over the wire: all that a first page needs, from the sign-in on.</summary>
    const int MostAtFirst = 500_000;

    /// <summary>ms from the address to a page that can be used, with nothing of it in the browser's cache.</summary>
    const double SoonOfUse = 2000;

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_supervisor_signs_in_and_the_board_moves_while_a_caller_waits()
    {
        await using var page = await Open();
        await page.Shows("Password");
        await page.Shows("Acme"); // whose host this is
        await page.SignIn("supervisor", "wrong");
        await page.Shows("Unknown user, or wrong password");
        await page.SignIn("supervisor");
        await page.Row("售前咨询", "0", "", "0", "0");

        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await page.Row("售前咨询", "1");
        await using var agent = await product.Agent("1011");
        var rung = await agent.Rings();
        await page.Shows("Alerting");
        await rung.Answer();
        await page.Row("售前咨询", "0", "", "0", "1");
        await page.Shows("Talking");
        await call.HangUp();
        await rung.Ended();
        await page.Row("售前咨询", "0", "", "1", "1");
        await page.Tab.Run("until('the course', () => document.querySelector('.course canvas')).then(() => 1)");
        Assert.Empty(await page.Violations());

        await product.Told(caller); // its record is there
        await page.Click("Calls");
        await page.Shows(caller.User);
        await page.Tab.Run("until('the call', () => [...document.querySelectorAll('tr')].find((r) => r.innerText.includes('" + caller.User + "'))).then((r) => r.querySelector('a').click())");
        await page.Shows("agentJoined");
        Assert.Empty(await page.Violations());
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task An_admin_changes_a_queue_and_is_told_what_is_wrong_with_another()
    {
        await using var page = await Open("/queues");
        await page.SignIn("admin");
        await page.Click("New queue");
        await page.Fill("Id", "portal-queue");
        await page.Fill("Name", "Made <b>here</b>");
        await page.Click("Save");
        await page.Row("Made <b>here</b>", "portal-queue", "15", "Yes", "0"); // shown as it was written, not as markup
        await page.Click("Access numbers");
        await page.Shows("4008001001");
        await page.Click("Queues");
        await page.Click("售前咨询");
        await page.Fill("Name", new string('x', 100));
        await page.Click("Cancel");
        await page.Row("售前咨询", "sales");
        Assert.Empty(await page.Violations());
        await product.Acme.Status(HttpMethod.Delete, "queues/portal-queue");
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task An_inspector_sees_calls_and_no_board()
    {
        await using var page = await Open("/board");
        await page.SignIn("qa");
        await page.Shows("There is no such page");
        await page.Click("Calls");
        await page.Shows("Calling or called number");
        Assert.DoesNotContain("Live board", (await page.Tab.Run("document.body.innerText")).GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", "acme.localhost")]
    [InlineData("supervisor", "acme.localhost")]
    [InlineData("qa", "acme.localhost")]
    [InlineData("agent1003", "acme.localhost")]
    [InlineData("operator", "localhost")]
    public async Task The_first_page_of_each_role_is_light_and_soon_of_use(string user, string host)
    {
        const string ready = "window.ready = new Promise((done) => { const look = () => document.querySelector('.shell main h1') && !document.querySelector('.ant-spin-spinning, .ant-skeleton') ? done(performance.now()) : requestAnimationFrame(look); requestAnimationFrame(look); });";
        await browser.Chromium.Forget();
        await using var page = await PortalPage.Open(browser.Chromium, product.Product, host: host, first: ready);
        await page.Enter(user);
        await page.Tab.ForgetFiles();
        await page.Tab.Reload();
        var ms = (await page.Tab.Run("window.ready")).GetDouble();
        var bytes = (await page.Tab.Run("performance.getEntriesByType('resource').filter((e) => e.name.includes('/assets/')).reduce((sum, e) => sum + e.encodedBodySize, 0)")).GetInt32();
        TestContext.Current.TestOutputHelper?.WriteLine($"{user}: {bytes / 1000.0:0} kB, of use after {ms:0} ms");
        Assert.InRange(bytes, 50_000, MostAtFirst);
        Bars.Within(ms, 0, SoonOfUse);
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task The_page_is_mounted_once_and_what_is_typed_while_it_loads_stays()
    {
        await browser.Chromium.Forget();
        const string watch = "window.mounted = new Set(); new MutationObserver(() => { const app = document.querySelector('.ant-app'); if (app) window.mounted.add(app); }).observe(document, { childList: true, subtree: true });";
        var tab = await browser.Chromium.OpenTab(new($"http://acme.localhost:{product.Product.HttpPort}/"), watch);
        await using var page = new PortalPage(tab);
        await tab.Run("new Promise((done) => { const look = () => document.querySelector('.ant-form') && performance.getEntriesByType('resource').some((e) => /zh_CN|en_GB/.test(e.name) && e.responseEnd > 0) ? setTimeout(done, 500) : setTimeout(look, 50); look(); }).then(() => 1)");
        Assert.Equal(1, (await tab.Run("mounted.size")).GetInt32());
    }

    /// <summary>Nobody is signed in.</summary>
    async Task<PortalPage> Open(string path = "/")
    {
        await browser.Chromium.Forget();
        return await PortalPage.Open(browser.Chromium, product.Product, path);
    }
}
