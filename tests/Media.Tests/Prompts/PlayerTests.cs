using CallCenter.Media.Codecs;
using CallCenter.Media.Prompts;

namespace CallCenter.Media.Tests.Prompts;

public sealed class PlayerTests
{
    /// <summary>A prompt whose every sample has one level, to be told apart.</summary>
    static PromptAudio Flat(int samples, float level) => PromptAudio.FromSamples(Enumerable.Repeat(level, samples).ToArray(), 8000);

    static byte Code(float level) => G711.Encode(AudioCodec.Pcmu, (short)(level * 32768));

    static List<byte> Drain(Play play, int frames = 1000)
    {
        var player = default(Player);
        player.Begin(play);
        List<byte> all = [];
        var frame = new byte[160];
        for (var i = 0; i < frames && player.TryFill(frame, AudioCodec.Pcmu); i++) all.AddRange(frame);
        return all;
    }

    [Fact]
    public void Sources_follow_each_other_without_a_gap_and_end_in_silence()
    {
        var all = Drain(new(new(1), [Flat(100, .5f), Flat(150, .25f)]));
        Assert.Equal([.. Enumerable.Repeat(Code(.5f), 100), .. Enumerable.Repeat(Code(.25f), 150), .. Enumerable.Repeat((byte)0xFF, 70)], all);
    }

    [Fact]
    public void A_loop_goes_round_without_a_gap()
    {
        var all = Drain(new(new(1), [Flat(50, .5f), Flat(30, .25f)], Loop: true), frames: 10);
        Assert.Equal(Enumerable.Range(0, 1600).Select(i => i % 80 < 50 ? Code(.5f) : Code(.25f)), all);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 50)]
    [InlineData(120, 120)]
    [InlineData(170, 10)] // of a loop of 160 samples: the second pass
    public void A_play_goes_on_where_it_was_left(int start, int position)
    {
        var player = default(Player);
        player.Begin(new(new(1), [Flat(100, .5f), Flat(60, .25f)], Loop: true, Start: start));
        Assert.Equal(position, player.Position);
    }

    [Fact]
    public void A_play_is_done_with_its_last_sample_and_a_loop_never()
    {
        var player = default(Player);
        var frame = new byte[160];
        player.Begin(new(new(1), [Flat(320, .5f)]));
        Assert.True(player.TryFill(frame, AudioCodec.Pcma));
        Assert.False(player.IsDone);
        Assert.True(player.TryFill(frame, AudioCodec.Pcma));
        Assert.True(player.IsDone);
        player.Begin(new(new(2), [Flat(320, .5f)], Loop: true));
        for (var i = 0; i < 100; i++) Assert.True(player.TryFill(frame, AudioCodec.Pcma));
        Assert.False(player.IsDone);
    }

    [Fact]
    public void A_loop_of_nothing_ends_instead_of_spinning()
    {
        Assert.Empty(Drain(new(new(1), [], Loop: true)));
        Assert.Empty(Drain(new(new(1), [PromptAudio.Empty, PromptAudio.Empty], Loop: true)));
    }
}
