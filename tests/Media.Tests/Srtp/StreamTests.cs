using CallCenter.Media.Rtp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Srtp;

public sealed class StreamTests
{
    public static TheoryData<string> Suites => SrtpRig.Suites;

    /// <summary>The model: an index is heard once, unless it is 128 or more behind the highest one heard; what was changed on its way, or is another's, is never heard.</summary>
    [Theory, MemberData(nameof(Suites))]
    public void Any_order_loss_repeats_and_damage_across_roll_overs_give_each_packet_once_or_not_at_all(string suite)
    {
        for (var seed = 1; seed <= 5; seed++) Play(suite, new Random(seed));
    }

    static void Play(string suite, Random dice)
    {
        using var rig = SrtpRig.Of(suite);
        using var stranger = SrtpRig.Of(suite);
        var first = (ulong)dice.Next(0x8000);
        var (index, heard, highest, onTheWay) = (first, new HashSet<ulong>(), 0UL, new List<(ulong Index, byte[] Secured)>());
        for (var step = 0; step < 3000; step++)
        {
            index += (ulong)(dice.Next(30) == 0 ? dice.Next(1, 4000) : 1); // now and then a great many are lost
            var plain = SrtpRig.Packet(index, dice.Next(200));
            var secured = rig.Protect(plain);
            Assert.Null(SrtpRig.Open(stranger.Receiver, secured));
            onTheWay.Add((index, secured));
            while (onTheWay.Count > dice.Next(20))
            {
                var at = dice.Next(onTheWay.Count);
                var (number, sent) = onTheWay[at];
                if (dice.Next(4) > 0) onTheWay.RemoveAt(at); // else it comes again
                if (dice.Next(10) == 0) continue;
                if (dice.Next(5) == 0) Assert.Null(rig.Open(Damaged(sent, dice)));
                var expected = !heard.Contains(number) && (heard.Count == 0 || number + ReplayWindow.Size > highest);
                var opened = rig.Open(sent);
                Assert.Equal(expected, opened is not null);
                if (opened is null) continue;
                heard.Add(number);
                highest = Math.Max(highest, number);
                Assert.Equal(SrtpRig.Packet(number, opened.Length - RtpHeader.Size), opened);
            }
        }
        Assert.True(index > first + 0x2_0000, "no roll-over");
        Assert.InRange(heard.Count, 1500, 3000);
    }

    static byte[] Damaged(byte[] packet, Random dice)
    {
        var damaged = packet.ToArray();
        if (dice.Next(4) == 0) return damaged[..dice.Next(damaged.Length)];
        damaged[dice.Next(damaged.Length)] ^= (byte)(1 << dice.Next(8));
        return damaged;
    }

    [Theory, MemberData(nameof(Suites))]
    public void No_single_bit_may_change(string suite)
    {
        using var rig = SrtpRig.Of(suite);
        var secured = rig.Protect(SrtpRig.Packet(7));
        for (var bit = 0; bit < 8 * secured.Length; bit++)
        {
            var damaged = secured.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Null(rig.Open(damaged));
        }
        Assert.Equal(SrtpRig.Packet(7), rig.Open(secured));
    }

    [Theory, MemberData(nameof(Suites))]
    public void Header_extension_and_CSRCs_stay_readable_and_padding_is_inside(string suite)
    {
        using var rig = SrtpRig.Of(suite);
        byte[] packet = [0xB2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 1, 2, 2, 2, 2, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, .. new byte[160], 0, 0, 3];
        var secured = rig.Protect(packet);
        Assert.Equal(packet[..28], secured[..28]);
        Assert.NotEqual(packet[28..], secured[28..packet.Length]);
        Assert.Equal(packet, rig.Open(secured));
    }

    [Theory, MemberData(nameof(Suites))]
    public void No_index_is_used_twice(string suite)
    {
        using var rig = SrtpRig.Of(suite);
        var room = new byte[300];
        rig.Protect(SrtpRig.Packet(500));
        Assert.False(rig.Sender.TryProtect(SrtpRig.Packet(500, 20), room, out _));
        Assert.True(rig.Sender.TryProtect(SrtpRig.Packet(499), room, out _));
        Assert.False(rig.Sender.TryProtect(SrtpRig.Packet(499), room, out _));
        Assert.False(rig.Sender.TryProtect(SrtpRig.Packet(501, source: 1), room, out _));
        Assert.True(rig.Sender.TryProtect(SrtpRig.Packet(501), room, out _));
        Assert.False(rig.Sender.TryProtect(SrtpRig.Packet(501 - ReplayWindow.Size), room, out _));
    }

