using System.Text.Json;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>Records thrown away and folded from the journal again are the same to the byte.</summary>
static class Refold
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Stops the product for it and starts it again; and once before, so that every call has come to its end and is folded.</summary>
    public static async Task GivesTheSame(RunningProduct product, ProductApi acme)
    {
        await Ended(acme);
        await Stop(product);
        await product.StartAgain();
        using var before = await product.SignIn();
        var folded = await Ended(before);
        Assert.NotEmpty(folded);
        await Stop(product);
        await product.Run("refold");
        await product.StartAgain();
        using var after = await product.SignIn();
        Assert.Equal(folded, await Calls(after));
    }

    static async Task Stop(RunningProduct product)
    {
        product.Process.Terminate();
        Assert.Equal(0, await product.Process.Exits(Soon));
    }

    static Task<List<string>> Ended(ProductApi acme) =>
        ProductApi.Until(() => Calls(acme), calls => calls.TrueForAll(c => new CallRecord(JsonDocument.Parse(c).RootElement).EndedAt is not null), "the end of every call", Soon);

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
