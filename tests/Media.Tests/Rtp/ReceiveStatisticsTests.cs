using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Rtp;

public sealed class ReceiveStatisticsTests
{
    static ReceiveStatistics After(params ushort[] sequences)
    {
        var statistics = default(ReceiveStatistics);
        foreach (var s in sequences) statistics.Update(1, s, s * 160u, s * 160u);
        return statistics;
    }

    [Fact]
    public void Sequence_wraps_into_cycles() => Assert.Equal(0x10001u, After(65534, 65535, 0, 1).ExtendedHighest);

    [Fact]
    public void Missing_packets_are_lost_until_they_come_late()
    {
        Assert.Equal(2, After(1, 2, 5).Lost);
        Assert.Equal(1, After(1, 2, 5, 4).Lost);
    }

    [Fact]
    public void Duplicates_make_the_loss_negative() => Assert.Equal(-1, After(1, 2, 2).Lost);

    [Fact]
    public void Fraction_lost_counts_from_report_to_report()
    {
        var statistics = After(1, 2, 3, 5);
        Assert.Equal(256 / 5, statistics.TakeFractionLost());
        statistics.Update(1, 6, 0, 0);
        Assert.Equal(0, statistics.TakeFractionLost());
    }

    [Fact]
    public void A_wild_sequence_is_believed_only_when_the_next_follows_it()
    {
        var statistics = After(1, 2);
        Assert.Equal(SequenceVerdict.Rejected, statistics.Update(1, 30000, 0, 0));
        Assert.Equal(SequenceVerdict.Accepted, statistics.Update(1, 3, 0, 0));
        Assert.Equal(SequenceVerdict.Rejected, statistics.Update(1, 40000, 0, 0));
        Assert.Equal(SequenceVerdict.Restarted, statistics.Update(1, 40001, 0, 0));
    }

    [Fact]
    public void Another_ssrc_begins_anew_and_keeps_the_sums()
    {
        var statistics = After(1, 2, 5);
        Assert.Equal(SequenceVerdict.Restarted, statistics.Update(2, 900, 0, 0));
        Assert.Equal(SequenceVerdict.Accepted, statistics.Update(2, 901, 160, 160));
        Assert.Equal((5ul, 2ul, 0), (statistics.Received, statistics.TotalLost, statistics.Lost));
    }

    [Fact]
    public void Steady_arrival_has_no_jitter() => Assert.Equal(0u, After([.. Enumerable.Range(0, 100).Select(i => (ushort)i)]).Jitter);

    [Fact]
    public void Jitter_tends_to_the_mean_difference_of_transit_times()
    {
        var statistics = default(ReceiveStatistics);
        for (ushort i = 0; i < 1000; i++) statistics.Update(1, i, i * 160u, i * 160u + (uint)(i % 2) * 80); // each differs by 10 ms from the last
        Assert.InRange(statistics.Jitter, 72u, 80u);
    }

    [Fact]
    public void A_timeline_that_stood_still_on_hold_is_no_jitter()
    {
        var statistics = default(ReceiveStatistics);
        for (ushort i = 0; i < 100; i++) statistics.Update(1, i, i * 160u, i * 160u + (i < 50 ? 0u : 80_000u) + (uint)(i % 2) * 8);
        Assert.Equal((98ul, 98ul * 8), statistics.TransitChanges); // all but the one at the jump
        Assert.Equal((98u, 8u, 8u, 8u, 0u), (statistics.TakeSpread() is var s ? s.Count : 0, s.Least, s.Most, s.Mean, s.Deviation));
        Assert.Equal(0u, statistics.TakeSpread().Count);
    }

    [Fact]
    public void Late_and_doubled_packets_are_judged_by_number()
    {
        var pattern = After(65_533, 65_535, 0, 65_534, 0, 2).Pattern; // over the wrap
        Assert.Equal((5ul, 1ul, 1ul), (pattern.ReceivedByNow, pattern.LostByNow, pattern.Duplicates));
    }

    [Fact]
    public void Key_presses_repeat_a_timestamp_without_counting_as_jitter()
    {
        var statistics = default(ReceiveStatistics);
        for (ushort i = 0; i < 10; i++) statistics.Update(1, i, 0, i * 160u, timed: i == 0);
        Assert.Equal(0u, statistics.Jitter);
    }
}
