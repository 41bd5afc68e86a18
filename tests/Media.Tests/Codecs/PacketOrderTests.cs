using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Codecs;

public sealed class PacketOrderTests
{
    const long Ms = MediaClock.PerMillisecond;

    readonly PacketOrder order = new();
    readonly List<(int Number, int Missing)> told = [];

    void Put(int number, long at, bool isKey = false)
    {
        byte[] payload = isKey ? [] : [(byte)number];
        order.Put(new(false, 9, (ushort)number, (uint)number * 160, 7, 12, payload.Length), payload, at);
        Look(at);
    }

    void Look(long at)
    {
        while (order.TryTake(at, out var header, out var payload, out var missing))
        {
            if (payload.Length > 0) Assert.Equal((byte)header.Sequence, payload[0]);
            told.Add((header.Sequence, missing));
        }
    }

    [Fact]
    public void What_comes_in_order_is_told_at_once_past_the_end_of_16_bits()
    {
        for (var n = 65_500; n < 65_600; n++) Put(n, n * 20 * Ms);
        Assert.Equal(Enumerable.Range(65_500, 100).Select(n => (n & 0xFFFF, 0)), told);
    }

    [Fact]
    public void A_loss_is_told_with_the_packet_behind_it_and_delays_nothing_on_a_line_where_none_comes_late()
    {
        Put(1, 0);
        Put(4, 60 * Ms);
        Assert.Equal([(1, 0), (4, 2)], told);
    }

    [Fact]
    public void A_key_takes_a_number_but_is_no_loss()
    {
        Put(1, 0);
        Put(2, 20 * Ms, isKey: true);
        Put(3, 40 * Ms);
        Assert.Equal([(1, 0), (2, 0), (3, 0)], told);
    }

    [Fact]
    public void After_one_came_late_the_next_is_waited_for_as_long()
    {
        Put(1, 0);
        Put(3, 40 * Ms);
        Put(2, 70 * Ms); // given up already
        told.Clear();
        Put(5, 100 * Ms);
        Assert.Empty(told);
        Put(4, 125 * Ms);
        Assert.Equal([(4, 0), (5, 0)], told);
        told.Clear();
        Put(7, 140 * Ms);
        Look(160 * Ms);
        Assert.Empty(told);
        Look(175 * Ms);
        Assert.Equal([(7, 1)], told);
    }

    [Fact]
    public void A_packet_that_comes_twice_or_after_it_was_given_up_is_told_once_or_never()
    {
        Put(1, 0);
        Put(1, 0);
        Put(3, 40 * Ms);
        Put(2, 60 * Ms);
        Put(3, 60 * Ms);
        Assert.Equal([(1, 0), (3, 1)], told);
    }

    [Fact]
    public void A_new_sequence_begins_at_once()
    {
        Put(1, 0);
        Put(30_000, 20 * Ms);
        Put(30_001, 40 * Ms);
        Assert.Equal([(1, 0), (30_000, 0), (30_001, 0)], told);
    }

    [Fact]
    public void Jitter_of_100_ms_disorders_nothing_that_is_told()
    {
        var random = new Random(5);
        var arrivals = Enumerable.Range(0, 3000).Select(n => (Number: n, At: n * 20 * Ms + random.NextInt64(100 * Ms))).OrderBy(p => p.At).ToArray();
        foreach (var (number, at) in arrivals) Put(number, at);
        Look(long.MaxValue / 2);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.Second.Number > pair.First.Number));
        Assert.InRange(told.Count(t => t.Number > 100), 2900 * 0.95, 2900); // after the first two seconds it knows how late they may be
    }

    [Fact]
    public void Any_packets_are_taken()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var payload = new byte[random.Next(2000)];
            order.Put(new(false, 9, (ushort)random.Next(random.Next(2) == 0 ? 40 : 65_536), 0, (uint)random.Next(2), 12, payload.Length), payload, i * Ms);
            while (order.TryTake(i * Ms, out _, out _, out var missing)) Assert.InRange(missing, 0, 15);
        }
    }
}
