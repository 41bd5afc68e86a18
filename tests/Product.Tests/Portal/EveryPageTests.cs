using System.Net.Http.Headers;
using CallCenter.Kit.Media;

namespace CallCenter.Product.Tests.Portal;

/// <summary>Every page to which a menu leads, of every role that has pages of its own: a new page is looked at without being named here.</summary>
[Trait("Judges", "NoTime")]
public sealed class EveryPageTests(ProductFixture product, StillBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<StillBrowser>
{
    const int Wide = 1280, Narrow = 360, High = 800;

    static readonly (string User, string Host)[] people = [("admin", "acme.localhost"), ("operator", "localhost"), ("agent1001", "acme.localhost")];

    /// <summary>Where no menu leads.</summary>
    static readonly string[] besides = ["/flows?flow=menu", "/account", "/nowhere"];

    [Theory, Trait("Speed", "Long")]
    [InlineData("en")]
    public Task No_page_has_a_serious_fault_in_the_other_language_either(string language) => No_page_and_no_form_has_a_serious_fault_or_breaks_the_policy_or_is_too_wide(language);

    [Theory]
    [InlineData("zh")]
    public async Task No_page_and_no_form_has_a_serious_fault_or_breaks_the_policy_or_is_too_wide(string language)
    {
        await Furnish();
        var (seen, faults) = (new HashSet<string>(), new List<string>());
        foreach (var (user, host) in people)
        {
            await browser.Chromium.Forget();
            await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/", language, host: host);
            await page.Tab.Resize(Wide, High);
            await Look(page, "sign-in", faults);
            await page.Enter(user);
            foreach (var path in (await page.Menu()).Concat(besides).Where(seen.Add).ToList()) await Look(page, path, faults);
            Assert.Empty(await page.Violations());
        }
        Assert.Equal("", string.Join("\n", faults));
        Assert.True(seen.Count > 20, $"only {seen.Count} pages were found");
    }

    /// <summary>In both themes, with its form if it has one, and on a phone.</summary>
    static async Task Look(PortalPage page, string path, List<string> faults)
    {
        if (path != "sign-in") await page.Go(path);
        await Note(page, path, await page.Faults(), faults);
        await page.ToggleTheme();
        await Note(page, path + " dark", await page.Faults(colours: true), faults);
        if (path != "sign-in" && await page.OpenForm()) await Note(page, path + " form dark", await page.Faults(), faults);
        await page.CloseForm();
        await page.ToggleTheme();
        await page.Tab.Resize(Narrow, High);
        var width = (await page.Tab.Run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.documentElement.scrollWidth))))")).GetInt32();
        await Note(page, path + " narrow", width <= Narrow ? [] : [$"it is {width} wide where there is room for {Narrow}"], faults);
        await page.Tab.Resize(Wide, High);
    }

    static async Task Note(PortalPage page, string name, string[] found, List<string> faults)
    {
        await Album.Keep(page.Tab, name.Trim('/').Replace('/', '-').Replace('?', '-'));
        faults.AddRange(found.Select(fault => $"{name}: {fault}"));
    }

    /// <summary>So that lists which begin empty have a row to look at.</summary>
    async Task Furnish()
    {
        using var sound = new ByteArrayContent(new Wav(Tone.Rate, 1, Tone.Make(440, TimeSpan.FromSeconds(2))).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var sent = await product.Acme.Http.PutAsync(new Uri("api/v1/prompts/seen/audio?name=国庆放假通知", UriKind.Relative), sound, TestContext.Current.CancellationToken);
        await product.Acme.Put("hours/seen", new { name = "客服中心", week = new[] { new { day = "monday", from = "09:00", to = "18:00" } }, exceptions = new[] { new { date = "2026-10-01", name = "国庆节", open = Array.Empty<object>() } } });
    }
}
