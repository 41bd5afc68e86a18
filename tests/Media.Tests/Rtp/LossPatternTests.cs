using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Rtp;

public sealed class LossPatternTests
{
    static LossPattern After(IEnumerable<int> numbers)
    {
        var pattern = default(LossPattern);
        foreach (var n in numbers) pattern.Take((uint)n);
        return pattern;
    }

    /// <summary>Numbers from 0 up to the count, without some.</summary>
    static IEnumerable<int> Without(int count, params int[] lost) => Enumerable.Range(0, count).Except(lost);

    [Fact]
    public void What_is_missing_is_lost_when_it_is_older_than_anybody_waits()
    {
        Assert.Equal((0ul, 1ul), (After(Without(70, 6)).Lost, After(Without(71, 6)).Lost));
        Assert.Equal((1ul, 69ul), (After(Without(70, 6)).LostByNow, After(Without(70, 6)).ReceivedByNow));
    }

    [Fact]
    public void Order_does_not_matter_within_the_patience()
    {
        var random = new Random(7);
        var shuffled = Enumerable.Range(1, 2000).Where(_ => random.Next(5) > 0).Select(n => (n, at: n + random.Next(30))).OrderBy(p => p.at).Select(p => p.n).ToList();
        var pattern = After([0, .. shuffled]);
        Assert.Equal(((ulong)shuffled.Count + 1, (ulong)(shuffled.Max() - shuffled.Count)), (pattern.ReceivedByNow, pattern.LostByNow));
    }

    [Fact]
    public void What_comes_twice_hides_no_loss()
    {
        var pattern = After([0, 1, 1, 1, 3, 3]);
        Assert.Equal((1ul, 3ul), (pattern.LostByNow, pattern.Duplicates));
    }

    [Fact]
    public void What_comes_too_late_stays_lost() => Assert.Equal((1ul, 200ul), (After([.. Without(201, 50), 50]).LostByNow, After([.. Without(201, 50), 50]).ReceivedByNow));

    [Fact]
    public void Losses_in_a_row_are_one_run()
    {
        Assert.Equal(3ul, After(Without(20, 2, 5, 6, 7, 9)).RunsByNow);
        Assert.Equal(3ul, After(Without(200, 2, 5, 6, 7, 9)).Runs);
        Assert.Equal(2ul, After(Without(100, [.. Enumerable.Range(10, 50), 70])).RunsByNow); // the first is half judged
    }

    [Fact]
    public void A_long_hole_is_all_lost()
    {
        var pattern = After([0, 1, 1000, 1001]);
        Assert.Equal((4ul, 998ul, 1ul), (pattern.ReceivedByNow, pattern.LostByNow, pattern.RunsByNow));
    }

    [Fact]
    public void A_new_source_goes_on_with_the_sums()
    {
        var pattern = After(Without(10, 5));
        pattern.Restart();
        Assert.Equal((9ul, 1ul), (pattern.Received, pattern.Lost));
        pattern.Take(5_000_000);
        Assert.Equal((10ul, 1ul), (pattern.ReceivedByNow, pattern.LostByNow));
    }

    [Fact]
    public void Losses_close_to_each_other_are_a_burst_and_a_lone_one_is_not()
    {
        var pattern = After(Without(400, 20, 100, 103, 104, 119, 200)); // 119 is 14 packets after 104
        Assert.Equal((1u, 20ul, 4ul), (pattern.Bursts, pattern.BurstPackets, pattern.BurstLosses));
    }

    [Fact]
    public void Sixteen_good_packets_end_a_burst()
    {
        Assert.Equal(0u, After(Without(400, 100, 117)).Bursts);
        Assert.Equal((1u, 17ul), (After(Without(400, 100, 116)).Bursts, After(Without(400, 100, 116)).BurstPackets));
    }

    [Fact]
    public void Sums_agree_with_counting_over_random_streams()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var came = Enumerable.Range(0, 700).Select(n => n is 0 or 699 || random.Next(100) > seed).ToArray();
            var runs = Enumerable.Range(1, 699).Count(n => !came[n] && came[n - 1]);
            var pattern = After(Enumerable.Range(0, 700).Where(n => came[n]));
            Assert.Equal(((ulong)came.Count(c => !c), (ulong)came.Count(c => c), (ulong)runs), (pattern.LostByNow, pattern.ReceivedByNow, pattern.RunsByNow));
        }
    }
}
