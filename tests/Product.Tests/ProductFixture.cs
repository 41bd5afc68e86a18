using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Media.Codecs;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // they measure time

namespace CallCenter.Product.Tests;

/// <summary>One product for the tests of a class. Tests use extensions and callers of their own and leave nobody registered.</summary>
public class ProductFixture : IAsyncLifetime
{
    RunningProduct? product;
    ProductApi? acme;

    public RunningProduct Product => product ?? throw new InvalidOperationException("the product was not started");

    protected virtual string[] Settings => ["--Demo:Agents=60"];

    /// <summary>The API as acme's admin.</summary>
    public ProductApi Acme => acme ?? throw new InvalidOperationException("nobody is signed in");

    public async ValueTask InitializeAsync()
    {
        product = await RunningProduct.Start(settings: Settings);
        var (one, other) = (product.SignIn(), product.SignIn("globex")); // a password costs half a second
        acme = await one;
        using var globex = await other;
        foreach (var tenant in new[] { acme, globex }) await tenant.Get("queues/sales/live"); // wakes the tenant's routing
    }

    /// <summary>A product that ended by itself says why: whatever failed in the test failed because of that.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        acme?.Dispose();
        if (product is null) return;
        var died = product.Process.HasExited ? new InvalidOperationException($"the product ended by itself; it printed:\n{product.Process.Output}") : null;
        await product.DisposeAsync();
        if (died is not null) throw died;
    }

    static int callers;

    /// <summary>A caller from the trunk's address, with a number that nobody had before.</summary>
    /// <param name="edge">Which of the product's edges it calls.</param>
    public Phone Caller(AudioCodec codec = AudioCodec.Pcmu, int edge = 0) => new(Product.SipOf(edge), $"1380000{Interlocked.Increment(ref callers):0000}", null, codec: codec);

    /// <summary>An extension that is registered, which signs its agent in.</summary>
    public async Task<Phone> Agent(string extension, string domain = "acme.localhost", AudioCodec codec = AudioCodec.Pcmu, string? password = null)
    {
        var phone = new Phone(Product.AgentSip, extension, domain, password ?? Product.DemoPassword, codec);
        await phone.Register();
        return phone;
    }

    /// <summary>The far end of the trunk, which takes the calls that leave.</summary>
    public Phone Outside() => new(Product.Sip, "outside", null, port: Product.TrunkPort);

    /// <summary>For what is waited for, and judged by nobody.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until so many agents of a queue could take a call.</summary>
    public Task AgentsFree(string queue, int count) => Live(queue, "agentsFree", count);

    /// <summary>Waits until so many callers are in a queue.</summary>
    public Task Waiting(string queue, int count) => Live(queue, "waiting", count);

    Task Live(string queue, string figure, int count) =>
        ProductApi.Until(async () => (await Acme.Get($"queues/{queue}/live")).GetProperty(figure).GetInt32(), n => n == count, $"{count} {figure} in {queue}", Patience);

    /// <summary>The record and the facts of the newest call from a phone.</summary>
    public async Task<(CallRecord Record, CallFacts Facts)> Told(Phone caller)
    {
        var record = await Acme.Record(caller.User);
        return (record, await Acme.Facts(record.Id));
    }
}
