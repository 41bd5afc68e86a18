using System.Net;
using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Rtp;

public sealed class SourceLatchTests
{
    const long Second = 1_000_000_000, Frame = Second / 50, Relatch = 2 * Second;
    const uint Ours = 0xCAFE, Theirs = 0xBAD;
    static readonly PeerName phone = Name("10.0.0.1:4000"), otherPort = Name("10.0.0.1:4711"), proxy = Name("198.51.100.4:5060"), behindNat = Name("198.51.100.4:61000"), stranger = Name("203.0.113.9:5000"), another = Name("203.0.113.10:5000");

    static PeerName Name(string point) => PeerName.Of(IPEndPoint.Parse(point));

    [Fact]
    public void Nobody_is_believed_before_anything_is_heard()
    {
        var latch = Signalled();
        Assert.False(latch.IsLatched);
        Assert.True(latch.Latched.IsNone);
    }

    [Fact]
    public void The_address_of_SDP_another_port_of_it_and_the_address_of_signalling_are_believed_at_once()
    {
        foreach (var from in new[] { phone, otherPort, behindNat })
        {
            var latch = Signalled();
            Assert.True(Hears(ref latch, from, 0));
            Assert.Equal(from, latch.Latched);
        }
    }

    [Fact]
    public void A_stranger_that_comes_first_is_not_heard_and_the_peer_is()
    {
        var latch = Signalled();
        for (ushort i = 0; i < 20; i++) Assert.False(Hears(ref latch, stranger, i * Frame, i, Theirs));
        Assert.True(Hears(ref latch, phone, 20 * Frame, 7));
        for (ushort i = 20; i < 200; i++)
        {
            Assert.False(Hears(ref latch, stranger, i * Frame, i, Theirs));
            Assert.True(Hears(ref latch, phone, i * Frame, i));
        }
        Assert.Equal(phone, latch.Latched);
    }

    [Fact]
    public void A_stranger_is_believed_after_half_a_second_in_sequence_and_gives_way_to_the_peer_at_once()
    {
        foreach (var peer in new[] { phone, otherPort, behindNat })
        {
            var latch = Signalled();
            var took = Until(ref latch, stranger, Theirs);
            Assert.InRange(took * Frame, SourceLatch.StrangerWait, SourceLatch.StrangerWait + Frame);
            Assert.True(Hears(ref latch, peer, took * Frame, 1));
            Assert.Equal(peer, latch.Latched);
            Assert.False(Hears(ref latch, stranger, took * Frame, (ushort)(took + 1), Theirs));
        }
    }

    [Fact]
    public void Who_sprays_from_many_sources_or_without_sequence_is_never_believed_and_hinders_no_other_stranger()
    {
        var latch = Signalled();
        var random = new Random(1);
        for (var i = 0; i < 1000; i++) Assert.False(Hears(ref latch, another, i * Frame, (ushort)random.Next(65536), (uint)random.Next()));
        latch = Signalled();
        for (ushort i = 0; i < 24; i++)
        {
            Assert.False(Hears(ref latch, stranger, i * Frame, i, Ours));
            Assert.False(Hears(ref latch, another, i * Frame, (ushort)random.Next(65536), (uint)random.Next()));
        }
        Assert.True(Until(ref latch, stranger, Ours, first: 24) < 30);
    }

    [Fact]
    public void The_signalled_address_wins_over_a_guess()
    {
        var latch = Signalled();
        Assert.True(Hears(ref latch, otherPort, 0));
        Assert.True(Hears(ref latch, phone, 1));
        Assert.Equal(phone, latch.Latched);
        Assert.False(Hears(ref latch, otherPort, 2, 2));
    }

    [Fact]
    public void After_silence_another_port_must_show_packets_in_sequence()
    {
        var latch = Signalled();
        Assert.True(Hears(ref latch, phone, 0));
        for (ushort i = 0; i < 90; i++) Assert.False(Hears(ref latch, otherPort, i * Frame, i, Theirs)); // the first may speak again
        latch = Signalled();
        Assert.True(Hears(ref latch, phone, 0));
        Assert.False(Hears(ref latch, otherPort, 3 * Second, 10, Theirs));
        Assert.False(Hears(ref latch, otherPort, 3 * Second, 12, Theirs)); // a gap starts the count again
        Assert.False(Hears(ref latch, otherPort, 3 * Second, 13, Theirs));
        Assert.True(Hears(ref latch, otherPort, 3 * Second, 14, Theirs));
    }

    [Fact]
    public void After_silence_a_stranger_is_followed_only_under_the_same_source()
    {
        var latch = Signalled();
        Assert.True(Hears(ref latch, phone, 0));
        for (ushort i = 0; i < 200; i++) Assert.False(Hears(ref latch, stranger, 3 * Second + i * Frame, i, Theirs));
        Assert.False(Hears(ref latch, another, 8 * Second, 500));
        Assert.False(Hears(ref latch, another, 8 * Second, 501));
        Assert.True(Hears(ref latch, another, 8 * Second, 502));
        Assert.Equal(another, latch.Latched);
    }

    [Fact]
    public void Who_holds_the_key_is_believed_wherever_it_is_but_takes_nobodys_place_who_speaks()
    {
        var latch = Signalled();
        Assert.True(latch.Accept(stranger, Theirs, 1, isAuthentic: true, 0, Relatch));
        Assert.False(latch.Accept(another, Theirs, 2, isAuthentic: true, Second, Relatch));
        for (ushort i = 0; i < 2; i++) Assert.False(latch.Accept(another, Theirs, i, isAuthentic: true, 3 * Second, Relatch));
        Assert.True(latch.Accept(another, Theirs, 2, isAuthentic: true, 3 * Second, Relatch));
    }

    [Fact]
    public void New_signalling_opens_the_latch_and_the_same_keeps_it()
    {
        var latch = Signalled();
        Assert.True(Hears(ref latch, behindNat, 0));
        latch.Signal(phone, proxy);
        Assert.Equal(behindNat, latch.Latched);
        latch.Signal(default, proxy); // hold by 0.0.0.0
        Assert.Equal(behindNat, latch.Latched);
        latch.Signal(Name("10.0.0.2:4000"), proxy);
        Assert.False(latch.IsLatched);
        Assert.True(Hears(ref latch, behindNat, 1, 1));
    }

    static SourceLatch Signalled()
    {
        var latch = default(SourceLatch);
        latch.Signal(phone, proxy);
        return latch;
    }

    static bool Hears(ref SourceLatch latch, in PeerName from, long now, ushort sequence = 0, uint source = Ours) => latch.Accept(from, source, sequence, isAuthentic: false, now, Relatch);

    /// <summary>Packets of a stranger, one each frame, until one is believed.</summary>
    static int Until(ref SourceLatch latch, in PeerName from, uint source, int first = 0)
    {
        for (var i = first; i < 1000; i++)
            if (Hears(ref latch, from, i * Frame, (ushort)i, source)) return i;
        throw new InvalidOperationException("never believed");
    }
}
