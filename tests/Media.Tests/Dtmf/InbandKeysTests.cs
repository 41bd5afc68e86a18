using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Dtmf;

public sealed class InbandKeysTests
{
    const long Ms = 1_000_000;

    /// <summary>Keys heard in packets of 20 ms, of which some never come, and the silent ones only if they are sent.</summary>
    static List<KeyPress> Hear(byte[] codes, Func<int, bool>? comes = null, Func<int, bool>? sent = null, int packetMs = 20)
    {
        var keys = new InbandKeys();
        List<KeyPress> heard = [];
        var size = packetMs * 8;
        ushort sequence = 0;
        var now = 0L;
        for (var n = 0; (n + 1) * size <= codes.Length; n++)
        {
            now = (n + 1) * packetMs * Ms;
            if (sent is not null && !sent(n)) continue;
            sequence++;
            if (comes is not null && !comes(n)) continue;
            var header = new RtpHeader(false, 0, sequence, (uint)(n * size), 7, 12, size);
            if (keys.Take(header, codes.AsSpan(n * size, size), AudioCodec.Pcmu, null, 0, now, out var press)) heard.Add(press);
        }
        if (keys.TryExpire(now + DtmfReceiver.Patience, out var last)) heard.Add(last);
        return heard;
    }

    static byte[] Sound(Random chance, IEnumerable<char> keys, KeySound? sound = null) => Line.Carry(keys.SelectMany(k => (sound ?? new()).Say(k, chance)), AudioCodec.Pcmu, chance, -55);

