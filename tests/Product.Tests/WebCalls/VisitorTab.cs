using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CallCenter.Kit.Browsers;
using CallCenter.Kit.Media;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.WebCalls;

/// <summary>A visitor's tab, used by what it shows: its microphone is a tone of 440 Hz (<c>ear.js</c>).</summary>
sealed class VisitorTab(ChromiumTab tab) : IAsyncDisposable
{
    static readonly Lazy<string> Ear = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "WebCalls", "ear.js")));

    public ChromiumTab Tab => tab;

    public static async Task<VisitorTab> Open(Chromium browser, Uri address) => new(await browser.OpenTab(address, Ear.Value));

    /// <summary>The page of one of acme's numbers.</summary>
    /// <param name="known">What stands behind the #.</param>
    public static Task<VisitorTab> Open(Chromium browser, RunningProduct product, string number, string known = "", string language = "en") =>
        Open(browser, new($"http://acme.localhost:{product.HttpPort}/call/{number}?lang={language}#{known}"));

    public Task Click(string text) => tab.Run($"until({Quoted(text)}, () => named({Quoted(text)})).then((e) => {{ e.click(); }})");

    public Task Shows(string text) => tab.Run($"until({Quoted(text)}, () => document.body.innerText.includes({Quoted(text)})).then(() => 1)");

    /// <summary>ms from the click to a path with keys.</summary>
    public async Task<double> Connects() => (await tab.Run("until('a connection', () => seen.connectedAt).then((at) => at - seen.calledAt)")).GetDouble();

    /// <summary>How purely a tone is heard, in dB: the best of some seconds, since a jitter buffer that settles stretches the first.</summary>
    public async Task<double> Hears(double hz, double enough)
    {
        var best = double.NegativeInfinity;
        for (var i = 0; i < 5 && best < enough; i++)
        {
            var heard = await tab.Run(string.Create(CultureInfo.InvariantCulture, $"listen({1})"));
            var samples = MemoryMarshal.Cast<byte, short>(heard.GetProperty("samples").GetBytesFromBase64()).ToArray();
            best = Math.Max(best, Tone.MedianSnr(samples, hz, heard.GetProperty("rate").GetInt32()));
        }
        return best;
    }

    /// <summary>Clicks on a text in the page's frame, or on nothing; what the frame says then. Null: it says nothing.</summary>
    public async Task<JsonElement?> AskFrame(string text, int within = 20_000) =>
        await tab.Run(string.Create(CultureInfo.InvariantCulture, $"askFrame({Quoted(text)}, {within})")) is { ValueKind: JsonValueKind.Object } said ? said : null;

    /// <summary>What the page's policy forbade.</summary>
    public async Task<string[]> Violations() => [.. (await tab.Run("seen.violations")).EnumerateArray().Select(one => one.GetString()!)];

    static string Quoted(string text) => JsonSerializer.Serialize(text);

    public async ValueTask DisposeAsync() => await tab.Close();
}
