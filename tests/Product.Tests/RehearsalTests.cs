using System.Net.Http;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests;

#if !ORLEANS_PACKAGES // a cluster has no stage beside it
[Trait("Judges", "NoTime")]
public sealed class RehearsalTests
{
    [Fact]
    public async Task Calls_are_rehearsed_after_the_start_and_nothing_of_the_product_knows_of_them()
    {
        await using var product = await RunningProduct.Start(settings: ["--Rehearsal:Calls=20", "--Logging:LogLevel:CallCenter.AppHost=Debug"]);
        Assert.Contains("Rehearsed 20 calls", await product.Process.Prints("ehears", TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        using var admin = await product.SignIn();
        Assert.Equal(0, (await admin.Get("calls")).GetProperty("items").GetArrayLength());
        using var http = new HttpClient { BaseAddress = product.Http };
        Assert.DoesNotContain("Rehearsal", await http.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await product.Metric("callcenter_calls_started_total") ?? 0);
        Assert.DoesNotContain("rehearsal", string.Join('\n', Directory.EnumerateFileSystemEntries(product.Data, "*", SearchOption.AllDirectories)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_product_that_is_stopped_in_its_rehearsal_stops_in_good_order()
    {
        await using var product = await RunningProduct.Start(settings: ["--Rehearsal:Calls=1000"]);
        product.Process.Terminate();
        Assert.Equal(0, await product.Process.Exits(TimeSpan.FromSeconds(30)));
    }
}
#endif
