using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;

namespace CallCenter.Media.Tests.Codecs;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(11025)]
    [InlineData(16000)]
    [InlineData(22050)]
    [InlineData(44100)]
    [InlineData(48000)]
    public void A_tone_keeps_its_pitch_level_and_length(int rate)
    {
        var result = At8k(1000, rate);
        Assert.InRange(result.Length, 3999, 4000);
        var middle = result.AsSpan(400, 3200);
        Assert.InRange(Tone.Snr(middle, 1000), 60, 200);
        Assert.InRange(10 * Math.Log10(Tone.Power(middle, 1000) / (8000.0 * 8000 / 2)), -0.1, 0.1);
    }

    [Theory]
    [InlineData(16000, 5000)]
    [InlineData(44100, 4500)]
    [InlineData(48000, 12000)]
    public void What_telephony_cannot_carry_does_not_fold_back(int rate, double hz)
    {
        var level = 10 * Math.Log10(Tone.Power(At8k(hz, rate).AsSpan(400, 3200)) / (8000.0 * 8000 / 2) + 1e-12);
        Assert.InRange(level, -300, -60);
    }

    [Fact]
    public void The_band_of_telephony_passes()
    {
        foreach (var hz in new[] { 300.0, 2000, 3400 })
            Assert.InRange(10 * Math.Log10(Tone.Power(At8k(hz, 44100).AsSpan(400, 3200), hz) / (8000.0 * 8000 / 2)), -0.2, 0.2);
    }

    static short[] At8k(double hz, int rate)
    {
        var input = new float[rate / 2];
        for (var i = 0; i < input.Length; i++) input[i] = (float)(8000.0 / 32768 * Math.Sin(2 * Math.PI * hz * i / rate));
        return [.. Resampler.Resample(input, rate, 8000).Select(s => (short)Math.Round(s * 32768))];
    }
}
