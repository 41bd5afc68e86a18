using CallCenter.Media.Mixing;

namespace CallCenter.Media.Tests.Mixing;

public sealed class MixerTests
{
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
