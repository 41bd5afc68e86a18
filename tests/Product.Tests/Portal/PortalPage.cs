using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The portal in a tab, used as people use it: by what they read.</summary>
sealed class PortalPage(ChromiumTab tab) : IAsyncDisposable
{
    /// <summary>Notes what the page's policy forbids and what went wrong in its scripts, and finds things by their text. Waits for what is to come, and says what it was.</summary>
    public const string Finder = """
        window.violations = [];
        document.addEventListener("securitypolicyviolation", (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
        window.wentWrong = [];
        window.addEventListener("error", (e) => window.wentWrong.push(`${e.message} ${e.error?.stack}`));
        window.addEventListener("unhandledrejection", (e) => window.wentWrong.push(`${e.reason} ${e.reason?.stack}`));
        console.error = ((tell) => (...what) => { window.wentWrong.push(what.map((one) => one?.stack ?? one).join(" ")); tell(...what); })(console.error);
        window.until = async (what, find) => {
          for (const end = performance.now() + 20000; performance.now() < end; await new Promise((wake) => setTimeout(wake, 50))) {
            const found = find();
            if (found) return found;
          }
          throw new Error(`waited for ${what}; the page says: ${[...document.querySelectorAll(".ant-modal")].map((e) => e.innerText).join() + document.body.innerText.slice(0, 2000)}; went wrong: ${window.wentWrong}`);
        };
        window.nameOf = (e) => (e?.getAttribute("aria-label") ?? document.getElementById(e?.getAttribute("aria-labelledby") ?? "")?.innerText ?? e?.labels?.[0]?.innerText ?? e?.innerText ?? "").trim();
        window.named = (text, selector) => [...document.querySelectorAll(selector)].find((e) => (e.innerText ?? "").trim() === text || e.getAttribute("aria-label") === text);
        window.field = (label) => { const l = window.named(label, "label"); return l ? document.getElementById(l.htmlFor) : window.named(label, "input,textarea"); };
        """;

    public ChromiumTab Tab => tab;

    /// <param name="language">zh or en; <paramref name="theme"/> is light or dark.</param>
    /// <param name="first">Runs before the page's own scripts.</param>
    public static async Task<PortalPage> Open(Chromium browser, RunningProduct product, string path = "/", string language = "en", string theme = "light", string host = "acme.localhost", string first = "") =>
        new(await browser.OpenTab(new($"http://{host}:{product.HttpPort}{path}"), Begin(language, theme) + first));

    /// <summary>What runs before the page's own scripts.</summary>
    public static string Begin(string language = "en", string theme = "light") => $"{Finder}localStorage.setItem('callcenter-language', '{language}');localStorage.setItem('callcenter-theme', '{theme}');";

    /// <summary>The sign-in is done by hand: by its form, with a session's cookie in the end.</summary>
    public async Task SignIn(string user, string password = RunningProduct.Password)
    {
        await Fill("User name", user);
        await Fill("Password", password);
        await tab.Press("Enter");
    }

    public async Task Fill(string label, string text)
    {
        await tab.Run($"until({Text(label)}, () => field({Text(label)})).then((e) => {{ e.focus(); e.select?.(); }})");
        await tab.Type(text);
        await tab.Run($"until({Text($"{text} in {label}")}, () => field({Text(label)})?.value === {Text(text)}).then(() => 1)");
    }

    /// <summary>Clicks on a button, link or menu item with this text, once it takes clicks: one that still works on the last one does not.</summary>
    public Task Click(string text) => tab.Run($"until({Text(text)}, () => {{ const e = named({Text(text)}, 'a,button,[role=tab],[role=radio],.ant-segmented-item-label'); return e && !e.disabled && !e.matches('.ant-btn-loading') && !e.closest('.ant-segmented-disabled') && e; }}).then((e) => {{ e.click(); }})");

    /// <summary>Opens a select by its label and takes a choice; in a long list what is chosen is typed first.</summary>
    public async Task Choose(string label, string choice, string typed = "")
    {
        await tab.Run($"until({Text(label)}, () => field({Text(label)})).then((e) => {{ e.focus(); (e.closest('.ant-select-selector') ?? e.closest('.ant-select') ?? e).dispatchEvent(new MouseEvent('mousedown', {{ bubbles: true }})); }})");
        if (typed.Length > 0) await tab.Type(typed);
        await tab.Run($"until({Text(choice)}, () => [...document.querySelectorAll('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')].find((e) => e.innerText.trim() === {Text(choice)})).then((e) => {{ e.click(); }})");
    }

    /// <summary>Waits until the page shows a text.</summary>
    public Task Shows(string text) => tab.Run($"until({Text(text)}, () => document.body.innerText.includes({Text(text)})).then(() => 1)");

