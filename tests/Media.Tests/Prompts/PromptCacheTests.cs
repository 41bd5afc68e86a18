using CallCenter.Media.Prompts;

namespace CallCenter.Media.Tests.Prompts;

public sealed class PromptCacheTests
{
    static PromptAudio Audio(int samples) => PromptAudio.FromSamples(new float[samples], 8000);

    [Fact]
    public void The_least_recently_used_goes_when_it_gets_tight()
    {
        var cache = new PromptCache<string>(3000);
        foreach (var key in new[] { "a", "b", "c" }) cache.Put(key, Audio(1000));
        Assert.True(cache.TryGet("a", out _));
        cache.Put("d", Audio(1000));
        Assert.Equal([true, false, true, true], new[] { "a", "b", "c", "d" }.Select(k => cache.TryGet(k, out _)));
    }

    [Fact]
    public void The_same_key_holds_the_newer_one_and_a_huge_one_is_still_kept()
    {
        var cache = new PromptCache<string>(100);
        cache.Put("a", Audio(50));
        cache.Put("a", Audio(60));
        Assert.True(cache.TryGet("a", out var audio));
        Assert.Equal(60, audio.Samples);
        cache.Put("b", Audio(5000));
        Assert.True(cache.TryGet("b", out _));
        Assert.False(cache.TryGet("a", out _));
    }
}
