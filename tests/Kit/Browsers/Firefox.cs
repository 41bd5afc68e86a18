using System.Text.Json;
using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Browsers;

/// <summary>Firefox, by WebDriver BiDi.</summary>
public sealed class Firefox : IBrowser
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    static readonly string[] names = ["firefox-esr", "firefox"];

    /// <summary>Sound without a click and without a sound card (its clock would never run), loopback and addresses as they are, and no calls home.</summary>
    static readonly (string Name, string Value)[] preferences =
    [
        ("media.cubeb.force_mock_context", "true"), ("media.autoplay.default", "0"), ("media.autoplay.blocking_policy", "0"), ("media.navigator.permission.disabled", "true"), ("media.peerconnection.ice.loopback", "true"),
        ("media.peerconnection.ice.obfuscate_host_addresses", "false"), ("app.update.enabled", "false"), ("browser.shell.checkDefaultBrowser", "false"), ("browser.startup.homepage_override.mstone", "\"ignore\""),
        ("datareporting.policy.dataSubmissionEnabled", "false"), ("toolkit.telemetry.enabled", "false"), ("network.captive-portal-service.enabled", "false"), ("network.connectivity-service.enabled", "false"),
        ("media.gmp-manager.updateEnabled", "false"), ("extensions.update.enabled", "false"), ("services.settings.server", "\"\""), ("dom.min_background_timeout_value", "4"),
    ];

    readonly Scratch profile;
    readonly ChildProcess process;
    readonly BrowserWire wire;

    Firefox(Scratch profile, ChildProcess process, BrowserWire wire, string version) => (this.profile, this.process, this.wire, Version) = (profile, process, wire, version);

    public string Version { get; }

    public static bool IsInstalled => Programs.Find(names) is not null;

    public static async Task<Firefox> Start()
    {
        var program = Programs.Find(names) ?? throw new FileNotFoundException("firefox-esr is not installed");
        var profile = new Scratch("firefox");
        profile.Write("user.js", string.Concat(preferences.Select(p => $"user_pref(\"{p.Name}\", {p.Value});\n")));
        var process = ChildProcess.Start(program, ["--headless", "--no-remote", "--profile", profile.Path, "--remote-debugging-port", "0", "about:blank"], profile.Path, new Dictionary<string, string> { ["HOME"] = profile.Path, ["MOZ_CRASHREPORTER_DISABLE"] = "1" });
        try
        {
            var line = await process.Prints("WebDriver BiDi listening on ", Soon);
            var wire = await BrowserWire.Connect(new(line[line.IndexOf("ws://", StringComparison.Ordinal)..].Trim() + "/session"));
            var made = await wire.Ask("session.new", new { capabilities = new { } });
            var of = made.GetProperty("capabilities");
            return new(profile, process, wire, $"{of.GetProperty("browserName").GetString()}/{of.GetProperty("browserVersion").GetString()}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<IBrowserPage> Open(Uri address, string first = "")
    {
        var context = (await wire.Ask("browsingContext.create", new { type = "tab" })).GetProperty("context").GetString()!;
        if (first.Length > 0) await wire.Ask("script.addPreloadScript", new { functionDeclaration = $"() => {{ {first} }}", contexts = new[] { context } });
        await wire.Ask("browsingContext.navigate", new { context, url = address.AbsoluteUri, wait = "complete" });
        return new Tab(wire, context);
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.End(process);
        await wire.DisposeAsync();
        profile.Dispose();
    }

    sealed class Tab(BrowserWire wire, string context) : IBrowserPage
    {
        public async Task<JsonElement> Run(string expression)
        {
            var answer = await wire.Ask("script.evaluate", new { expression = PageScript.AsText(expression), target = new { context }, awaitPromise = true });
            if (answer.GetProperty("type").GetString() == "exception") throw PageScript.Thrown(expression, answer.GetProperty("exceptionDetails").GetProperty("text").GetString());
            return PageScript.FromText(answer.GetProperty("result").GetProperty("value").GetString());
        }

        public Task Reload() => wire.Ask("browsingContext.reload", new { context, wait = "complete" });

        public Task Close() => wire.Ask("browsingContext.close", new { context });
    }
}
