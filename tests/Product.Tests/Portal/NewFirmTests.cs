using CallCenter.Kit.Browsers;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A new firm from nothing, by the pages alone.</summary>
[Trait("Judges", "NoTime")]
public sealed class NewFirmTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    const string Admin = "a long password", Number = "4008003001", Colour = "#0a5c36";

    [Fact]
    public async Task A_firm_is_made_from_nothing_gets_a_face_and_people_and_serves_its_first_call()
    {
        await TheOperatorMakesTheFirm();
        await using (var page = await Open("initech.localhost", "/branding"))
        {
            await page.Shows("Initech");
            await page.SignIn("admin", Admin);
            await page.Fill("Main colour", "#ffee00");
            await page.Shows("not everybody can read it");
            await page.Fill("Main colour", Colour);
            await page.Fill("Display name", "Initech Care");
            await page.Fill("Top bar", "#123456");
            await page.Fill("Text on the top bar", "#ffffff");
            await page.Click("Save");
            await page.Shows("everybody sees it");
            await Upload(page);
            await page.Tab.Run("until('the logo in the bar', () => document.querySelector('.shell > .bar img.mark')?.naturalWidth === 120).then(() => 1)");
            Assert.Equal("", string.Join("\n", await page.Faults()));
            Assert.Empty(await page.Violations());
            await page.Click("Access numbers");
            await page.Shows(Number);
        }
        await TheDoorShowsTheFace();
        await using var day = new FirstDay(product, path => Open("initech.localhost", path), "initech.localhost", Number);
        await day.TheAdminSetsItUp(Admin);
        await day.TheFirstCallIsServedAndHeardByTheLeader();
    }

    async Task TheOperatorMakesTheFirm()
    {
        await using var page = await Open("localhost", "/");
        await page.SignIn("operator");
        await page.Row("Acme", "acme", "acme.localhost");
        await page.Click("New client firm");
        await page.Fill("Id", "initech");
        await page.Fill("Name", "Initech");
        await page.Fill("Main domain", "initech.localhost");
        await page.Fill("Admin's password", Admin);
        await page.Click("Save");
        await page.Row("Initech", "initech", "initech.localhost", "10", "No limit", "Active");
        await page.Click("Stock of numbers");
        await page.Row("4008001001", "Acme");
        await page.Click("Add a number");
        await page.Fill("Number", Number);
        await page.Fill("Client firm", "initech");
        await page.Tab.Run("until('the choice', () => document.querySelector('.ant-select-item-option-active')?.innerText.includes('Initech')).then(() => 1)");
        await page.Tab.Press("Enter");
        await page.Click("Save");
        await page.Row(Number, "Initech", "Leads nowhere");
        Assert.Empty(await page.Violations());
    }

    /// <summary>Before anybody signs in, and with nothing of an other firm.</summary>
    async Task TheDoorShowsTheFace()
    {
        await using var door = await Open("initech.localhost", "/");
        await door.Shows("Initech Care");
        var shown = (await door.Tab.Run("until('the logo', () => document.querySelector('.door img.mark')?.naturalWidth === 120).then(() => ({ title: document.title, button: getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor, icon: document.querySelector('link[rel=icon]').getAttribute('href') }))"));
        Assert.Equal(("Initech Care", "rgb(10, 92, 54)", "data:,"), (shown.GetProperty("title").GetString(), shown.GetProperty("button").GetString(), shown.GetProperty("icon").GetString()));
        Assert.Empty(await door.Violations());
        await using var other = await Open("globex.localhost", "/");
        await other.Shows("Globex");
        Assert.Equal("rgb(18, 87, 192)", (await other.Tab.Run("getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor")).GetString());
    }

    [Fact]
    public async Task A_drained_edge_takes_no_call_until_it_is_told_to_again()
    {
        using var oper = await product.Product.SignIn(null, "operator");
        var edge = (await oper.Get("operator/edges")).GetProperty("items")[0];
        Assert.True(edge.GetProperty("alive").GetBoolean());
        var id = edge.GetProperty("id").GetString();
        Assert.Equal(System.Net.HttpStatusCode.NoContent, await oper.Status(HttpMethod.Post, $"operator/edges/{id}/drain", new { draining = true }));
        Assert.True((await oper.Get("operator/edges")).GetProperty("items")[0].GetProperty("draining").GetBoolean());
        await using (var refused = product.Caller()) Assert.Equal(503, (await refused.Dial(Numbers.AcmeSales).Final).Status);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, await oper.Status(HttpMethod.Post, $"operator/edges/{id}/drain", new { draining = false }));
        await using var taken = product.Caller();
        var call = taken.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await oper.Status(HttpMethod.Post, "operator/edges/edge-none/drain", new { draining = true }));
    }

    [Fact]
    public async Task A_suspended_firms_number_is_unknown_until_it_is_resumed()
    {
        using var oper = await product.Product.SignIn(null, "operator");
        await oper.Put("operator/tenants/globex", new { suspended = true });
        await using (var refused = product.Caller()) Assert.Equal(404, (await refused.Dial(Numbers.GlobexMenu).Final).Status);
        await oper.Put("operator/tenants/globex", new { suspended = false });
        await using var taken = product.Caller();
        var call = taken.Dial(Numbers.GlobexMenu);
        await call.Answered();
        await call.HangUp();
    }

    /// <summary>As if the picture had been chosen from a folder.</summary>
    static Task Upload(PortalPage page) => page.Tab.Run("""
        new Promise((made) => { const c = document.createElement('canvas'); c.width = 120; c.height = 40; const d = c.getContext('2d'); d.fillStyle = '#e8b23a'; d.fillRect(0, 0, 120, 40); c.toBlob(made, 'image/png'); })
          .then((blob) => { const files = new DataTransfer(); files.items.add(new File([blob], 'logo.png', { type: 'image/png' })); const input = document.querySelector('.pictures input[type=file]'); input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true })); return 1; })
        """);

    /// <summary>Nobody is signed in.</summary>
    async Task<PortalPage> Open(string host, string path)
    {
        await browser.Chromium.Forget();
        return await PortalPage.Open(browser.Chromium, product.Product, path, host: host);
    }
}
