using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Portal;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>The desk in a browser that has nothing of Chromium's own, worked by what it shows.</summary>
sealed class FirefoxDesk(IBrowserPage page) : IAsyncDisposable
{
    public WebPhone Ear { get; } = new(page);

    /// <summary>Signs in, and waits until calls come to the page.</summary>
    /// <param name="says">Hz, in place of the microphone.</param>
    public static async Task<FirefoxDesk> Open(IBrowser browser, RunningProduct product, string user, double says)
    {
        var desk = new FirefoxDesk(await browser.Open(new($"http://acme.localhost:{product.HttpPort}/desk"), $"{PortalPage.Begin()}window.mouth = {says:0};{DeskPhone.Instrument}"));
        await desk.Fill("User name", user);
        await desk.Fill("Password", product.DemoPassword);
        await desk.Click("Sign in");
        await desk.Finds("This browser", ".ant-segmented-item-label", "!document.querySelector('.ant-segmented-disabled')");
        await desk.Click("This browser");
        await desk.Shows("Ready: calls come to this page");
        return desk;
    }

    Task Fill(string label, string text) => page.Run($"until({Text(label)}, () => field({Text(label)})).then((e) => {{ e.focus(); document.execCommand('insertText', false, {Text(text)}); return until({Text(text)}, () => e.value === {Text(text)}); }}).then(() => 1)");

    public Task Click(string text) => page.Run($"until({Text(text)}, () => named({Text(text)}, 'button:not(:disabled),.ant-segmented-item-label')).then((e) => {{ e.click(); }})");

    Task Finds(string text, string selector, string besides) => page.Run($"until({Text(text)}, () => named({Text(text)}, {Text(selector)}) && {besides}).then(() => 1)");

    public Task Shows(string text) => page.Run($"until({Text(text)}, () => document.body.innerText.includes({Text(text)})).then(() => 1)");

    public async Task<string[]> Violations() => [.. (await page.Run("violations")).EnumerateArray().Select(one => one.GetString()!)];

    static string Text(string text) => JsonSerializer.Serialize(text);

    public async ValueTask DisposeAsync() => await page.Close();
}
