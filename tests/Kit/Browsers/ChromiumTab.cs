using System.Text.Json;

namespace CallCenter.Kit.Browsers;

/// <summary>A tab of Chromium.</summary>
public sealed class ChromiumTab : IBrowserPage
{
    readonly BrowserWire wire;
    readonly string target, session;

    internal ChromiumTab(BrowserWire wire, string target, string session) => (this.wire, this.target, this.session) = (wire, target, session);

    internal string Target => target;
    internal string Session => session;

    public async Task<JsonElement> Run(string expression)
    {
        var answer = await wire.Ask("Runtime.evaluate", new { expression = PageScript.AsText(expression), awaitPromise = true, returnByValue = true }, session);
        if (answer.TryGetProperty("exceptionDetails", out var thrown)) throw PageScript.Thrown(expression, thrown.TryGetProperty("exception", out var error) && error.TryGetProperty("description", out var description) ? description.GetString() : thrown.GetProperty("text").GetString());
        return PageScript.FromText(answer.GetProperty("result").GetProperty("value").GetString());
    }

    /// <summary>Runs a whole script, whatever the page's policy says of scripts.</summary>
    public Task Execute(string script) => wire.Ask("Runtime.evaluate", new { expression = script }, session);

    /// <summary>The size of the window, in CSS pixels.</summary>
    public Task Resize(int width, int height) => wire.Ask("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false }, session);

    /// <summary>Presses a key, as a user does.</summary>
    /// <param name="key">As DOM events name it, such as Tab or Enter.</param>
    public async Task Press(string key)
    {
        var text = key switch { "Enter" => "\r", " " => " ", _ => "" };
        var code = key switch
        {
            "Backspace" => 8, "Tab" => 9, "Enter" => 13, "Escape" => 27, " " => 32, "End" => 35, "Home" => 36,
            "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40,
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "is not known here"),
        };
        await wire.Ask("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key == " " ? "Space" : key, text, windowsVirtualKeyCode = code }, session);
        await wire.Ask("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key == " " ? "Space" : key, windowsVirtualKeyCode = code }, session);
    }

    /// <summary>Presses Alt and a letter together.</summary>
    public async Task PressAlt(char letter)
    {
        var (key, code, windowsVirtualKeyCode) = (char.ToLowerInvariant(letter).ToString(), $"Key{char.ToUpperInvariant(letter)}", (int)char.ToUpperInvariant(letter));
        const int alt = 1;
        await wire.Ask("Input.dispatchKeyEvent", new { type = "rawKeyDown", modifiers = alt, key, code, windowsVirtualKeyCode }, session);
        await wire.Ask("Input.dispatchKeyEvent", new { type = "keyUp", modifiers = alt, key, code, windowsVirtualKeyCode }, session);
    }

    /// <summary>Types into what has the focus.</summary>
    public Task Type(string text) => wire.Ask("Input.insertText", new { text }, session);

    /// <summary>What the window shows, as a PNG.</summary>
    public async Task<byte[]> Picture() => Convert.FromBase64String((await wire.Ask("Page.captureScreenshot", new { format = "png" }, session)).GetProperty("data").GetString()!);

    /// <summary>Empties the browser's cache.</summary>
    public Task ForgetFiles() => wire.Ask("Network.clearBrowserCache", new { }, session);

    public Task Reload() => Loads("Page.reload", new { });

    /// <summary>Loads a page again that asks whether one really wants to; says so.</summary>
    public async Task ReloadThoughAsked()
    {
        var (asked, loaded) = (wire.Event("Page.javascriptDialogOpening", session), wire.Event("Page.loadEventFired", session));
        var reloading = wire.Ask("Page.reload", new { }, session);
        var question = await asked;
        if (question.GetProperty("type").GetString() != "beforeunload") throw new InvalidOperationException($"the page asked something else: {question}");
        await wire.Ask("Page.handleJavaScriptDialog", new { accept = true }, session);
        await reloading;
        await loaded;
    }

    public Task Close() => wire.Ask("Target.closeTarget", new { targetId = target });

    internal async Task Loads(string method, object parameters)
    {
        var loaded = wire.Event("Page.loadEventFired", session);
        await wire.Ask(method, parameters, session);
        await loaded;
    }
}