    static string Names(IEnumerable<KeyPress> heard) => string.Concat(heard.Select(p => DtmfKeys.TryKey(p.Code, out var key) ? key : '?'));

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public void Keys_are_told_with_the_time_of_their_tones_whatever_the_packets(int packetMs)
    {
        var heard = Hear([.. Sound(new(1), "19#"), .. Enumerable.Repeat((byte)0xFF, 960)], packetMs: packetMs);
        Assert.Equal("19#", Names(heard));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200 * i, heard[i].Start / (double)Ms, 8.0);
            Assert.Equal(200 * i + 100, heard[i].End / (double)Ms, 8.0);
        }
    }

    [Fact]
    public void Ten_thousand_keys_are_told_once_each()
    {
        var chance = new Random(2);
        var keys = Line.RandomKeys(chance, 10_000);
        Assert.Equal(new string(keys), Names(Hear(Sound(chance, keys))));
    }

    /// <summary>Of one key in three million nothing comes at all; one packet of 20 ms is enough.</summary>
    [Fact]
    public void Of_ten_thousand_keys_on_a_line_that_loses_one_packet_in_twenty_none_is_lost_doubled_or_swapped()
    {
        var chance = new Random(3);
        var keys = Line.RandomKeys(chance, 10_000);
        var sound = Sound(chance, keys);
        Assert.Equal(new string(keys), Names(Hear(sound, comes: _ => chance.Next(20) > 0)));
    }

    [Theory]
    [InlineData("L L T L L", "5")]
    [InlineData("L L L L T", "5")]
    [InlineData("T L L L L", "5")]
    [InlineData("T L L T L", "5")]
    [InlineData("T . . . .", "")]
    [InlineData("L T . . .", "")]
    [InlineData("L T L . .", "")]
    public void What_is_left_of_a_key_between_holes_is_one_if_most_of_it_may_have_gone(string packets, string heard)
    {
        var what = packets.Split(' ');
        var tone = Sound(new(1), "5", new(ToneMs: 100, PauseMs: 0));
        byte[] sound = [.. Enumerable.Repeat((byte)0xFF, 320), .. what.SelectMany((p, n) => p == "." ? Enumerable.Repeat((byte)0xFF, 160) : tone.Skip(n * 160).Take(160)), .. Enumerable.Repeat((byte)0xFF, 800)];
        Assert.Equal(heard, Names(Hear(sound, comes: n => n is < 2 or > 6 || what[n - 2] != "L")));
    }

    [Fact]
    public void A_lost_packet_inside_a_key_does_not_double_it()
    {
        for (var lost = 0; lost < 5; lost++) Assert.Equal("5", Names(Hear([.. Sound(new(1), "5"), .. new byte[800]], comes: n => n != lost)));
    }

    [Fact]
    public void Silence_that_is_not_sent_parts_two_keys() =>
        Assert.Equal("55", Names(Hear(Sound(new(1), "55"), sent: n => n % 10 < 5)));

    [Fact]
    public void A_key_after_which_nothing_comes_is_told() => Assert.Equal("7", Names(Hear(Sound(new(1), "7")[..800])));

    [Fact]
    public void A_key_that_was_given_up_and_goes_on_after_all_is_told_once()
    {
        var keys = new InbandKeys();
        var sound = Sound(new(1), "55", new(ToneMs: 200));
        List<KeyPress> heard = [];
        for (var n = 0; n < 30; n++)
        {
            var now = (n + (n < 5 ? 0 : 20)) * 20 * Ms; // 400 ms of nothing in the middle of the first one
            if (keys.TryExpire(now, out var expired)) heard.Add(expired);
            if (keys.Take(new RtpHeader(false, 0, (ushort)n, (uint)(n * 160), 7, 12, 160), sound.AsSpan(n * 160, 160), AudioCodec.Pcmu, null, 0, now, out var press)) heard.Add(press);
        }
        Assert.Equal("55", Names(heard));
    }

    [Fact]
    public void Packets_that_come_late_or_twice_are_not_heard_again()
    {
        var keys = new InbandKeys();
        var sound = Sound(new(1), "48");
        List<KeyPress> heard = [];
        foreach (var n in new[] { 0, 1, 1, 2, 4, 3, 5, 6, 7, 6, 8, 9, 10, 12, 11, 13, 14, 15, 16, 17, 18, 19 })
        {
            var header = new RtpHeader(false, 0, (ushort)n, (uint)(n * 160), 7, 12, 160);
            if (keys.Take(header, sound.AsSpan(n * 160, 160), AudioCodec.Pcmu, null, 0, n * 20 * Ms, out var press)) heard.Add(press);
        }
        Assert.Equal("48", Names(heard));
    }

    [Fact]
    public void Another_source_begins_anew()
    {
        var keys = new InbandKeys();
        var sound = Sound(new(1), "4");
        List<KeyPress> heard = [];
        for (var n = 0; n < 20; n++)
        {
            var header = new RtpHeader(false, 0, (ushort)n, (uint)(n % 10 * 160), n < 10 ? 7u : 8u, 12, 160);
            if (keys.Take(header, sound.AsSpan(n % 10 * 160, 160), AudioCodec.Pcmu, null, 0, n * 20 * Ms, out var press)) heard.Add(press);
        }
        Assert.Equal("44", Names(heard));
    }

    [Fact]
    public void No_packets_in_whatever_order_and_of_whatever_size_do_harm()
    {
        var chance = new Random(7);
        var keys = new InbandKeys();
        var sound = Sound(chance, Line.RandomKeys(chance, 16));
        uint at = 0;
        ushort sequence = 0;
        var now = 0L;
        for (var n = 0; n < 100_000; n++)
        {
            var size = chance.Next(10) > 0 ? 160 : chance.Next(1600);
            if (chance.Next(20) == 0) at = chance.Next(3) == 0 ? (uint)chance.NextInt64(uint.MaxValue) : (uint)(at + chance.Next(-4000, 4000));
            if (chance.Next(20) == 0) sequence += (ushort)chance.Next(-3, 4);
            now += chance.Next(40) * Ms;
            keys.Take(new RtpHeader(false, 0, sequence++, at, chance.Next(500) == 0 ? 8u : 7u, 12, size), sound.AsSpan(chance.Next(sound.Length - size), size), AudioCodec.Pcmu, null, 0, now, out _);
            at += (uint)size;
            keys.TryExpire(now, out _);
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_packet()
    {
        var keys = new InbandKeys();
        var sound = Sound(new(1), "4711");
        void Round(int first)
        {
            for (var n = 0; n < 40; n++)
                keys.Take(new RtpHeader(false, 0, (ushort)(first + n), (uint)((first + n) * 160), 7, 12, 160), sound.AsSpan(n * 160, 160), AudioCodec.Pcmu, null, 0, (first + n) * 20 * Ms, out _);
        }
        Round(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round(40);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
