using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Dtmf;

public sealed class KeyGateTests
{
    /// <summary>What is admitted of presses written as source, key and time in ms, such as <c>tone 5 100</c>.</summary>
    static string Admitted(params string[] presses)
    {
        var gate = new KeyGate();
        return string.Concat(presses.Select(p => p.Split(' ')).Where(p => gate.Admits(Enum.Parse<KeySource>(p[0], true), p[1][0], new(long.Parse(p[2]) * 1_000_000))).Select(p => p[1]));
    }

    [Fact]
    public void One_way_tells_every_press() => Assert.Equal("551", Admitted("tone 5 100", "tone 5 300", "tone 1 500"));

    [Fact]
    public void A_press_by_two_ways_is_one_in_whatever_order_they_come()
    {
        Assert.Equal("5", Admitted("tone 5 100", "info 5 150"));
        Assert.Equal("5", Admitted("info 5 100", "tone 5 150"));
        Assert.Equal("5", Admitted("event 5 100", "info 5 110", "tone 5 150"));
        Assert.Equal("5", Admitted("tone 5 100", "info 5 110", "event 5 150"));
    }

    [Fact]
    public void The_same_key_twice_by_two_ways_is_two()
    {
        Assert.Equal("55", Admitted("tone 5 100", "info 5 150", "tone 5 300", "info 5 350"));
        Assert.Equal("55", Admitted("tone 5 100", "tone 5 300", "info 5 350", "info 5 400")); // the signalling lags behind
        Assert.Equal("55", Admitted("info 5 100", "tone 5 150", "info 5 300", "tone 5 350"));
    }

    [Fact]
    public void A_word_that_comes_much_later_is_another_press() => Assert.Equal("55", Admitted("tone 5 100", "info 5 2200"));

    [Fact]
    public void The_better_way_is_believed_from_its_first_word_on() => Assert.Equal("12", Admitted("event 1 100", "tone 7 400", "event 2 600"));

    [Fact]
    public void After_a_new_settlement_tones_are_believed_again()
    {
        var gate = new KeyGate();
        Assert.True(gate.Admits(KeySource.Event, '1', new(0)));
        Assert.False(gate.Admits(KeySource.Tone, '2', new(1)));
        gate.Reset();
        Assert.True(gate.Admits(KeySource.Tone, '2', new(2)));
    }
}
