using CallCenter.Kit.Browsers;

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
