using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Rtp;

public sealed class OutgoingStreamTests
{
    const long Ms = 1_000_000, Frame = 20 * Ms;
    static readonly object caller = new(), agent = new();

    static RtpHeader In(int n, uint ssrc = 7, ushort sequenceBase = 65530, uint timestampBase = uint.MaxValue - 400) =>
        new(false, 0, (ushort)(sequenceBase + n), timestampBase + (uint)n * 160, ssrc, 12, 160);

    [Fact]
    public void Generated_packets_follow_each_other_and_the_first_is_marked()
    {
        var stream = OutgoingStream.Start(1, 65535, uint.MaxValue - 159);
        Assert.True(stream.TryGenerate(0, 160, out var first));
        Assert.True(stream.TryGenerate(Frame, 160, out var second));
        Assert.Equal(new(65535, uint.MaxValue - 159, true), first);
        Assert.Equal(new(0, 0, false), second);
    }

    [Fact]
    public void Music_then_a_peer_then_another_peer_is_one_stream()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        List<OutgoingPacket> sent = [];
        var now = 0L;
        for (var i = 0; i < 5; i++, now += Frame) sent.Add(Generated(ref stream, now));
        for (var i = 0; i < 5; i++, now += Frame) sent.Add(Relayed(ref stream, caller, In(i), now));
        for (var i = 0; i < 5; i++, now += Frame) sent.Add(Relayed(ref stream, agent, In(i, ssrc: 8, sequenceBase: 9, timestampBase: 5), now));
        for (var i = 0; i < 5; i++, now += Frame) sent.Add(Generated(ref stream, now));
        for (var i = 0; i < sent.Count; i++)
            Assert.Equal(new((ushort)(100 + i), 1000 + 160 * (uint)i, i % 5 == 0), sent[i]);
    }

    [Fact]
    public void Loss_and_order_of_a_peer_stay_visible()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        var numbers = new[] { 0, 1, 4, 3, 5 }.Select(n => Relayed(ref stream, caller, In(n), n * Frame)).ToList();
        Assert.Equal([100, 101, 104, 103, 105], numbers.Select(p => (int)p.Sequence));
        Assert.Equal([1000u, 1160, 1640, 1480, 1800], numbers.Select(p => p.Timestamp));
    }

    [Fact]
    public void A_packet_older_than_the_switch_is_dropped_since_its_number_is_taken()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        Relayed(ref stream, caller, In(5), 0);
        Assert.False(stream.TryRelay(caller, In(4), 160, Ms, out _));
    }

    [Fact]
    public void A_pause_of_nothing_moves_the_timestamp_with_time()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        Generated(ref stream, 0);
        Assert.Equal(new(101, 1000 + 8000, true), Generated(ref stream, 1000 * Ms));
    }

    [Fact]
    public void A_burst_after_a_jam_does_not_make_the_stream_later_for_good()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        var now = 0L;
        var n = 0;
        for (; n < 50; n++, now += Frame) Relayed(ref stream, caller, In(n), now);
        for (var jam = 0; jam < 20; jam++)
        {
            var late = now + 100 * Ms;
            for (var t = now + 60 * Ms; t < late; t += Frame) stream.TryGenerate(t, 160, out _); // silence fills in
            for (; now <= late; n++, now += Frame) Relayed(ref stream, caller, In(n), late);
            for (var i = 0; i < 10; i++, n++, now += Frame) Relayed(ref stream, caller, In(n), now);
        }
        var ahead = (int)(Relayed(ref stream, caller, In(n), now).Timestamp - (1000 + (uint)(now / Ms) * 8));
        Assert.InRange(ahead, 0, 8 * 160);
    }

    [Fact]
    public void Ticks_that_are_caught_up_with_after_a_standstill_make_one_packet_and_the_stream_stays_in_time()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        var now = 0L;
        for (var i = 0; i < 5; i++, now += Frame) Generated(ref stream, now);
        now += 120 * Ms;
        Assert.Equal(1000 + (uint)(now / Ms) * 8, Generated(ref stream, now).Timestamp);
        for (var tick = 0; tick < 6; tick++) Assert.False(stream.TryGenerate(now, 160, out _));
        for (var i = 0; i < 5; i++) Assert.Equal(1000 + (uint)((now += Frame) / Ms) * 8, Generated(ref stream, now).Timestamp);
    }

    [Fact]
    public void Silence_that_begins_a_little_after_a_peer_fell_silent_is_in_time_from_its_first_packet_on()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        Generated(ref stream, 0);
        Relayed(ref stream, caller, In(0), Frame);
        for (var i = 0; i < 3; i++)
            Assert.Equal(new((ushort)(102 + i), 1000 + (50 + 20 * (uint)i) * 8, i == 0), Generated(ref stream, 50 * Ms + i * Frame));
    }

    [Fact]
    public void A_source_whose_clock_is_fast_leaves_no_pause_when_silence_takes_over()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        var now = 0L;
        for (var i = 0; i < 180_000; i++, now += Frame - 2000) Relayed(ref stream, caller, In(i), now); // an hour, 100 ppm fast
        Assert.True(stream.TryGenerate(now + Frame, 160, out _));
    }

    [Fact]
    public void All_packets_of_a_key_carry_its_first_timestamp()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        Generated(ref stream, 0);
        var first = stream.Event(Frame, null, 160);
        var second = stream.Event(2 * Frame, first.Timestamp, 320);
        Assert.Equal(new(101, 1160, true), first);
        Assert.Equal(new(102, 1160, false), second);
        Assert.Equal(1160 + 320u, Generated(ref stream, 3 * Frame).Timestamp);
    }

    [Fact]
    public void A_relayed_key_keeps_one_timestamp_however_long_it_is_held()
    {
        var stream = OutgoingStream.Start(1, 100, 1000);
        Relayed(ref stream, caller, In(0), 0);
        for (var n = 1; n <= 350; n++)
        {
            Assert.True(stream.TryRelay(caller, In(n) with { Timestamp = In(1).Timestamp }, n * 160, n * Frame, out var packet));
            Assert.Equal(new((ushort)(100 + n), 1160, false), packet);
        }
        Assert.Equal(1000 + 351 * 160u, Relayed(ref stream, caller, In(351), 351 * Frame).Timestamp);
        Assert.True(stream.TryGenerate(352 * Frame, 160, out _));
    }

    static OutgoingPacket Generated(ref OutgoingStream stream, long now)
    {
        Assert.True(stream.TryGenerate(now, 160, out var packet));
        return packet;
    }

    static OutgoingPacket Relayed(ref OutgoingStream stream, object from, in RtpHeader header, long now)
    {
        Assert.True(stream.TryRelay(from, header, 160, now, out var packet));
        return packet;
    }
}
