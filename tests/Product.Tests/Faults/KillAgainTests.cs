using CallCenter.Product.Tests.Data;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Faults;

/// <summary>kill -9 at random moments under traffic, again and again on the same data: every caller who got a 200 has one record, no more and no less.</summary>
[Trait("Judges", "Voices")]
public sealed class KillAgainTests(ITestOutputHelper output)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact, Trait("Speed", "Slow")]
    public Task Three_kills_lose_and_double_nothing() => Kill(rounds: 3, longest: 8, seed: 11);

    [Fact, Trait("Speed", "Long")]
    public Task Fifty_kills_lose_and_double_nothing() => Kill(rounds: 50, longest: 30, seed: 12);

    async Task Kill(int rounds, double longest, int seed)
    {
        await using var product = await RunningProduct.Start(settings: ["--Demo:Agents=30"]);
        await using var people = new KillRounds(product, seed);
        await people.Begin();
        for (var round = 1; round <= rounds; round++)
        {
            await Pause.For(people.Next(2, longest));
            product.Process.Kill();
            await product.Process.Exits(Soon);
            await product.StartAgain();
        }
        await Pause.For(3); // the last start has proved itself
        await people.End();
        using var acme = await product.SignIn();
        await people.AllAreFree(acme);
        foreach (var caller in people.Promised) await HasOneRecord(acme, caller);
        output.WriteLine($"{rounds} kills, {people.Called} callers, {people.Promised.Count} of them promised a call");
        await Refold.GivesTheSame(product, acme);
    }

    /// <summary>One that has ended, whose facts tell one life: one arrival, one end, nothing after it but legs that end and tracks that are sealed.</summary>
    static async Task HasOneRecord(ProductApi acme, Phone caller)
    {
        var record = await acme.Record(caller.User);
        Assert.Single((await acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray());
        var facts = await acme.Facts(record.Id);
        Assert.Equal("callArrived", facts.Kinds[0]);
        Assert.Single(facts.Of("callArrived"));
        Assert.Single(facts.Of("callEnded"));
        Assert.All(facts.Kinds.SkipWhile(k => k != "callEnded").Skip(1), kind => Assert.Contains(kind, (string[])["legEnded", "callEnded", "trackSealed", "sealsGivenUp"]));
        Assert.Equal(facts.All.Select(f => f.GetProperty("at").GetDateTimeOffset()).Order(), facts.All.Select(f => f.GetProperty("at").GetDateTimeOffset()));
    }
}
