using CallCenter.Kit.Pictures;

namespace CallCenter.Product.Tests.Portal;

/// <summary>A product with few people, so that a list fits into the window.</summary>
public sealed class SmallProduct : ProductFixture
{
    protected override string[] Settings => ["--Demo:Agents=6"];
}

/// <summary>
/// Ten pages in both languages and themes look as they did. <c>UPDATE_PICTURES=1</c> writes what is kept anew; where a page differs, the picture of now and one with
/// the differences in red stand in TestResults/pictures.
/// </summary>
[Trait("Judges", "NoTime")]
public sealed class PictureTests(SmallProduct product, PortalBrowser browser) : IClassFixture<SmallProduct>, IClassFixture<PortalBrowser>
{
    const int Wide = 1280, High = 800;

    /// <summary>The share of pixels that may differ: less than a word.</summary>
    const double Most = 0.0005;

    const int Tries = 10;

    static readonly bool updates = Environment.GetEnvironmentVariable("UPDATE_PICTURES") is "1";

    static readonly (string Name, string Path, string Ready)[] pages =
    [
        ("board", "/board", "售前咨询"), ("calls", "/calls", "4008001002"), ("agents", "/agents", "agent1006"), ("queues", "/queues", "售前咨询"), ("flow", "/flows?flow=menu", "voicemail"),
        ("hours", "/hours", "客服中心"), ("users", "/users", "agent1006"), ("branding", "/branding", ": 1"),
    ];

    /// <summary>
    /// The clock stands still, the font is one that has every letter, and neither the caret nor what a chart draws of the last hours is seen. What differs from run to run (instants, lengths) is written alike.
    /// </summary>
    const string Still = """
        (() => {
          const now = Date.UTC(2026, 0, 5, 2, 0), Real = Date;
          window.Date = class extends Real { constructor(...given) { if (given.length) super(...given); else super(now); } static now() { return now; } };
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { font-family: 'Noto Sans CJK SC' !important; caret-color: transparent !important; } .course canvas { visibility: hidden; }");
          document.adoptedStyleSheets = [sheet];
        })();
        window.alike = () => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const told = texts.currentNode.nodeValue.replace(/\d{1,4}\/\d{1,2}\/\d{1,4},? \d{2}:\d{2}:\d{2}/, "2026/01/05 10:00:00").replace(/^\d+:\d{2}$/, "0:00");
            if (told !== texts.currentNode.nodeValue) texts.currentNode.nodeValue = told;
          }
        };
        """;

    [Fact]
    public Task Ten_pages_look_as_they_did() => Look("zh", "light", "en", "dark");

    [Fact, Trait("Speed", "Long")]
    public Task Ten_pages_look_as_they_did_in_the_other_colours() => Look("zh", "dark", "en", "light");

    async Task Look(string language, string theme, string second, string secondTheme)
    {
        await Furnish();
        var different = new List<string>();
        await using (var page = await Open("acme.localhost", language, theme))
        {
            await Twice(page, "sign-in", null, language, theme, second, secondTheme, different);
            await page.Enter("admin");
            foreach (var (name, path, ready) in pages)
            {
                await page.Go(path);
                await Twice(page, name, ready, language, theme, second, secondTheme, different);
            }
            Assert.Empty(await page.Violations());
        }
        await using (var page = await Open("localhost", language, theme))
        {
            await page.Enter("operator");
            await page.Go("/tenants");
            await Twice(page, "tenants", "acme.localhost", language, theme, second, secondTheme, different);
        }
        Assert.True(different.Count == 0, $"Look at TestResults/pictures; if it is meant so, run again with UPDATE_PICTURES=1. {string.Join(", ", different)}");
    }

    /// <summary>A page in both languages and themes, and back.</summary>
    static async Task Twice(PortalPage page, string name, string? ready, string language, string theme, string second, string secondTheme, List<string> different)
    {
        if (ready is not null) await page.Shows(ready);
        await Compare(page, $"{name}-{language}-{theme}", different);
        await Toggle(page);
        await Compare(page, $"{name}-{second}-{secondTheme}", different);
        await Toggle(page);
    }

    static async Task Toggle(PortalPage page)
    {
        await page.ToggleTheme();
        await page.Tab.Run("(() => { const e = document.querySelector('.switches [lang], .door [lang]'); e.click(); e.blur(); return 1; })()");
    }

    /// <summary>Looks again until nothing moves any more and it is as it was, or until it will not be.</summary>
    static async Task Compare(PortalPage page, string name, List<string> different)
    {
        await page.Settles();
        var kept = Path.Combine(PortalPage.Root, "tests", "Product.Tests", "Portal", "pictures", $"{name}.png");
        var before = !updates && File.Exists(kept) ? Png.Read(await File.ReadAllBytesAsync(kept)) : null;
        var (shown, share, marks) = ((Picture?)null, 1.0, (Picture?)null);
        for (var n = 0; n < Tries; n++)
        {
            await page.Tab.Run("new Promise((done) => { alike(); setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 100); }).then(() => 1)");
            var now = Png.Read(await page.Tab.Picture());
            var still = shown is not null && now.Against(shown).Share == 0;
            shown = now;
            if (before is not null) (share, marks) = before.Against(now);
            if (before is null ? still : share <= Most) break;
        }
        if (before is not null && share <= Most) return;
        if (updates) await Write(kept, Png.Write(shown!));
        else different.Add(await Tell(name, shown!, marks, share));
    }

    static async Task<string> Tell(string name, Picture shown, Picture? marks, double share)
    {
        var folder = Path.Combine(PortalPage.Root, "TestResults", "pictures");
        await Write(Path.Combine(folder, $"{name}.now.png"), Png.Write(shown));
        if (marks is not null) await Write(Path.Combine(folder, $"{name}.difference.png"), Png.Write(marks));
        return marks is null ? $"{name}: there was none" : $"{name}: {share:P2} differs";
    }

    static async Task Write(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes);
    }

    /// <summary>One call that was answered by nobody, from always the same number, and opening hours.</summary>
    async Task Furnish()
    {
        await product.Acme.Put("hours/seen", new { name = "客服中心", week = new[] { new { day = "monday", from = "09:00", to = "18:00" } }, exceptions = new[] { new { date = "2026-10-01", name = "国庆节", open = Array.Empty<object>() } } });
        if ((await product.Acme.Get("calls")).GetProperty("items").GetArrayLength() > 0) return;
        await using var caller = new CallCenter.Kit.Phones.Phone(product.Product.Sip, "13800009999", null);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        await product.Told(caller);
    }

    /// <summary>Nobody is signed in.</summary>
    async Task<PortalPage> Open(string host, string language, string theme)
    {
        await browser.Chromium.Forget();
        var page = await PortalPage.Open(browser.Chromium, product.Product, "/", language, theme, host, Still);
        await page.Tab.Resize(Wide, High);
        return page;
    }
}
