using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Srtp;

public sealed class WindowTests
{
    [Theory]
    [InlineData(0x0_0005, 6, 0x0_0006)]
    [InlineData(0x0_FFFF, 0, 0x1_0000)]     // the roll-over
    [InlineData(0x1_0000, 0xFFFF, 0x0_FFFF)] // a late one of the round before
    [InlineData(0x0_FFFE, 3, 0x1_0003)]      // lost across the roll-over
    [InlineData(0x0_0002, 0xFFFF, 0x0_FFFF)] // before the first round there is none
    [InlineData(0x5_7FFF, 0xFFFF, 0x5_FFFF)] // the farthest ahead
    [InlineData(0x5_8000, 0x0000, 0x5_0000)] // the farthest behind
    [InlineData(0x5_8001, 0x0000, 0x6_0000)]
    [InlineData(0x5_7FFE, 0xFFFF, 0x4_FFFF)]
    [InlineData(0xFFFF_FFFF_0001, 2, 0xFFFF_FFFF_0002)]
    public void An_index_is_guessed_as_the_nearest_one(ulong highest, ushort sequence, ulong expected) => Assert.Equal(expected, PacketIndex.Guess(highest, sequence));

    [Fact]
    public void An_index_is_admitted_once_and_none_that_is_128_behind()
    {
        var window = new ReplayWindow(1000);
        Assert.False(window.Admits(1000));
        Assert.True(window.Admits(873));
        Assert.False(window.Admits(872));
        window.Note(873);
        Assert.False(window.Admits(873));
        window.Note(1001);
        Assert.Equal((false, false, true), (window.Admits(1000), window.Admits(873), window.Admits(874)));
        window.Note(1128);
        Assert.Equal((false, true), (window.Admits(1001), window.Admits(1002)));
        window.Note(5000);
        Assert.Equal((false, true, false), (window.Admits(5000), window.Admits(4999), window.Admits(1128)));
    }

    [Fact]
    public void A_window_admits_what_a_plain_set_would()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var dice = new Random(seed);
            var (window, used, highest) = (new ReplayWindow(500), new HashSet<ulong> { 500 }, 500UL);
            for (var i = 0; i < 2000; i++)
            {
                var index = dice.Next(20) == 0 ? highest + (ulong)dice.Next(300) : highest + 3 - (ulong)dice.Next(140);
                var admits = !used.Contains(index) && index + 128 > highest;
                Assert.Equal(admits, window.Admits(index));
                if (!admits || dice.Next(4) == 0) continue;
                window.Note(index);
                used.Add(index);
                highest = Math.Max(highest, index);
            }
        }
    }
}
