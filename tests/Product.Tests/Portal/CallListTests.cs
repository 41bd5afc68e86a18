using System.Diagnostics;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The list of calls when there are many: 10,000 calls that were made, looked at by who sees all of them.</summary>
public sealed class CallListTests(ProductFixture product, PortalBrowser browser) : IClassFixture<ProductFixture>, IClassFixture<PortalBrowser>
{
    const int Many = 10_000;

    /// <summary>ms from a click to what was asked for.</summary>
    const double Soon = 1_000;

    [Fact, Trait("Speed", "Long")]
    public async Task Ten_thousand_calls_are_searched_and_paged_by_supervisor_and_inspector()
    {
        await using (var callers = Sipp.Start("uac_call.xml", product.Product.Sip, "-s", Numbers.AcmeAll, "-m", $"{Many}", "-r", "100", "-l", "200", "-d", "200", "-recv_timeout", "40000"))
        {
            var result = await callers.Ends(TimeSpan.FromMinutes(8));
            Assert.Equal((Many, 0), (result.Successful, result.Failed));
        }
        await using var known = product.Caller();
        var call = known.Dial(Numbers.AcmeSales);
        await call.Answered();
        await call.HangUp();
        await product.Told(known);
        foreach (var user in new[] { "supervisor", "qa" }) await Look(user, known.User);
    }

    async Task Look(string user, string number)
    {
        await browser.Chromium.Forget();
        await using var page = await PortalPage.Open(browser.Chromium, product.Product, "/account");
        await page.Enter(user);
        var times = new List<(string Name, double Ms)>();
        async Task Time(string name, Func<Task> look)
        {
            var clock = Stopwatch.StartNew();
            await look();
            times.Add((name, clock.Elapsed.TotalMilliseconds));
        }
        await Time("the page", () => page.Go("/calls"));
        await Rows(page, 50);
        await Time("the next part", async () => { await page.Click("Load more"); await Rows(page, 100); });
        await page.Fill("Calling or called number", number);
        await Time("one number", async () => { await page.Tab.Press("Enter"); await Rows(page, 1); });
        await page.Fill("Calling or called number", Numbers.AcmeAll);
        await Time("a number that all called", async () => { await page.Tab.Press("Enter"); await Rows(page, 50); });
        await page.Fill("Calling or called number", "13999999999");
        await Time("nobody's number", async () => { await page.Tab.Press("Enter"); await page.Shows("No call"); });
        TestContext.Current.TestOutputHelper?.WriteLine($"{user}: {string.Join(", ", times.Select(time => $"{time.Name} {time.Ms:0} ms"))}");
        if (user == "supervisor")
        {
            await page.Go("/board");
            await page.Tab.Run("until('the course', () => document.querySelector('.course canvas')).then(() => 1)");
            await Album.Keep(page.Tab, "board-course", 1280, 1000);
        }
        Assert.Empty(await page.Violations());
        foreach (var (_, ms) in times) Bars.Within(ms, 0, Soon);
    }

    /// <summary>Waits until the list has so many rows.</summary>
    static Task Rows(PortalPage page, int count) =>
        page.Tab.Run($"until('{count} rows', () => document.querySelectorAll('.scroll tbody tr.ant-table-row').length === {count}).then(() => 1)");
}
