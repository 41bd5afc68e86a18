using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Dtmf;

/// <summary>ITU-T Q.24, in the figures of North America where administrations differ.</summary>
public sealed class DtmfDetectorTests
{
    static string Hear(KeySound sound, string keys, double noise = double.NegativeInfinity, int seed = 1, int lead = 100)
    {
        var chance = new Random(seed);
        var line = Enumerable.Repeat(0.0, lead).Concat(keys.SelectMany(k => sound.Say(k, chance)));
        return Line.Hear(Line.Carry(line, AudioCodec.Pcmu, chance, noise), AudioCodec.Pcmu).Names();
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma)]
    public void Every_key_is_heard_once_with_its_time(AudioCodec codec)
    {
        var chance = new Random(1);
        var heard = Line.Hear(Line.Carry(Line.Keys.SelectMany(k => new KeySound().Say(k, chance)), codec, chance), codec);
        Assert.Equal(Line.Keys, heard.Names());
        for (var i = 0; i < heard.Count; i++)
        {
            Assert.Equal(i * 1600, heard[i].From, 8 * 8.0); // within 8 ms
            Assert.Equal(i * 1600 + 800, heard[i].To, 8 * 8.0);
        }
    }

    [Fact]
    public void Our_own_keys_are_heard_as_sent()
    {
        foreach (var codec in new[] { AudioCodec.Pcmu, AudioCodec.Pcma })
            for (byte code = 0; code < 16; code++)
            {
                byte[] sound = [.. DtmfTones.Of(code, codec), .. Enumerable.Repeat(Audio.Silence(codec), 400)];
                Assert.True(DtmfKeys.TryKey(code, out var key));
                Assert.Equal([key], Line.Hear(sound, codec).Names());
            }
        Assert.True(DtmfTones.Of(16, AudioCodec.Pcmu).IsEmpty);
    }

    [Fact]
    public void Forty_milliseconds_of_tone_and_of_pause_are_enough()
    {
        for (var lead = 0; lead < 160; lead += 7)
            Assert.Equal("1590*7#DA", Hear(new(ToneMs: 40, PauseMs: 40), "1590*7#DA", seed: lead, lead: lead));
    }

    [Fact]
    public void Twenty_three_milliseconds_of_tone_are_no_key()
    {
        for (var lead = 0; lead < 160; lead += 7) Assert.Equal("", Hear(new(ToneMs: 23, PauseMs: 80), Line.Keys, seed: lead, lead: lead));
    }

    [Fact]
    public void A_break_of_ten_milliseconds_does_not_part_a_key()
    {
        var chance = new Random(1);
        for (var lead = 0; lead < 160; lead += 7)
        {
            var tone = new KeySound(PauseMs: 0).Say('5', new Random(2)).ToArray();
            tone.AsSpan(360, 80).Clear();
            Assert.Equal("5", Line.Hear(Line.Carry([.. new double[lead], .. tone, .. new double[800]], AudioCodec.Pcmu, chance), AudioCodec.Pcmu).Names());
        }
    }

    [Theory]
    [InlineData(0.015, 2, true)]
    [InlineData(-0.015, -2, true)]
    [InlineData(0.035, 0, false)]
    [InlineData(-0.035, 0, false)]
    public void Frequencies_are_right_within_one_and_a_half_percent_and_wrong_from_three_and_a_half_on(double part, double hz, bool right)
    {
        foreach (var key in Line.Keys)
        {
            var (low, high) = KeySound.Of(key);
            var both = new KeySound(LowOff: part + hz / low, HighOff: part + hz / high);
            Assert.Equal(right ? $"{key}" : "", Hear(both, $"{key}"));
            Assert.Equal(right ? $"{key}" : "", Hear(both with { LowOff = 0 }, $"{key}"));
            Assert.Equal(right ? $"{key}" : "", Hear(both with { HighOff = 0 }, $"{key}"));
        }
    }

    [Theory]
    [InlineData(-9, -5)] // the high tone 4 dB stronger
    [InlineData(-5, -13)] // 8 dB weaker
    [InlineData(0, 0)]
    [InlineData(-25, -25)]
    [InlineData(-25, -33)]
    public void Levels_and_twist_of_the_recommendation_are_heard(double low, double high) => Assert.Equal(Line.Keys, Hear(new(low, high), Line.Keys));

    [Theory]
    [InlineData(-45, -45)]
    [InlineData(-20, -8)]
    [InlineData(-8, -22)]
    [InlineData(-9, double.NegativeInfinity)]
    public void Tones_too_faint_or_too_unlike_are_no_key(double low, double high) => Assert.Equal("", Hear(new(low, high), Line.Keys));

    [Fact]
    public void Ten_thousand_keys_come_through_noise_gain_and_twist()
    {
        var chance = new Random(20);
        for (var round = 0; round < 100; round++)
        {
            var codec = round % 2 == 0 ? AudioCodec.Pcmu : AudioCodec.Pcma;
            var keys = Line.RandomKeys(chance, 100);
            var line = keys.SelectMany(k => Dialled(chance).Say(k, chance));
            var heard = Line.Hear(Line.Carry(line, codec, chance, noise: -45), codec);
            Assert.Equal(new string(keys), heard.Names());
        }
    }

    /// <summary>A hasty hand and a bad line: within what Q.24 asks for, at 15 dB above the noise at the least.</summary>
    static KeySound Dialled(Random chance)
    {
        var level = -25 + 22 * chance.NextDouble();
        var high = level - 8 + 12 * chance.NextDouble();
        return new(level, Math.Max(high, -30), chance.Next(45, 120), chance.Next(45, 120), Off(chance), Off(chance));
    }

    static double Off(Random chance) => (chance.NextDouble() - 0.5) * 0.03;

    [Fact]
    public void Keys_are_heard_above_an_echo_of_the_prompt()
    {
        var chance = new Random(3);
        var speech = new Voice(chance).Say(40);
        var keys = Line.RandomKeys(chance, 180);
        var line = keys.SelectMany(k => new KeySound(-14, -12).Say(k, chance)).Zip(speech, (key, echo) => key + echo * 0.1); // 20 dB of echo return loss
        Assert.Equal(new string(keys), Line.Hear(Line.Carry(line, AudioCodec.Pcmu, chance, -55), AudioCodec.Pcmu).Names());
    }

    /// <summary>It was heard as misses of the one before until they were enough to end that: it must not begin behind them only.</summary>
    [Fact]
    public void A_key_that_ends_another_behind_a_lost_pause_is_suspected_from_its_first_packet_on()
    {
        var chance = new Random(1);
        var detector = new DtmfDetector();
        var told = new List<byte>();
        Say(new KeySound(PauseMs: 20).Say('6', chance));
        detector.Lose(3 * DtmfDetector.Piece, 3 * DtmfDetector.Piece);
        Say(new KeySound(ToneMs: Audio.FrameMs, PauseMs: 0).Say('B', chance));
        Assert.Equal([6], told);
        Assert.True(detector.Suspects);

        void Say(IEnumerable<double> sound)
        {
            foreach (var piece in sound.Select(s => (float)s).Chunk(DtmfDetector.Piece))
                if (detector.Take(piece, out var ended)) told.Add(ended.Code);
        }
    }
}
