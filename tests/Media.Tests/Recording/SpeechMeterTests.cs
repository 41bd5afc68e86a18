using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class SpeechMeterTests(ITestOutputHelper output)
{
    static readonly (int, int)[] words = [(2000, 4500), (6000, 6800), (9000, 13_000)];

    static void Finds(SpeechTrace trace, params (int From, int To)[] expected)
    {
        Assert.Equal(expected.Length, trace.Spurts.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(trace.Spurts[i].From, expected[i].From - 60, expected[i].From + 60);
            Assert.InRange(trace.Spurts[i].To, expected[i].To - 80, expected[i].To + 60);
        }
    }

    [Theory]
    [InlineData(0)]   // a line that sends zeros
    [InlineData(30)]  // −65 dB
    [InlineData(250)] // −48 dB: a car
    public void Words_are_found_over_any_background(int background) => Finds(Talk.Trace(Talk.Make(16_000, background, words)), words);

    [Fact]
    public void A_low_voice_is_found_on_a_quiet_line() => Finds(Talk.Trace(Talk.Make(16_000, 20, 1200, words)), words);

    [Fact]
    public void A_noisy_line_is_no_voice()
    {
        var trace = Talk.Trace(Talk.Make(30_000, 1500));
        Assert.InRange(trace.Speech, 0, 1500); // the second in which the floor is learnt
    }

    [Fact]
    public void Noise_that_begins_in_mid_call_is_a_voice_for_two_seconds_at_most()
    {
        byte[] codes = [.. Talk.Make(10_000, 30), .. Talk.Make(20_000, 1000)];
        Assert.InRange(Talk.Trace(codes).Speech, 0, 2500);
    }

    [Fact]
    public void Clicks_are_no_speech() => Assert.Empty(Talk.Trace(Talk.Make(8000, 30, (3000, 3030), (5000, 5020))).Spurts);

    [Fact]
    public void Pauses_between_words_belong_to_the_speech() => Finds(Talk.Trace(Talk.Make(8000, 30, (2000, 2600), (2800, 3500))), (2000, 3500));

    [Fact]
    public void A_word_across_two_segments_is_one() => Finds(Talk.Trace(Talk.Make(10_000, 30, (4000, 6000))), (4000, 6000));

    [Fact]
    public void What_was_never_sent_is_silence()
    {
        var meter = new SpeechMeter();
        var segment = Talk.Make(5000, 0, (1000, 2000));
        meter.Take(10 * Segment.Samples, segment); // ten segments of which no packet came are not even looked at
        var trace = meter.Finish(new(0), 12 * Segment.Samples);
        Finds(trace, (51_000, 52_000));
        Assert.InRange(trace.LongestSilence, 50_940, 51_060);
        Assert.Equal(60_000, trace.Length);
    }

    [Fact]
    public void It_costs_little()
    {
        var segment = Talk.Make(5000, 100, words[0]);
        var meter = new SpeechMeter();
        for (var i = 0; i < 200; i++) meter.Take(i * (long)Segment.Samples, segment);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var start = MediaClock.Now;
            meter.Take((200 + round) * (long)Segment.Samples, segment);
            if (MediaClock.Now - start < best) best = MediaClock.Now - start;
        }
        output.WriteLine($"{best.TotalMicroseconds:F0} µs for 5 s of audio");
        Assert.InRange(best.TotalMilliseconds, 0, 1); // of 5 s of audio; some 20 µs on a quiet machine
    }
}
