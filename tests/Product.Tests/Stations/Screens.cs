using System.Text.Json;
using System.Threading.Channels;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;
using CallCenter.Product.Tests.Gates;

namespace CallCenter.Product.Tests.Stations;

/// <summary>Many agents, each with a phone that rings and a screen that is told of it.</summary>
sealed class Screens(ProductFixture product, Channel<(JsonElement Event, long At)> told) : IAsyncDisposable
{
    const int FirstExtension = 1001, AtOnce = 8;

    readonly List<Phone> phones = [];
    readonly List<LiveWire> wires = [];
    readonly List<ProductApi> apis = [];
    readonly (long Clock, DateTimeOffset Utc) sameInstant = (Clock.Now, TimeProvider.System.GetUtcNow());

    /// <param name="count">Agents with extensions from 1001 on; odd ones take the calls of sales, and every one those of all.</param>
    public static async Task<Screens> Open(ProductFixture product, int count)
    {
        var all = new Screens(product, Channel.CreateUnbounded<(JsonElement, long)>());
        await Parallel.ForEachAsync(Enumerable.Range(FirstExtension, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (extension, _) => await all.Add($"{extension}"));
        await product.AgentsFree("all", count);
        return all;
    }

    async Task Add(string extension)
    {
        var api = await product.Product.SignIn(user: $"agent{extension}");
        var wire = await LiveWire.Desk(product.Product, api, $"agent{extension}", told);
        var phone = await product.Agent(extension);
        lock (phones)
        {
            apis.Add(api);
            wires.Add(wire);
            phones.Add(phone);
        }
    }

    /// <summary>Somebody calls, and hangs up when a screen shows it: how long after the offer that was, ms.</summary>
    public async Task<double> Pop(Phone caller)
    {
        var call = caller.Dial(Numbers.AcmeAll);
        await call.Answered();
        var (offer, at) = await wires[0].Next("offer");
        await call.HangUp();
        var (name, epoch) = (offer.GetProperty("call").GetString()!, offer.GetProperty("epoch").GetInt64());
        var facts = await product.Acme.Facts(name);
        var made = Assert.Single(facts.Of("offerStarted"), fact => fact.GetProperty("epoch").GetInt64() == epoch).GetProperty("at").GetDateTimeOffset();
        return (sameInstant.Utc - made).TotalMilliseconds + Clock.Ms(sameInstant.Clock, at);
    }

    /// <summary>Nobody stays signed in.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var wire in wires) wire.Dispose();
        await Task.WhenAll(phones.Select(phone => phone.DisposeAsync().AsTask()));
        foreach (var api in apis) api.Dispose();
        await product.AgentsFree("all", 0);
    }
}
