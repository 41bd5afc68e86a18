using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>Records thrown away and folded from the journal again are the same to the byte.</summary>
static class Refold
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Stops the product for it and starts it again.</summary>
    public static async Task GivesTheSame(RunningProduct product, ProductApi acme)
    {
        var before = await ProductApi.Until(() => Calls(acme), calls => calls.TrueForAll(c => new CallRecord(JsonDocument.Parse(c).RootElement).EndedAt is not null), "the end of every call", Soon);
        Assert.NotEmpty(before);
        product.Process.Terminate();
        Assert.Equal(0, await product.Process.Exits(Soon));
        await product.Run("refold");
        await product.StartAgain();
        using var again = await product.SignIn();
        Assert.Equal(before, await Calls(again));
    }

    /// <summary>Every record of the tenant, as the API writes it.</summary>
    internal static async Task<List<string>> Calls(ProductApi acme)
    {
        var calls = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await acme.Get($"calls?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            calls.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetRawText()));
            if ((cursor = page.GetProperty("next").GetString()) is null) return calls;
        }
    }
}
