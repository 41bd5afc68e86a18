using CallCenter.Media.Codecs;
using CallCenter.Media.Tests.Dtmf;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Tests.Tones;

public sealed class AnswerClassifierTests
{
    /// <summary>What is said, in ms of voice and pause in turn, beginning with a pause; and when it is judged, s.</summary>
    static (AnswerGuess Guess, double Seconds) Judge(IEnumerable<double> sound, double noise = -58)
    {
        var chance = new Random(1);
        var codes = Line.Carry(sound, AudioCodec.Pcmu, chance, noise);
        var classifier = default(AnswerClassifier);
        var frame = new float[160];
        for (var n = 0; (n + 1) * 160 <= codes.Length; n++)
        {
            LinearTable.Decode(AudioCodec.Pcmu, codes.AsSpan(n * 160, 160), frame);
            if (classifier.Take(ToneMeter.Measure(frame), 160, out var guess)) return (guess, (n + 1) / 50.0);
        }
        throw new InvalidOperationException("it never made up its mind");
    }

    static IEnumerable<double> Say(params int[] ms)
    {
        var chance = new Random(4);
        return ms.SelectMany((length, i) => Enumerable.Range(0, length * 8).Select(_ => i % 2 == 0 ? 0 : Line.Noise(chance, -18)));
    }

    [Fact]
    public void Who_says_hello_and_listens_is_a_person()
    {
        var (guess, seconds) = Judge(Say(400, 450, 3000));
        Assert.Equal(Answerer.Person, guess.By);
        Assert.InRange(guess.Confidence, 0.95, 1);
        Assert.InRange(seconds, 1.6, 1.8);
    }

    [Fact]
    public void Who_says_a_firm_and_a_name_is_a_person()
    {
        var (guess, _) = Judge(Say(600, 500, 150, 400, 3000));
        Assert.Equal(Answerer.Person, guess.By);
        Assert.InRange(guess.Confidence, 0.7, 0.97);
    }

    [Fact]
    public void Who_speaks_on_and_on_is_a_machine_before_the_greeting_ends()
    {
        var (guess, seconds) = Judge(Say([500, .. Enumerable.Repeat(new[] { 350, 150 }, 12).SelectMany(p => p)]));
        Assert.Equal(Answerer.Machine, guess.By);
        Assert.InRange(guess.Confidence, 0.92, 1);
        Assert.InRange(seconds, 2, 3.5);
    }

    [Fact]
    public void A_beep_is_a_machine_whatever_was_said()
    {
        var beep = Enumerable.Range(0, 4000).Select(i => KeySound.Amplitude(-10) * Math.Sin(2 * Math.PI * 1000 * i / 8000));
        var (guess, seconds) = Judge(Say(300, 500, 300).Concat(beep));
        Assert.Equal((Answerer.Machine, 0.98), (guess.By, guess.Confidence));
        Assert.InRange(seconds, 1.2, 1.4);
    }

    [Fact]
    public void Who_says_nothing_is_nobody()
    {
        Assert.Equal(Answerer.Nobody, Judge(Say(8000)).Guess.By);
        Assert.Equal(Answerer.Nobody, Judge(Say(1000, 40, 8000)).Guess.By); // a click
    }

    [Fact]
    public void A_line_that_hums_is_not_a_voice() => Assert.Equal(Answerer.Person, Judge(Say(400, 450, 4000), noise: -42).Guess.By);

    [Fact]
    public void The_longer_a_greeting_the_less_it_is_a_person()
    {
        var odds = new[] { 300, 600, 1000, 1400, 1900, 2400, 3000 }.Select(ms => Judge(Say(300, ms, 3000)).Guess).Select(g => g.By == Answerer.Person ? g.Confidence : 1 - g.Confidence).ToArray();
        Assert.Equal(odds.OrderDescending(), odds);
    }

    [Fact]
    public void The_guess_is_made_once()
    {
        var classifier = default(AnswerClassifier);
        var guesses = 0;
        for (var n = 0; n < 1000; n++)
            if (classifier.Take(default, 160, out _)) guesses++;
        Assert.Equal(1, guesses);
    }

    [Fact]
    public void A_line_that_sends_nothing_is_silent()
    {
        var watch = new AnswerWatch(0);
        for (var tick = 1; tick <= 400; tick++)
        {
            if (!watch.Tick(tick * 20_000_000L, out var guess)) continue;
            Assert.Equal(Answerer.Nobody, guess.By);
            Assert.InRange(tick * 20, 4000, 4080);
            return;
        }
        Assert.Fail("it never made up its mind");
    }

    /// <summary>As a phone that detects voice activity does: nothing is sent but the words.</summary>
    [Fact]
    public void Who_says_hello_and_sends_nothing_more_is_a_person()
    {
        var watch = new AnswerWatch(0);
        var frame = new float[160];
        LinearTable.Decode(AudioCodec.Pcmu, Line.Carry(Say(0, 20), AudioCodec.Pcmu, new(1)), frame);
        for (var tick = 1; tick <= 400; tick++)
        {
            var now = tick * 20_000_000L;
            if (tick is > 20 and <= 42 && watch.Take(ToneMeter.Measure(frame), 160, now, out _)) Assert.Fail("too soon");
            if (!watch.Tick(now, out var guess)) continue;
            Assert.Equal(Answerer.Person, guess.By);
            Assert.InRange(tick * 20, 1640, 1760);
            return;
        }
        Assert.Fail("it never made up its mind");
    }
}
