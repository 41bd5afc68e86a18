using CallCenter.Kit.Browsers;
using CallCenter.Kit.Processes;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>One browser for the tests of a class; each test has a page of its own.</summary>
public abstract class BrowserFixture(Func<Task<IBrowser>> start) : IAsyncLifetime
{
    IBrowser? browser;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("the browser was not started");

    public async ValueTask InitializeAsync() => browser = await start();

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
    }
}

public sealed class ChromiumFixture() : BrowserFixture(async () => await Chromium.Start());

public sealed class FirefoxFixture() : BrowserFixture(async () => await Firefox.Start());

/// <summary>Media at an address of the network: Firefox checks no candidate of loopback.</summary>
public sealed class LanProductFixture : ProductFixture
{
    protected override string[] Settings => [.. base.Settings, $"--Media:BindAddress={LanAddress.First}", "--Demo:Password=not-for-the-network", "--Testing:Hooks=false"];
}
