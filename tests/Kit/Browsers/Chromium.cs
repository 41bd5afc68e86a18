using System.Text.Json;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Browsers;

/// <summary>Chromium, by its DevTools protocol.</summary>
public sealed class Chromium : IBrowser
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    static readonly string[] names = ["chromium", "chromium-browser", "google-chrome"];

    static readonly string[] options =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--autoplay-policy=no-user-gesture-required",
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection", "--remote-debugging-port=0",
    ];

    readonly Scratch profile;
    readonly ChildProcess process;
    readonly BrowserWire wire;

    Chromium(Scratch profile, ChildProcess process, BrowserWire wire, string version) => (this.profile, this.process, this.wire, Version) = (profile, process, wire, version);

    public string Version { get; }

    public static bool IsInstalled => Programs.Find(names) is not null;

    public static async Task<Chromium> Start()
    {
        var program = Programs.Find(names) ?? throw new FileNotFoundException("chromium is not installed");
        var profile = new Scratch("chromium");
        var process = ChildProcess.Start(program, [.. options, $"--user-data-dir={profile.Path}", "about:blank"], profile.Path);
        try
        {
            var line = await process.Prints("DevTools listening on ", Soon);
            var wire = await BrowserWire.Connect(new(line[line.IndexOf("ws://", StringComparison.Ordinal)..].Trim()));
            var version = await wire.Ask("Browser.getVersion", new { });
            return new(profile, process, wire, version.GetProperty("product").GetString()!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<IBrowserPage> Open(Uri address)
    {
        var target = (await wire.Ask("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString()!;
        var session = (await wire.Ask("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString()!;
        await wire.Ask("Page.enable", new { }, session);
        await wire.Ask("Runtime.enable", new { }, session);
        var page = new Tab(wire, target, session);
        await page.Loads("Page.navigate", new { url = address.AbsoluteUri });
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.End(process);
        await wire.DisposeAsync();
        profile.Dispose();
    }

    sealed class Tab(BrowserWire wire, string target, string session) : IBrowserPage
    {
        public async Task<JsonElement> Run(string expression)
        {
            var answer = await wire.Ask("Runtime.evaluate", new { expression = PageScript.AsText(expression), awaitPromise = true, returnByValue = true }, session);
            if (answer.TryGetProperty("exceptionDetails", out var thrown)) throw PageScript.Thrown(expression, thrown.TryGetProperty("exception", out var error) && error.TryGetProperty("description", out var description) ? description.GetString() : thrown.GetProperty("text").GetString());
            return PageScript.FromText(answer.GetProperty("result").GetProperty("value").GetString());
        }

        public Task Reload() => Loads("Page.reload", new { });

        public Task Close() => wire.Ask("Target.closeTarget", new { targetId = target });

        public async Task Loads(string method, object parameters)
        {
            var loaded = wire.Event("Page.loadEventFired", session);
            await wire.Ask(method, parameters, session);
            await loaded;
        }
    }
}
