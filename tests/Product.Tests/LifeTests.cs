using CallCenter.Kit.Phones;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests;

/// <summary>Starting, draining, stopping, crashing.</summary>
public sealed class LifeTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task It_starts_within_five_seconds_and_says_all_that_a_stranger_needs()
    {
        await using var product = await RunningProduct.Start();
        Assert.InRange(product.StartTook.TotalSeconds, 0, 5);
        Assert.Single(product.Process.Lines, l => l.Contains("CallCenter is ready", StringComparison.Ordinal));
        Assert.Contains("1001@acme.localhost", product.Process.Output, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = product.Http };
        foreach (var path in new[] { "healthz/live", "healthz/ready", "metrics", "openapi/v1.json" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, path);
        }
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task Wrong_settings_stop_the_start_with_every_fault_and_code_1()
    {
        using var folder = new Scratch("settings");
        await using var product = RunningProduct.Launch($"--Data:Path={folder.File("data")}", "--Sip:Port=99999", "--Media:PortFirst=20001", "--Media:PortLast=20000", "--Roles=edge,cook");
        Assert.Equal(1, await product.Exits(Soon));
        foreach (var fault in new[] { "Sip:Port", "PortFirst", "PortLast", "cook" }) Assert.Contains(fault, product.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CallCenter is ready", product.Output, StringComparison.Ordinal);
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task Demo_data_on_an_address_that_others_reach_demands_a_password_of_its_own()
    {
        using var folder = new Scratch("settings");
        await using var product = RunningProduct.Launch($"--Data:Path={folder.File("data")}", "--Sip:BindAddress=0.0.0.0");
        Assert.Equal(1, await product.Exits(Soon));
        Assert.Contains("Demo:Password", product.Output, StringComparison.Ordinal);
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_second_start_keeps_what_was_set_and_what_happened()
    {
        using var folder = new Scratch("data");
        await using var product = await RunningProduct.Start(folder.File("data"));
        using (var admin = await product.SignIn()) await admin.Put("queues/sales", new { name = "Sales of another name" });
        await using var caller = new Phone(product.Sip, "13800001234", null);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        using (var admin = await product.SignIn()) await admin.Record("13800001234");
        product.Process.Terminate();
        Assert.Equal(0, await product.Process.Exits(Soon));
        await product.StartAgain();
        using var again = await product.SignIn();
        Assert.Equal("Sales of another name", (await again.Get("queues/sales")).GetProperty("name").GetString());
        Assert.Equal("caller hangUp nobody", (await again.Record("13800001234")).Ended);
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_drain_refuses_new_calls_and_lets_live_ones_end()
    {
        await using var product = await RunningProduct.Start();
        await using var caller = new Phone(product.Sip, "13800001235", null);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        product.Process.Terminate();
        var refused = await ProductApi.Until(async () => await TryCall(product), answer => answer.Status != 200, "the drain", Soon);
        Assert.Equal(503, refused.Status);
        Assert.True(refused.Has(HeaderName.RetryAfter));
        await Pause.For(1);
        Assert.False(call.HasEnded);
        Assert.False(product.Process.HasExited);
        await call.HangUp();
        Assert.Equal(0, await product.Process.Exits(Soon));
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_second_SIGTERM_ends_it_at_once()
    {
        await using var product = await RunningProduct.Start();
        await using var caller = new Phone(product.Sip, "13800001236", null);
        await caller.Dial(Numbers.AcmeSales).Answered();
        product.Process.Terminate();
        await Pause.For(1);
        Assert.False(product.Process.HasExited);
        product.Process.Terminate();
        await product.Process.Exits(TimeSpan.FromSeconds(5));
    }

    [Fact, Trait("Judges", "NoTime")]
    public async Task A_power_cut_loses_no_finished_call_and_no_setting()
    {
        using var folder = new Scratch("data");
        await using var product = await RunningProduct.Start(folder.File("data"));
        await using var caller = new Phone(product.Sip, "13800001237", null);
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        using var admin = await product.SignIn();
        await admin.Record(caller.User);
        var cut = caller.Dial(Numbers.AcmeSales); // in mid-call
        await cut.Answered();
        await Both(admin, caller); // the list is made of what is committed
        product.Process.Kill();
        await product.Process.Exits(Soon);
        await product.StartAgain();
        using var again = await product.SignIn();
        var calls = await Both(again, caller);
        await ProductApi.Until(async () => new CallRecord(await again.Get($"calls/{calls[0].Id}")), c => c.EndedAt is not null, "the end of the call that was cut", Soon);
        Assert.Equal("platform edgeLost platform", new CallRecord(await again.Get($"calls/{calls[0].Id}")).Ended);
        Assert.Equal("caller hangUp nobody", new CallRecord(await again.Get($"calls/{calls[1].Id}")).Ended);
    }

    /// <summary>A caller's two calls, newest first, once the list has both: it may lag a moment behind.</summary>
    static async Task<CallRecord[]> Both(ProductApi api, Phone caller)
    {
        var items = await ProductApi.Until(async () => (await api.Get($"calls?number={caller.User}")).GetProperty("items"), items => items.GetArrayLength() == 2, "both calls in the list", Soon);
        return [.. items.EnumerateArray().Select(c => new CallRecord(c))];
    }

    static async Task<SipResponse> TryCall(RunningProduct product)
    {
        await using var caller = new Phone(product.Sip, "13800001238", null);
        var call = caller.Dial(Numbers.AcmeSales);
        var answer = await call.Final;
        if (answer.Status == 200) await call.HangUp();
        return answer;
    }
}
