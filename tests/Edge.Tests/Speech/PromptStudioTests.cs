using CallCenter.Contracts.Media;
using CallCenter.Domain.Prompts;
using CallCenter.Edge.Speech;
using CallCenter.Kit.Media;

namespace CallCenter.Edge.Tests.Speech;

public sealed class PromptStudioTests
{
    sealed class Silent : ISpeech
    {
        public Items<string> Languages => [];

        public Task<ReadOnlyMemory<byte>?> Speak(string text, string language, CancellationToken stop = default) => Task.FromResult<ReadOnlyMemory<byte>?>(null);
    }

    static PromptStudio Studio() => new(new MemoryBlobs(), new NoCipher(), new Silent());

    static byte[] Sound(int rate, int channels, double seconds) => new Wav(rate, channels, new short[(int)(rate * channels * seconds)]).ToBytes();

    [Theory]
    [InlineData(8000, 1)]
    [InlineData(44_100, 2)]
    [InlineData(11_025, 1)]
    public async Task A_file_of_any_rate_becomes_the_telephones(int rate, int channels)
    {
        using var studio = Studio();
        var take = await studio.Convert(Sound(rate, channels, 2), TestContext.Current.CancellationToken);
        Assert.Null(take.Fault);
        Assert.InRange(take.DurationMs, 1998, 2002);
        Assert.Equal((8000, 1), (Wav.Read(take.Sound.Span).Rate, Wav.Read(take.Sound.Span).Channels));
    }

    [Fact]
    public async Task What_is_no_sound_is_cut_off_or_lasts_too_long_is_refused_with_its_reason()
    {
        using var studio = Studio();
        var stop = TestContext.Current.CancellationToken;
        Assert.Equal("is not a WAV file", (await studio.Convert("<svg onload=alert(1)>"u8.ToArray(), stop)).Fault);
        Assert.Equal("is not a WAV file", (await studio.Convert(default, stop)).Fault);
        Assert.Equal("is cut off: it tells of more sound than it holds", (await studio.Convert(Sound(8000, 1, 1).AsMemory(0, 1000), stop)).Fault);
        Assert.Equal("holds no sound", (await studio.Convert(Sound(8000, 1, 0), stop)).Fault);
        Assert.Equal("is longer than 10 minutes", (await studio.Convert(Sound(4000, 1, 601), stop)).Fault);
        Assert.Equal("is larger than 10 MB", (await studio.Convert(new byte[PromptSettings.LargestFile + 1], stop)).Fault);
        Assert.Equal("could not be spoken", (await studio.Speak("hello", "en", stop)).Fault);
    }

    [Fact]
    public async Task A_kept_sound_is_opened_again_until_it_is_deleted()
    {
        using var studio = Studio();
        var (acme, stop) = (new TenantId("acme"), TestContext.Current.CancellationToken);
        var first = await studio.Keep(acme, "tune", new byte[] { 1 }, stop);
        var second = await studio.Keep(acme, "tune", new byte[] { 2 }, stop);
        await studio.Delete(acme, "tune", first, stop);
        Assert.Null(await studio.Open(acme, "tune", first, stop));
        Assert.Equal([2], (await studio.Open(acme, "tune", second, stop))!.Value.ToArray());
        await studio.Delete(acme, "tune", file: null, stop);
        Assert.Null(await studio.Open(acme, "tune", second, stop));
    }
}
