using CallCenter.Media.Codecs;
using CallCenter.Media.Tests.Dtmf;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Tests.Tones;

public sealed class FaxTonesTests
{
    static IEnumerable<double> Tone(double hz, int ms, double dBm0 = -12) => Enumerable.Range(0, ms * 8).Select(i => KeySound.Amplitude(dBm0) * Math.Sin(2 * Math.PI * hz * i / 8000));

    static IEnumerable<double> Silence(int ms) => Enumerable.Repeat(0.0, ms * 8);

    static List<(FaxTone Tone, double Seconds)> Hear(IEnumerable<double> sound, double noise = -60, Func<int, bool>? comes = null)
    {
        var chance = new Random(1);
        var codes = Line.Carry(sound, AudioCodec.Pcmu, chance, noise);
        var fax = default(FaxTones);
        List<(FaxTone, double)> heard = [];
        var frame = new float[160];
        for (var n = 0; (n + 1) * 160 <= codes.Length; n++)
        {
            if (comes?.Invoke(n) == false)
            {
                fax.Lose(160);
                continue;
            }
            LinearTable.Decode(AudioCodec.Pcmu, codes.AsSpan(n * 160, 160), frame);
            if (fax.Take(ToneMeter.Measure(frame), 160, out var tone)) heard.Add((tone, (n + 1) / 50.0));
        }
        return heard;
    }

    static IEnumerable<double> Cng(double hz = 1100, int on = 500, int off = 3000, double dBm0 = -12) => Silence(310).Concat(Tone(hz, on, dBm0)).Concat(Silence(off));

    [Theory]
    [InlineData(1100, 500, 3000, -12)]
    [InlineData(1062, 430, 2600, -12)]
    [InlineData(1138, 570, 3400, -12)]
    [InlineData(1100, 500, 3000, -40)]
    public void A_calling_fax_is_known_by_its_first_burst(double hz, int on, int off, double level)
    {
        var (tone, seconds) = Assert.Single(Hear(Cng(hz, on, off, level)));
        Assert.Equal(FaxTone.Calling, tone);
        Assert.InRange(seconds, 1.3 + on / 1000.0, 1.4 + on / 1000.0);
    }

    [Fact]
    public void It_is_known_through_noise_and_loss()
    {
        Assert.Single(Hear(Cng(), noise: -28)); // 16 dB
        Assert.Equal([FaxTone.Calling], Hear(Cng(), comes: n => n % 20 != 17).Select(h => h.Tone));
    }

    [Theory]
    [InlineData(2100, -12)]
    [InlineData(2085, -30)]
    [InlineData(2115, -12)]
    public void An_answering_fax_is_known_after_two_seconds(double hz, double level)
    {
        var (tone, seconds) = Assert.Single(Hear(Silence(200).Concat(Tone(hz, 3000, level)).Concat(Silence(500))));
        Assert.Equal(FaxTone.Answering, tone);
        Assert.InRange(seconds, 2.15, 2.4);
    }

    [Fact]
    public void It_is_known_where_its_level_wavers_and_its_phase_turns()
    {
        var sound = Enumerable.Range(0, 3000 * 8).Select(i => KeySound.Amplitude(-12) * (1 + 0.2 * Math.Sin(2 * Math.PI * 15 * i / 8000)) * (i / 3600 % 2 == 0 ? 1 : -1) * Math.Sin(2 * Math.PI * 2100 * i / 8000));
        Assert.Equal([FaxTone.Answering], Hear(Silence(100).Concat(sound)).Select(h => h.Tone));
    }

    public static TheoryData<string> NoFax => ["short", "long", "high", "goes on", "voice", "music", "dies away"];

    [Theory, MemberData(nameof(NoFax))]
    public void Other_sounds_are_no_fax(string what) => Assert.Empty(Hear(what switch
    {
        "short" => Cng(on: 300),
        "long" => Cng(on: 800),
        "high" => Cng(hz: 1209),
        "goes on" => Silence(100).Concat(Tone(1100, 500)).Concat(Silence(300)).Concat(Tone(1300, 500)).Concat(Silence(3000)),
        "voice" => new Voice(new(5)).Say(120),
        "music" => new Band(new(6)).Play(120),
        "dies away" => Tone(2093, 4000).Select((s, i) => s * Math.Exp(-i / 4000.0)),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    }));
}
