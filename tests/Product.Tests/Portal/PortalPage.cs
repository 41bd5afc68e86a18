using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The portal in a tab, used as people use it: by what they read.</summary>
sealed class PortalPage(ChromiumTab tab) : IAsyncDisposable
{
    /// <summary>Notes what the page's policy forbids, and finds things by their text. Waits for what is to come, and says what it was.</summary>
    const string Finder = """
        window.violations = [];
        document.addEventListener("securitypolicyviolation", (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
        window.until = async (what, find) => {
          for (const end = performance.now() + 20000; performance.now() < end; await new Promise((wake) => setTimeout(wake, 50))) {
            const found = find();
            if (found) return found;
          }
          throw new Error(`waited for ${what}; the page says: ${document.body.innerText.slice(0, 2000)}`);
        };
        window.named = (text, selector) => [...document.querySelectorAll(selector)].find((e) => (e.innerText ?? "").trim() === text || e.getAttribute("aria-label") === text);
        window.field = (label) => { const l = window.named(label, "label"); return l && document.getElementById(l.htmlFor); };
        """;

    public ChromiumTab Tab => tab;

    /// <param name="language">zh or en; <paramref name="theme"/> is light or dark.</param>
    /// <param name="first">A script that runs before the page's own.</param>
    public static async Task<PortalPage> Open(Chromium browser, RunningProduct product, string path = "/", string language = "en", string theme = "light", string host = "acme.localhost", string first = "") => new(await browser.OpenTab(
        new($"http://{host}:{product.HttpPort}{path}"), $"{Finder}localStorage.setItem('callcenter-language', '{language}');localStorage.setItem('callcenter-theme', '{theme}');{first}"));

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

    /// <summary>Clicks on a button, link or menu item with this text.</summary>
    public Task Click(string text) => tab.Run($"until({Text(text)}, () => named({Text(text)}, 'a,button,[role=tab],[role=radio],.ant-segmented-item-label')).then((e) => {{ e.click(); }})");

    /// <summary>Waits until the page shows a text.</summary>
    public Task Shows(string text) => tab.Run($"until({Text(text)}, () => document.body.innerText.includes({Text(text)})).then(() => 1)");

    /// <summary>Waits until the row of a table that begins with a text has these cells behind it.</summary>
    public Task Row(string first, params string[] cells) => tab.Run($"until({Text($"{first}: {string.Join(" | ", cells)}")}, () => [...document.querySelectorAll('tr')].some((r) => {{ const c = [...r.cells].map((d) => d.innerText.trim()); return c[0] === {Text(first)} && {JsonSerializer.Serialize(cells)}.every((text, n) => text === '' || c[n + 1] === text); }})).then(() => 1)");

    public async Task<string[]> Violations() => [.. (await tab.Run("violations")).EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>The serious and critical faults that axe finds once nothing fades in or out any more.</summary>
    public async Task<string[]> Faults()
    {
        await tab.Run("until('the end of all movement', () => document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)).then(() => 1)");
        await tab.Execute(Axe.Value);
        var faults = await tab.Run("axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary.slice(0, 300)).join(' ;; ')}`))");
        return [.. faults.EnumerateArray().Select(one => one.GetString()!)];
    }

    static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Root, "src", "Portal", "node_modules", "axe-core", "axe.min.js")));

    static string Root
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
