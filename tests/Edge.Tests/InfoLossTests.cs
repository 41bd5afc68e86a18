using CallCenter.Kit.Phones;

namespace CallCenter.Edge.Tests;

/// <summary>
/// Keys by INFO over UDP that loses 5 % of the messages in either direction. The phone sends an INFO after the answer to the one before: one that comes after
/// a later one must be refused (RFC 3261 §12.2.2), so whoever does not wait loses keys by his own doing.
/// </summary>
[Collection(Punctual.Name)]
public sealed class InfoLossTests(ITestOutputHelper output)
{
    const int Loss = 5;
    static readonly LegId Caller = new("caller");

    [Fact]
    public Task Keys_come_whole() => DialAll(phones: 4, keys: 40);

    [Fact, Trait("Speed", "Long")]
    public Task Ten_thousand_keys_come_whole() => DialAll(phones: 20, keys: 500);

    async Task DialAll(int phones, int keys)
    {
        var books = await Task.WhenAll(Enumerable.Range(0, phones).Select(seed => Dial(seed, keys)));
        output.WriteLine($"{phones * keys} keys; INFOs that came again: {books.Sum()}");
        Assert.InRange(books.Sum(), 1, phones * keys);
    }

    /// <returns>How many INFOs were sent again.</returns>
    static async Task<int> Dial(int seed, int keys)
    {
        await using var scene = await EdgeScene.Start();
        await using var phone = new Phone(scene.Sip, "02112345678", null, lossPercent: Loss, seed: seed);
        var call = phone.Dial("4008001001");
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(Caller));
        await call.Answered();
        var chance = new Random(seed);
        var dialled = Enumerable.Range(0, keys).Select(_ => "0123456789*#ABCD"[chance.Next(16)]).ToArray();
        var again = 0;
        foreach (var key in dialled)
        {
            var before = Clock.Now;
            Assert.Equal(200, (await call.Inform("application/dtmf-relay", $"Signal={key}\r\nDuration=100\r\n")).Status);
            if (Clock.Now - before > 450_000_000) again++; // T1 is 500 ms
        }
        var told = new char[keys];
        for (var i = 0; i < keys; i++) told[i] = (await scene.Script.Hears<DigitPressed>()).Digit;
        Assert.Equal(new string(dialled), new string(told));
        Assert.Equal(keys, scene.Script.All.Where(m => m is { Number: > 0, Body: DigitPressed }).Select(m => m.Number).Distinct().Count());
        await call.HangUp();
        return again;
    }
}
