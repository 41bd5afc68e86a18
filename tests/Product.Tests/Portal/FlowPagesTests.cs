using CallCenter.Kit.Media;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The pages of what a caller hears: flows, prompts, opening hours.</summary>
[Trait("Judges", "NoTime")]
public sealed class FlowPagesTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    [Fact]
    public async Task An_admin_makes_a_flow_is_told_at_the_step_what_is_wrong_and_publishes_it()
    {
        await using var page = await Open("/flows");
        await page.SignIn("admin");
        await page.Click("New flow");
        await page.Fill("Id", "lesson");
        await page.Fill("Name", "Lesson");
        await page.Choose("Callers are put into", "售前咨询");
        await page.Click("Save");
        await page.Shows("In force: version 1");
        await page.Click("Menu menu");
        await page.Click("Add a key");
        await page.Shows("Draft with changes that are not published");
        await page.Click("Add a prompt What is played");
        await page.Click("Publish");
        await page.Shows("menu · prompts[1].id: must have 1–64 characters");
        await page.Click("Remove What is played 2");
        await page.Click("Publish");
        await page.Shows("In force: version 2");
        var menu = (await product.Acme.Get("flows/lesson")).GetProperty("definition").GetProperty("nodes").GetProperty("menu");
        Assert.Equal(["1", "9", "2"], menu.GetProperty("branches").EnumerateArray().Select(branch => branch.GetProperty("key").GetString()));
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task An_admin_uploads_a_prompt_hears_it_and_cannot_remove_it_while_a_queue_has_it_for_music()
    {
        await using var page = await Open("/prompts");
        await page.SignIn("admin");
        await page.Click("Upload a file");
        await page.Fill("Id", "page-tune");
        await page.Fill("Name", "Tune of the page");
        await Attach(page, "WAV file", "no sound"u8.ToArray());
        await page.Click("Save");
        await page.Shows("is not a WAV file");
        await Attach(page, "WAV file", new Wav(Tone.Rate, 1, Tone.Make(440, TimeSpan.FromSeconds(2))).ToBytes());
        await page.Click("Save");
        await page.Row("Tune of the page", "page-tune", "File", "0:02", "Not used");
        Assert.InRange((await page.Tab.Run("(async () => { const a = document.querySelector('audio'); a.preload = 'auto'; a.load(); await until('the sound', () => a.readyState > 0); return a.duration; })()")).GetDouble(), 1.9, 2.1);
        await product.Acme.Put("queues/support", new { music = "page-tune" });
        await page.Click("Remove Tune of the page");
        await page.Tab.Run("until('the question', () => document.querySelector('.ant-popconfirm-buttons .ant-btn-primary')).then((e) => { e.click(); })");
        await page.Shows("In use by the queue support");
        await product.Acme.Put("queues/support", new { music = "music" });
        Assert.Empty(await page.Violations());
    }

    [Fact]
    public async Task An_admin_sets_opening_hours_with_a_holiday()
    {
        await using var page = await Open("/hours");
        await page.SignIn("admin");
        await page.Click("New opening hours");
        await page.Fill("Id", "page-office");
        await page.Fill("Name", "Office");
        await page.Click("Add time Saturday");
        await page.Click("Save");
        await page.Row("Office", "page-office", "The firm's");
        var week = (await product.Acme.Get("hours/page-office")).GetProperty("week").EnumerateArray().Select(time => $"{time.GetProperty("day").GetString()} {time.GetProperty("from").GetString()}–{time.GetProperty("to").GetString()}").ToArray();
        Assert.Equal(6, week.Length);
        Assert.Equal("saturday 09:00–18:00", week[5]);
        Assert.Empty(await page.Violations());
    }

    static Task Attach(PortalPage page, string label, byte[] file) => page.Tab.Run(
        $"until('{label}', () => field('{label}')).then((e) => {{ const t = new DataTransfer(); t.items.add(new File([Uint8Array.from(atob('{Convert.ToBase64String(file)}'), (c) => c.charCodeAt(0))], 'a.wav', {{ type: 'audio/wav' }})); e.files = t.files; e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})");

    /// <summary>Nobody is signed in.</summary>
    async Task<PortalPage> Open(string path)
    {
        await browser.Chromium.Forget();
        return await PortalPage.Open(browser.Chromium, product.Product, path);
    }
}
