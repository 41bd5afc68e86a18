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

    /// <param name="still">As of somebody who wants no motion: what opens and closes does so at once.</param>
    /// <param name="more">Options of the command line.</param>
    public static async Task<Chromium> Start(bool still = false, params string[] more)
    {
        var program = Programs.Find(names) ?? throw new FileNotFoundException("chromium is not installed");
        var profile = new Scratch("chromium");
        var process = ChildProcess.Start(program, [.. options, .. more, .. still ? ["--force-prefers-reduced-motion"] : Array.Empty<string>(), $"--user-data-dir={profile.Path}", "about:blank"], profile.Path);
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

    public async Task<IBrowserPage> Open(Uri address, string first = "") => await OpenTab(address, first);

    /// <param name="first">Runs in every document of the tab before its own scripts.</param>
    public async Task<ChromiumTab> OpenTab(Uri address, string first = "")
    {
        var target = (await wire.Ask("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString()!;
        var page = await Attach(target);
        if (first.Length > 0) await wire.Ask("Page.addScriptToEvaluateOnNewDocument", new { source = first }, page.Session);
        await page.Loads("Page.navigate", new { url = address.AbsoluteUri });
        return page;
    }

    async Task<ChromiumTab> Attach(string target)
    {
        var session = (await wire.Ask("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString()!;
        await wire.Ask("Page.enable", new { }, session);
        await wire.Ask("Runtime.enable", new { }, session);
        await wire.Ask("Emulation.setFocusEmulationEnabled", new { enabled = true }, session); // else what is typed before the window has the focus is lost
        return new(wire, target, session);
    }

    /// <summary>The window that a page has opened; null if there is none yet.</summary>
    public async Task<ChromiumTab?> OpenedBy(ChromiumTab page)
    {
        var all = (await wire.Ask("Target.getTargets", new { })).GetProperty("targetInfos").EnumerateArray();
        var opened = all.FirstOrDefault(one => one.TryGetProperty("openerId", out var opener) && opener.GetString() == page.Target);
        return opened.ValueKind == JsonValueKind.Undefined ? null : await Attach(opened.GetProperty("targetId").GetString()!);
    }

    /// <summary>As if its machine slept, until <see cref="Wake"/>.</summary>
    public void Sleep() => process.FreezeAll();

    public void Wake() => process.ThawAll();

    /// <summary>Forgets all cookies.</summary>
    public Task Forget() => wire.Ask("Storage.clearCookies", new { });

    public async ValueTask DisposeAsync()
    {
        await Programs.End(process);
        await wire.DisposeAsync();
        profile.Dispose();
    }
}
