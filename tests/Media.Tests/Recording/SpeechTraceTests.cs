using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class SpeechTraceTests
{
    static SpeechTrace Trace(long startMs, long length, params (int From, int To)[] spurts) =>
        new(new(startMs * MediaClock.PerMillisecond), length, [.. spurts.Select(s => new Spurt(s.From, s.To))]);

    [Fact]
    public void Speech_and_the_longest_silence_add_up()
    {
        var trace = Trace(0, 10_000, (1000, 2000), (6000, 9500));
        Assert.Equal((4500, 4000), (trace.Speech, trace.LongestSilence));
    }

    [Fact]
    public void Silence_before_the_first_and_after_the_last_word_counts()
    {
        Assert.Equal(5000, Trace(0, 9000, (5000, 9000)).LongestSilence);
        Assert.Equal(8000, Trace(0, 9000, (0, 1000)).LongestSilence);
        Assert.Equal(9000, Trace(0, 9000).LongestSilence);
    }

    [Fact]
    public void Who_begins_while_the_other_speaks_talks_over() =>
        Assert.Equal((500, 300), SpeechTrace.TalkingOver(
            Trace(0, 20_000, (1000, 3000), (9500, 11_000)),                    // the second one cuts in at 9,500
            Trace(0, 20_000, (2700, 5000), (8000, 10_000))));                  // the first one of these at 2,700

    [Fact]
    public void Tracks_that_began_at_other_times_are_compared_by_the_clock() =>
        Assert.Equal((0, 400), SpeechTrace.TalkingOver(Trace(1000, 20_000, (0, 2000)), Trace(2000, 20_000, (600, 1000))));

    [Fact]
    public void Tracks_that_never_met_share_nothing() =>
        Assert.Equal((0, 0), SpeechTrace.TalkingOver(Trace(0, 5000, (0, 5000)), Trace(5000, 5000, (0, 5000))));

    [Fact]
    public void Talking_over_agrees_with_counting_over_random_traces()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (a, b) = (Random(random), Random(random));
            var both = Enumerable.Range(0, 1200).Count(ms => Speaks(a, ms) && Speaks(b, ms));
            var (first, second) = SpeechTrace.TalkingOver(a, b);
            Assert.Equal(both, first + second);
            var (mirrored, other) = SpeechTrace.TalkingOver(b, a);
            if (!a.Spurts.Any(s => b.Spurts.Any(t => t.From == s.From))) Assert.Equal((first, second), (other, mirrored));
        }

        static SpeechTrace Random(Random random)
        {
            List<(int, int)> spurts = [];
            for (var at = random.Next(50); at < 1000; at += random.Next(1, 60)) spurts.Add((at, at += random.Next(1, 80)));
            return Trace(0, 1200, [.. spurts]);
        }

        static bool Speaks(SpeechTrace trace, int ms) => trace.Spurts.Any(s => s.From <= ms && ms < s.To);
    }
}