    /// <summary>Waits for a text of another page, over all that is loaded in between.</summary>
    public async Task Arrives(string text)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await look.WaitForNextTickAsync(patience.Token))
            try
            {
                if ((await tab.Run($"document.body?.innerText.includes({Text(text)}) === true")).GetBoolean()) return;
            }
            catch (InvalidOperationException)
            {
                // the page that was asked is gone
            }
    }

    /// <summary>Waits until the row of a table that begins with a text has these cells behind it.</summary>
    public Task Row(string first, params string[] cells) => tab.Run($"until({Text($"{first}: {string.Join(" | ", cells)}")}, () => [...document.querySelectorAll('tr')].some((r) => {{ const c = [...r.cells].map((d) => d.innerText.trim()); return c[0] === {Text(first)} && {JsonSerializer.Serialize(cells)}.every((text, n) => text === '' || c[n + 1] === text); }})).then(() => 1)");

    public async Task<string[]> Violations() => [.. (await tab.Run("violations")).EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>What went wrong in the page's scripts.</summary>
    public async Task<string[]> WentWrong() => [.. (await tab.Run("wentWrong")).EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>Waits until the page has what it asked for, and nothing fades in or out any more.</summary>
    public Task Settles() => tab.Run("until('the page', () => document.querySelector('main h1, main .ant-result') && !document.querySelector('.ant-spin-spinning, .ant-skeleton')).then(() => until('the end of all movement', () => document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity))).then(() => 1)");

    /// <summary>The paths to which the menu leads.</summary>
    public async Task<string[]> Menu() => [.. (await tab.Run("until('the menu', () => document.querySelector('nav.side a')).then(() => [...document.querySelectorAll('nav.side a')].map((a) => a.getAttribute('href')))")).EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>Signs in whatever the language is, and waits for the first page.</summary>
    public async Task Enter(string user, string password = RunningProduct.Password)
    {
        foreach (var (field, text) in new[] { ("user", user), ("password", password) })
        {
            await tab.Run($"until('{field}', () => document.querySelector('.door input#{field}')).then((e) => {{ e.focus(); e.select(); }})");
            await tab.Type(text);
        }
        await tab.Press("Enter");
        await tab.Run("until('the first page', () => document.querySelector('.shell main h1')).then(() => 1)");
    }

    /// <summary>Goes to a page without loading the whole anew, as a link does.</summary>
    public async Task Go(string path)
    {
        await tab.Run($$"""
            (() => {
              const shown = () => document.querySelector('main h1, main .ant-result');
              if (location.pathname + location.search === {{Text(path)}}) return 1;
              const before = shown();
              history.pushState({}, '', {{Text(path)}});
              dispatchEvent(new PopStateEvent('popstate'));
              return until({{Text(path)}}, () => shown() && shown() !== before).then(() => 1);
            })()
            """);
        await Settles();
    }

    /// <summary>Light becomes dark, and dark light.</summary>
    public Task ToggleTheme() => tab.Run("until('the switch', () => document.querySelector('.switches [aria-pressed], .door [aria-pressed]')).then((e) => { e.click(); e.blur(); })");

    /// <summary>Opens the form by which the page's list grows; false if it has none.</summary>
    public async Task<bool> OpenForm()
    {
        if (!(await tab.Run(FindAdder)).GetBoolean()) return false;
        await tab.Run($"(() => {{ window.adder.click(); return until('the form', () => document.querySelector('.ant-modal form')).then(() => 1); }})()");
        return true;
    }

    /// <summary>By Escape, which a list that is still being shut would take for itself.</summary>
    public async Task CloseForm()
    {
        await tab.Run("until('every list to be shut', () => ![...document.querySelectorAll('.ant-select-dropdown')].some((e) => e.offsetParent !== null)).then(() => 1)");
        await tab.Press("Escape");
        await tab.Run("until('the form to go', () => ![...document.querySelectorAll('.ant-modal')].some((e) => e.offsetParent !== null)).then(() => 1)");
    }

    /// <summary>The button that opens a form; what saves at once is none.</summary>
    public const string FindAdder = "!!(window.adder = [...document.querySelectorAll('.head .ant-btn-primary:not(:disabled)')].find((e) => !['Save', '保存', 'Publish', '发布'].includes(e.innerText.trim())))";

    /// <summary>The serious and critical faults that axe finds once nothing fades in or out any more.</summary>
    /// <param name="colours">Of the contrast only: all else is alike in both themes.</param>
    public async Task<string[]> Faults(bool colours = false)
    {
        await tab.Run("until('the end of all movement', () => document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)).then(() => 1)");
        if (!(await tab.Run("!!window.axe")).GetBoolean()) await tab.Execute(Axe.Value);
        var rules = colours ? "['color-contrast']" : "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']";
        var faults = await tab.Run($"axe.run(document, {{ resultTypes: ['violations'], runOnly: {rules} }})" + ".then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary.slice(0, 300)).join(' ;; ')}`))");
        return [.. faults.EnumerateArray().Select(one => one.GetString()!)];
    }

    static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Root, "src", "Portal", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>The working copy that the test was built from.</summary>
    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "CallCenter.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("CallCenter.sln stands in no folder above the test");
            return folder;
        }
    }

    static string Text(string text) => JsonSerializer.Serialize(text);

    public async ValueTask DisposeAsync() => await tab.Close();
}