    [Theory, MemberData(nameof(Suites))]
    public void Reports_come_through_once_encrypted(string suite)
    {
        using var rig = SrtpRig.Of(suite);
        var plain = Report();
        var buffer = new byte[RtcpWriter.MaxSize + SrtpSender.MaxGrowth];
        for (var i = 0; i < 300; i++)
        {
            plain.CopyTo(buffer, 0);
            var secured = buffer[..rig.Sender.ProtectControl(buffer, plain.Length)];
            Assert.Equal(plain.Length + 4 + rig.Suite.ControlTagSize, secured.Length);
            Assert.True(secured.AsSpan().IndexOf("0123456789ab"u8) < 0, "the name can be read");
            var damaged = secured.ToArray();
            damaged[i % damaged.Length] ^= 1;
            Assert.False(Opens(rig.Receiver, damaged, out _));
            Assert.True(Opens(rig.Receiver, secured, out var opened));
            Assert.Equal(plain, opened);
            Assert.False(Opens(rig.Receiver, secured, out _));
        }
    }

    [Fact]
    public void What_is_too_short_is_refused()
    {
        using var rig = new SrtpRig(SrtpSuite.All[0]);
        for (var length = 0; length < 40; length++)
        {
            Assert.Null(rig.Open(SrtpRig.Packet(1, 40)[..length]));
            Assert.False(Opens(rig.Receiver, Report()[..length], out _));
            Assert.Equal(0, rig.Sender.ProtectControl(new byte[64], Math.Min(length, 7)));
        }
        Assert.False(rig.Sender.TryProtect(SrtpRig.Packet(1)[..11], new byte[64], out _));
    }

    [Fact]
    public void A_key_is_good_for_its_lifetime()
    {
        using var rig = new SrtpRig(SrtpSuite.All[0], lifetime: 3);
        for (var i = 1UL; i <= 4; i++) Assert.Equal(i <= 3, rig.Open(rig.Protect(SrtpRig.Packet(i))) is not null);
    }

    [Fact]
    public void Each_source_has_its_own_window_and_there_is_an_end_to_them()
    {
        using var rig = new SrtpRig(SrtpSuite.All[0]);
        for (var source = 1u; source <= 300; source++)
        {
            using var sender = new SrtpSender(rig.Suite, rig.Key);
            Assert.True(sender.TryProtect(SrtpRig.Packet(9, source: source), new byte[300], out var secured));
            Assert.Equal(source <= 256, rig.Open(secured.ToArray()) is not null);
            Assert.Null(rig.Open(secured.ToArray()));
        }
    }

    /// <summary>RFC 3711 §3.3.1 has the roll-over counter go on under a new key, RFC 4568 §7.1.4 has it begin at 0: peers do either.</summary>
    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", true)]
    [InlineData("AES_CM_128_HMAC_SHA1_80", false)]
    [InlineData("AEAD_AES_128_GCM", true)]
    [InlineData("AEAD_AES_128_GCM", false)]
    public void Under_a_new_key_the_roll_over_counter_may_go_on_or_begin_anew(string suite, bool goesOn)
    {
        using var before = SrtpRig.Of(suite);
        using var after = SrtpRig.Of(suite);
        foreach (var index in new ulong[] { 0x0_7000, 0x0_F000, 0x1_3000 }) Assert.NotNull(before.Open(before.Protect(SrtpRig.Packet(index))));
        if (goesOn)
            foreach (var index in new ulong[] { 0x0_7000, 0x0_F000 }) after.Protect(SrtpRig.Packet(index)); // their sender is in its second round
        after.Receiver.Follow(before.Receiver);
        for (var index = 0x1_3001UL; index < 0x1_3010; index++) Assert.Equal(SrtpRig.Packet(index), after.Open(after.Protect(SrtpRig.Packet(index))));
    }

    [Fact]
    public void No_packet_costs_memory()
    {
        foreach (var suite in SrtpSuite.All)
        {
            using var rig = new SrtpRig(suite);
            var (packet, room, report) = (SrtpRig.Packet(1), new byte[300], new byte[300]);
            for (var index = 1UL; index < 3; index++) Once(rig, packet, room, report, index);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var index = 3UL; index < 200; index++) Once(rig, packet, room, report, index);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    static void Once(SrtpRig rig, byte[] packet, byte[] room, byte[] report, ulong index)
    {
        RtpHeader.Write(packet, false, 0, (ushort)index, 0, SrtpRig.Source);
        if (!rig.Sender.TryProtect(packet, room, out var secured) || !rig.Receiver.TryUnprotect(ref secured)) Assert.Fail("it is refused");
        report[0] = 0x80;
        var control = report.AsSpan(0, rig.Sender.ProtectControl(report, 28));
        if (!rig.Receiver.TryUnprotectControl(ref control)) Assert.Fail("its report is refused");
    }

    static byte[] Report()
    {
        var buffer = new byte[RtcpWriter.MaxSize];
        var writer = new RtcpWriter(buffer);
        writer.Report(SrtpRig.Source, new SenderInfo(new(0xB44DB705_20000000), 160, 1, 160), new ReportBlock(2, 1, 5, 4711, 80, 3, 4));
        writer.SourceDescription(SrtpRig.Source, "0123456789ab"u8);
        return buffer[..writer.Length];
    }

    static bool Opens(SrtpReceiver receiver, byte[] secured, out byte[] opened)
    {
        var packet = secured.ToArray().AsSpan();
        var done = receiver.TryUnprotectControl(ref packet);
        opened = packet.ToArray();
        return done;
    }
}
