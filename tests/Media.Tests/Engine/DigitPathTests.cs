using System.Diagnostics;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Engine;

/// <summary>
/// Random keys in each way through legs, rooms and transcoding, on networks that lose 5 % of the packets between either phone and us. What the
/// product is told must be what was dialled, and so must what the other phone hears, to which all keys go as events.
/// </summary>
[Collection(EngineTests.Name)]
public sealed class DigitPathTests(ITestOutputHelper output)
{
    const int CallsAtOnce = 20, FrameMs = Audio.FrameMs;

    public static IEnumerable<TheoryDataRow<KeyWay, AudioCodec, AudioCodec>> Paths =>
        from way in Enum.GetValues<KeyWay>()
        from pair in new[] { (AudioCodec.Pcmu, AudioCodec.Pcma), (AudioCodec.G722, AudioCodec.Pcmu), (AudioCodec.Opus, AudioCodec.Pcmu), (AudioCodec.Pcma, AudioCodec.Opus) }
        where VoiceCodecs.Spoken.Contains(pair.Item1) && VoiceCodecs.Spoken.Contains(pair.Item2)
        select new TheoryDataRow<KeyWay, AudioCodec, AudioCodec>(way, pair.Item1, pair.Item2);

    /// <summary>All paths beside each other.</summary>
    [Fact, Trait("Speed", "Slow")]
    public async Task Keys_come_through_every_path_whole()
    {
        using EngineRig one = new(), two = new();
        await Task.WhenAll(new[] { one, two }.Select((rig, r) => Dial(rig, Paths.Select((p, i) => (p.Data.Item1, p.Data.Item2, p.Data.Item3, 100 * r + i)), keys: 50)));
    }

    [Theory, MemberData(nameof(Paths)), Trait("Speed", "Long")]
    public async Task Ten_thousand_keys_come_through_whole(KeyWay way, AudioCodec codec, AudioCodec other)
    {
        using EngineRig one = new(), two = new();
        await Task.WhenAll(new[] { one, two }.Select((rig, r) => Dial(rig, Enumerable.Range(0, CallsAtOnce).Select(i => (way, codec, other, 100 * r + i)), keys: 10_000 / (2 * CallsAtOnce))));
    }

    async Task Dial(EngineRig rig, IEnumerable<(KeyWay Way, AudioCodec Codec, AudioCodec Other, int Seed)> wishes, int keys)
    {
        var paths = wishes.ToArray();
        var calls = paths.Select(w => new DialledCall(rig, w.Way, w.Codec, w.Other, keys, w.Seed)).ToArray();
        try
        {
            await Send(calls, DialledCall.Lead + (keys + 3) * DialledCall.SlotsPerKey);
            await Silence(calls);
            var told = rig.Told<DigitPressed>().ToLookup(d => d.Leg, d => d.Key);
            var books = calls.Select((call, i) => (Path: paths[i], Product: Errors(call.Dialled, paths[i].Way == KeyWay.Info ? call.Dialled : string.Concat(told[call.Presser])), Far: Errors(call.Dialled, call.HeardFar))).ToArray();
            foreach (var path in books.GroupBy(b => (b.Path.Way, b.Path.Codec, b.Path.Other)))
                output.WriteLine($"{path.Key}: {path.Count() * keys} keys; wrong in the product {path.Sum(b => b.Product)}, at the other phone {path.Sum(b => b.Far)}");
            foreach (var (book, call) in books.Zip(calls)) if (book.Product + book.Far > 0) output.WriteLine($"{book.Path}: dialled {call.Dialled}, told {string.Concat(told[call.Presser])}, far {call.HeardFar}");
            Assert.All(books, b => Assert.Equal(b.Product, b.Far));
            foreach (var path in books.GroupBy(b => b.Path with { Seed = 0 })) Assert.InRange(path.Sum(b => b.Product), 0, Most(path.Key.Way, path.Key.Codec, path.Count() * keys));
        }
        finally
        {
            foreach (var call in calls) call.Dispose();
        }
    }

    /// <summary>Behind a hole an adaptive decoder makes another sound of the tones at times: one key in a thousand (see LossyKeysTests).</summary>
    static int Most(KeyWay way, AudioCodec codec, int keys) => way == KeyWay.Tones && !Audio.IsLaw(codec) ? Math.Max(1, keys / 1000) : 0;

    /// <summary>By absolute deadlines; a machine that is busy makes packets late, not fewer.</summary>
    static async Task Send(DialledCall[] calls, int slots)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var began = Stopwatch.GetTimestamp();
        for (var slot = 0; slot < slots; slot++)
        {
            while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < slot * FrameMs) await pace.WaitForNextTickAsync();
            foreach (var call in calls) call.Send(slot);
        }
    }

    /// <summary>Until nobody hears a key any more: where the machine stops the engine for a while, keys come later.</summary>
    static async Task Silence(DialledCall[] calls)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (int heard = -1, now = 0, quiet = 0; quiet < 3; heard = now)
        {
            await pace.WaitForNextTickAsync();
            now = calls.Sum(c => c.HeardFar.Length);
            if (now == calls.Sum(c => c.Dialled.Length)) return;
            quiet = now == heard ? quiet + 1 : 0;
        }
    }

    /// <summary>Keys lost, added or swapped: the edit distance.</summary>
    static int Errors(string dialled, string heard)
    {
        var row = Enumerable.Range(0, heard.Length + 1).ToArray();
        for (var i = 1; i <= dialled.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= heard.Length; j++)
                (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (dialled[i - 1] == heard[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
