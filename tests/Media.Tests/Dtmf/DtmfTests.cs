using CallCenter.Media.Dtmf;

namespace CallCenter.Media.Tests.Dtmf;

public sealed class DtmfTests
{
    const long Ms = 1_000_000;

    [Fact]
    public void A_payload_is_read_as_written()
    {
        foreach (var sent in new DtmfEvent[] { new(0, false, 0, 0), new(11, true, 63, 65535), new(16, false, 10, 800) })
        {
            var bytes = new byte[DtmfEvent.Size];
            sent.Write(bytes);
            Assert.True(DtmfEvent.TryRead(bytes, out var read));
            Assert.Equal(sent, read);
        }
        Assert.False(DtmfEvent.TryRead(new byte[3], out _));
    }

    [Fact]
    public void Keys_and_codes_match_the_table_of_the_rfc()
    {
        Assert.All("0123456789*#ABCD".Select((key, code) => (key, code)), k =>
        {
            Assert.True(DtmfKeys.TryKey((byte)k.code, out var key));
            Assert.True(DtmfKeys.TryCode(k.key, out var code));
            Assert.Equal((k.key, k.code), (key, (int)code));
        });
        Assert.False(DtmfKeys.TryCode('x', out _));
        Assert.False(DtmfKeys.TryKey(17, out _));
    }

    /// <summary>A key of 100 ms as phones send it: five packets, the last one three times.</summary>
    static List<(uint At, DtmfEvent Event, long Now)> Press(byte code, uint timestamp, long from) =>
        [.. Enumerable.Range(1, 7).Select(i => (timestamp, new DtmfEvent(code, i >= 5, 10, (ushort)(Math.Min(i, 5) * 160)), from + i * 20 * Ms))];

    static List<KeyPress> Receive(IEnumerable<(uint At, DtmfEvent Event, long Now)> packets, long until = 0)
    {
        var receiver = default(DtmfReceiver);
        List<KeyPress> presses = [];
        foreach (var (at, happened, now) in packets)
            if (receiver.TryEnd(9, at, happened, now, out var press)) presses.Add(press);
        if (until > 0 && receiver.TryExpire(until, out var expired)) presses.Add(expired);
        return presses;
    }

    [Fact]
    public void A_key_is_told_once_with_start_and_end() =>
        Assert.Equal([new(5, 1000 * Ms, 1100 * Ms)], Receive(Press(5, 8000, 1000 * Ms)));

    [Fact]
    public void Keys_are_told_in_order_and_the_same_key_twice_is_two() =>
        Assert.Equal([9, 1, 1], Receive([.. Press(9, 0, 0), .. Press(1, 1600, 200 * Ms), .. Press(1, 3200, 400 * Ms)]).Select(p => (int)p.Code));

    [Fact]
    public void Any_single_packet_of_a_key_is_enough()
    {
        foreach (var packet in Press(7, 0, 0))
            Assert.Equal([7], Receive([packet], until: packet.Now + DtmfReceiver.Patience).Select(p => (int)p.Code));
    }

    [Fact]
    public void Any_order_and_any_repeats_tell_a_key_once()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var packets = Press(3, 0, 0);
            var kept = packets.Concat(packets).Where(_ => random.Next(4) > 0).ToArray();
            random.Shuffle(kept);
            if (kept.Length > 0) Assert.Equal([3], Receive(kept, until: 10_000 * Ms).Select(p => (int)p.Code));
        }
    }

    [Fact]
    public void A_new_key_ends_one_whose_end_was_lost() =>
        Assert.Equal([4, 2], Receive([.. Press(4, 0, 0).Take(3), .. Press(2, 1600, 200 * Ms)]).Select(p => (int)p.Code));

    [Fact]
    public void Late_packets_of_an_older_key_are_ignored() =>
        Assert.Equal([4, 2], Receive([.. Press(4, 0, 0), .. Press(2, 1600, 200 * Ms), .. Press(4, 0, 400 * Ms)]).Select(p => (int)p.Code));

    [Fact]
    public void A_key_held_beyond_8_seconds_is_one_key()
    {
        (uint, DtmfEvent, long)[] held = [(0, new(5, false, 10, 65535), 8192 * Ms), (65535, new(5, false, 10, 160), 8212 * Ms), (65535, new(5, true, 10, 320), 8232 * Ms)];
        var press = Assert.Single(Receive(held));
        Assert.Equal((65535 + 320) / 8, (press.End - press.Start) / Ms);
    }

    [Fact]
    public void The_sender_makes_what_the_receiver_understands()
    {
        var sender = default(DtmfSender);
        sender.Enqueue("1#");
        sender.Enqueue("A");
        var receiver = default(DtmfReceiver);
        List<(byte, long)> told = [];
        var slots = 0;
        for (var now = 0L; ; now += 20 * Ms, slots++)
        {
            var slot = sender.Next(out var packet);
            if (slot == DtmfSlot.Idle) break;
            if (slot == DtmfSlot.Pause) continue;
            sender.Began((uint)(now / Ms * 8));
            if (receiver.TryEnd(1, sender.Started ?? (uint)(now / Ms * 8), packet, now, out var press)) told.Add((press.Code, (press.End - press.Start) / Ms));
        }
        Assert.Equal([(1, 100), (11, 100), (12, 100)], told);
        Assert.Equal(30, slots);
    }

    /// <summary>Eight packets tell a key, of which any one is enough: all are lost once in 25 thousand million keys.</summary>
    [Fact]
    public void Of_ten_thousand_keys_none_is_lost_doubled_or_swapped_where_one_packet_in_twenty_is()
    {
        var chance = new Random(5);
        var keys = Line.RandomKeys(chance, 10_000);
        var (sender, receiver) = (default(DtmfSender), default(DtmfReceiver));
        foreach (var part in keys.Chunk(100).Select(c => new string(c))) sender.Enqueue(part);
        List<KeyPress> told = [];
        for (var now = 0L; sender.Next(out var packet) is not DtmfSlot.Idle and var slot; now += 20 * Ms)
        {
            var at = (uint)(now / Ms * 8);
            if (slot == DtmfSlot.Event)
            {
                var start = sender.Started ?? at;
                sender.Began(at);
                if (chance.Next(20) > 0 && receiver.TryEnd(1, start, packet, now, out var press)) told.Add(press);
            }
            if (receiver.TryExpire(now, out var expired)) told.Add(expired);
        }
        if (receiver.TryExpire(long.MaxValue, out var last)) told.Add(last);
        Assert.Equal(new string(keys), string.Concat(told.Select(p => DtmfKeys.TryKey(p.Code, out var key) ? key : '?')));
    }
}
