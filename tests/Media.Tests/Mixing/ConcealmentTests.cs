using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;
using CallCenter.Media.Tests.Codecs;

namespace CallCenter.Media.Tests.Mixing;

public sealed class ConcealmentTests
{
    const int Frame = Audio.FrameSamples;

    /// <summary>What is heard 40 ms later of speech of which some packets are lost.</summary>
    static short[] Heard(short[] said, Func<int, bool> isLost)
    {
        var ring = new SpeechRing();
        var heard = new short[said.Length];
        var (codes, sum) = (new byte[Frame], new int[Frame]);
        for (var n = 0; n < said.Length / Frame; n++)
        {
            var now = n * 20 * MediaClock.PerMillisecond;
            G711.Encode(AudioCodec.Pcmu, said.AsSpan(n * Frame, Frame), codes);
            if (!isLost(n)) ring.Take(new(false, 0, (ushort)n, (uint)(n * Frame), 7, 12, Frame), codes, AudioCodec.Pcmu, now);
            sum.AsSpan().Clear();
            ring.AddTo(sum, now + 2 * MediaClock.PerMillisecond, since: 0); // 2 ms behind the arrival
            for (var i = 0; i < Frame; i++)
                if (n * Frame + i - SpeechRing.Delay + 16 is var at && at >= 0) heard[at] = (short)sum[i];
        }
        return heard[..^(2 * Frame)];
    }

    /// <summary>Distance of the spectra in dB, as the mean over windows of 10 ms with speech in them.</summary>
    static double SpectralDistance(ReadOnlySpan<short> said, ReadOnlySpan<short> heard)
    {
        const int window = 80;
        var (sum, frames) = (0.0, 0);
        for (var at = 0; at + window <= heard.Length; at += window / 2)
        {
            var (a, b) = (Spectrum(said.Slice(at, window)), Spectrum(heard.Slice(at, window)));
            if (Tone.Power(said.Slice(at, window)) < 200 * 200) continue;
            sum += Math.Sqrt(a.Zip(b).Average(p => (p.First - p.Second) * (p.First - p.Second)));
            frames++;
        }
        return sum / frames;
    }

    /// <summary>dB of 8 bands of 500 Hz, above the noise of a quiet line.</summary>
    static double[] Spectrum(ReadOnlySpan<short> samples)
    {
        var shaped = new short[samples.Length];
        for (var i = 0; i < shaped.Length; i++) shaped[i] = (short)(samples[i] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / shaped.Length)));
        return [.. Enumerable.Range(0, 8).Select(band => 10 * Math.Log10(100 + Enumerable.Range(0, 5).Sum(k => Tone.Power(shaped, 50 + 500 * band + 100 * k))))];
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void Concealed_speech_is_nearer_to_what_was_said_than_silence(int lossPercent)
    {
        var said = Voices.Speech(TimeSpan.FromSeconds(20));
        var random = new Random(lossPercent);
        var lost = Enumerable.Range(0, said.Length / Frame).Select(_ => random.Next(100) < lossPercent).ToArray();
        var whole = Heard(said, _ => false);
        var concealed = Heard(said, n => lost[n]);
        var silenced = whole.Select((s, i) => lost[Math.Min(i / Frame, lost.Length - 1)] ? (short)0 : s).ToArray();
        var (better, worse) = (SpectralDistance(whole, concealed), SpectralDistance(whole, silenced));
        Assert.InRange(better, 0, worse / 2);
        var lostOnly = Enumerable.Range(0, whole.Length / Frame).Where(n => lost[n]).ToArray();
        short[] Of(short[] all) => [.. lostOnly.SelectMany(n => all[(n * Frame)..((n + 1) * Frame)])];
        Assert.InRange(Voices.SegmentalSnr(Of(whole), Of(concealed)), 1, 35); // of silence it is 0
    }

    [Theory]
    [InlineData(80)]
    [InlineData(125)]
    [InlineData(180)]
    [InlineData(330)]
    public void A_voice_goes_on_at_its_pitch(double hz)
    {
        var said = new short[Concealment.History];
        for (var i = 0; i < said.Length; i++) said[i] = (short)(6000 * Math.Sin(2 * Math.PI * hz * i / 8000) + 3000 * Math.Sin(6 * Math.PI * hz * i / 8000));
        var concealment = new Concealment();
        concealment.Begin(said);
        for (var i = 0; i < 80; i++)
        {
            var at = said.Length + i;
            var expected = 6000 * Math.Sin(2 * Math.PI * hz * at / 8000) + 3000 * Math.Sin(6 * Math.PI * hz * at / 8000);
            Assert.InRange(concealment.Next() - expected, -4000, 4000);
        }
    }

    [Fact]
    public void It_fades_and_ends_after_60_ms_without_a_click()
    {
        var concealment = new Concealment();
        concealment.Begin(Tone.Make(100, TimeSpan.FromMilliseconds(1000.0 * Concealment.History / 8000)));
        var made = Enumerable.Range(0, 600).Select(_ => concealment.Next()).ToArray();
        Assert.True(made[..80].Max() > 7000);
        Assert.True(made[240..320].Max() < 5500);
        Assert.All(made[480..], s => Assert.Equal(0, s));
        Assert.All(made.Zip(made.Skip(1)), pair => Assert.InRange(Math.Abs(pair.Second - pair.First), 0, 800)); // at 100 Hz: 630 a sample
    }

    [Fact]
    public void Silence_and_full_scale_go_on_as_they_were()
    {
        var concealment = new Concealment();
        concealment.Begin(new short[Concealment.History]);
        Assert.All(Enumerable.Range(0, 600), _ => Assert.Equal(0, concealment.Next()));
        var loud = new short[Concealment.History];
        for (var i = 0; i < loud.Length; i++) loud[i] = i / 40 % 2 == 0 ? short.MaxValue : short.MinValue;
        concealment.Begin(loud);
        Assert.All(Enumerable.Range(0, 79), _ => Assert.InRange(Math.Abs((int)concealment.Next()), 20_000, 32_768));
    }
}
