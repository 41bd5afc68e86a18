using CallCenter.Media.Codecs;
using CallCenter.Media.Mixing;

namespace CallCenter.Media.Tests.Mixing;

public sealed class MixerTests
{
    [Fact]
    public void What_was_said_before_one_may_hear_it_is_not_heard()
    {
        var (ring, codes, frame) = (new SpeechRing(), new byte[160], new byte[160]);
        for (var n = 0; n < 10; n++) ring.Take(new(false, 0, (ushort)n, (uint)(n * 160), 1, 12, 160), codes, AudioCodec.Pcmu, n * 20_000_000L);
        var since = ring.End;
        Mixer.Fill([new(ring, 0), new(ring, since)], 220_000_000, frame, AudioCodec.Pcmu); // reads up to 200 ms, the end of the tenth
        Assert.All(frame, b => Assert.NotEqual(Audio.Silence(AudioCodec.Pcmu), b));
        Mixer.Fill([new(ring, since)], 220_000_000, frame, AudioCodec.Pcmu);
        Assert.All(frame, b => Assert.Equal(Audio.Silence(AudioCodec.Pcmu), b));
    }

    [Fact]
    public void The_sum_is_exact_up_to_the_knee_then_bent_and_never_wraps()
    {
        var last = short.MinValue;
        for (var sum = -20 * 32768; sum <= 20 * 32767; sum++)
        {
            var limited = Mixer.Limit(sum);
            Assert.True(limited >= last, $"falls at {sum}");
            if (Math.Abs(sum) <= 24_576) Assert.Equal(sum, limited);
            last = limited;
        }
        Assert.InRange(last, 32_300, short.MaxValue);
        Assert.Equal(-last, Mixer.Limit(-20 * 32767));
    }
}
