using CallCenter.Kit.Browsers;
using CallCenter.Kit.Ports;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A product with TLS: only so can a page of another origin be of one site with it, and show it in a frame with its cookies.</summary>
public sealed class SecureProduct : ProductFixture
{
    readonly Scratch folder = new("certificate");
    readonly int port = FreePorts.Take();

    public Uri Desk => new($"https://acme.localhost:{port}/desk");

    protected override string[] Settings
    {
        get
        {
            var (chain, key) = Certificates.For("acme.localhost");
            return [.. base.Settings, $"--Https:Port={port}", $"--Https:Certificate={folder.Write("certificate.pem", $"{chain}\n{key}")}"];
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        FreePorts.GiveBack(port);
        folder.Dispose();
    }
}

/// <summary>Pages of the firm's own, of other origins than the portal's, that show or open the desk.</summary>
[Trait("Judges", "NoTime")]
public sealed class CrmTests(SecureProduct product) : IClassFixture<SecureProduct>
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_page_hears_the_desk_in_its_frame_and_its_window_if_its_origin_is_named_and_nothing_if_it_is_not()
    {
        await using var browser = await Chromium.Start(more: "--ignore-certificate-errors");
        await using var crm = new CrmSite("crm.acme.localhost", product.Desk);
        await using var stranger = new CrmSite("elsewhere.acme.localhost", product.Desk);
        await product.Acme.Put("cti", new { origins = new[] { crm.Origin } });
        await using var phone = await product.Agent("1009");
        await using var portal = new PortalPage(await browser.OpenTab(product.Desk, PortalPage.Begin()));
        await portal.SignIn("agent1009");
        await portal.Shows("The telephone is registered");
        var (named, _) = await Open(browser, crm);
        var (other, others) = await Open(browser, stranger);
        await BothHear(named);

        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await phone.Rings();
        await others.Arrives("Incoming call"); // it was told, and had somebody to tell
        var id = await product.Acme.CallOf(caller.User);
        foreach (var way in new[] { "frame", "window" }) await Until(named, heard => heard.Contains($"{product.Desk.GetLeftPart(UriPartial.Authority)} {way} callcenter offer {id}"), $"the pop in the {way}");
        Assert.Empty(await Heard(other));
        await call.HangUp();
        await rung.Ended();
        await product.Acme.Put("cti", new { origins = Array.Empty<string>() });
    }

    /// <summary>Its page, and the window that this opens by its button, with a desk in it that is told of calls.</summary>
    static async Task<(ChromiumTab Page, PortalPage Window)> Open(Chromium browser, CrmSite site)
    {
        var page = await browser.OpenTab(new(site.Origin));
        await page.Run("document.querySelector('button').focus()");
        await page.Press("Enter");
        var window = (await ProductApi.Until(() => browser.OpenedBy(page), opened => opened is not null, "the window", patience))!;
        var desk = new PortalPage(window);
        await desk.Arrives("The telephone is registered");
        await ProductApi.Until(async () => (await window.Run("performance.getEntriesByType('resource').some((e) => e.name.endsWith('/api/v1/cti') && e.responseEnd > 0)")).GetBoolean(), knows => knows, "whom the desk may tell", patience);
        return (page, desk);
    }

    /// <summary>The agent goes to the browser and back to the phone until frame and window have told of it: then both stand.</summary>
    async Task BothHear(ChromiumTab named)
    {
        using var agent = await product.Product.SignIn(user: "agent1009");
        await ProductApi.Until(async () =>
        {
            foreach (var kind in new[] { "browser", "phone" }) await agent.Put("me/station", new { kind });
            return await Heard(named);
        }, heard => heard.Any(one => one.Contains(" frame ", StringComparison.Ordinal)) && heard.Any(one => one.Contains(" window ", StringComparison.Ordinal)), "both desks of the named page", patience);
    }

    static Task Until(ChromiumTab page, Func<string[], bool> right, string what) => ProductApi.Until(() => Heard(page), right, what, patience);

    static async Task<string[]> Heard(ChromiumTab page) => [.. (await page.Run("heard")).EnumerateArray().Select(one => one.GetString()!)];
}
