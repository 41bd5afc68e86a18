using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>Nobody presses a key by talking or by playing music on hold.</summary>
public sealed class TalkOffTests
{
    const int Minute = 60;

    /// <summary>A minute of each a round, every round of another seed.</summary>
    static void Listen(int rounds, Func<Random, double[]> sound)
    {
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, rounds, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) }, round =>
        {
            var chance = new Random(round);
            var codec = round % 2 == 0 ? AudioCodec.Pcmu : AudioCodec.Pcma;
            foreach (var (key, from, _) in Line.Hear(Line.Carry(sound(chance), codec, chance, -60), codec)) wrong.Add($"{key} in round {round} at {from / 8000.0:f2} s");
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public void Minutes_of_speech_hold_no_key() => Listen(10, chance => new Voice(chance).Say(Minute));

    [Fact]
    public void Minutes_of_music_hold_no_key() => Listen(10, chance => new Band(chance).Play(Minute));

    [Fact, Trait("Speed", "Long")]
    public void Five_hours_of_speech_hold_no_key() => Listen(5 * 60, chance => new Voice(chance).Say(Minute));

    [Fact, Trait("Speed", "Long")]
    public void Five_hours_of_music_hold_no_key() => Listen(5 * 60, chance => new Band(chance).Play(Minute));
}
