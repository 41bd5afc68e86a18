using System.Net;
using CallCenter.Media.Rtp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Rtp;

public sealed class SourceLatchTests
{
    const long Second = 1_000_000_000, Relatch = 2 * Second;
    static readonly PeerName phone = Name("10.0.0.1:4000"), nat = Name("192.0.2.7:61000"), attacker = Name("203.0.113.9:5000");

    static PeerName Name(string point) => PeerName.Of(IPEndPoint.Parse(point));

    [Fact]
    public void Before_anything_is_heard_media_goes_where_signalling_says()
    {
        var latch = default(SourceLatch);
        Assert.True(latch.Destination.IsNone);
        latch.Signal(phone);
        Assert.Equal(phone, latch.Destination);
    }

    [Fact]
    public void The_first_source_is_believed_even_behind_a_nat()
    {
        var latch = Heard(nat, 0);
        Assert.Equal(nat, latch.Destination);
    }

    [Fact]
    public void Others_are_dropped_while_the_latched_source_speaks()
    {
        var latch = Heard(nat, 0);
        for (ushort i = 0; i < 200; i++)
        {
            Assert.True(latch.Accept(nat, i, i * Second / 50, Relatch));
            Assert.False(latch.Accept(attacker, i, i * Second / 50, Relatch));
        }
        Assert.Equal(nat, latch.Destination);
    }

    [Fact]
    public void The_signalled_address_wins_over_a_guess()
    {
        var latch = Heard(attacker, 0);
        Assert.True(latch.Accept(phone, 1, 1, Relatch));
        Assert.Equal(phone, latch.Destination);
        Assert.False(latch.Accept(attacker, 2, 2, Relatch));
    }

    [Fact]
    public void After_silence_a_newcomer_must_show_packets_in_sequence()
    {
        var latch = Heard(nat, 0);
        Assert.False(latch.Accept(attacker, 10, 3 * Second, Relatch));
        Assert.False(latch.Accept(attacker, 12, 3 * Second, Relatch)); // a gap starts the count again
        Assert.False(latch.Accept(attacker, 13, 3 * Second, Relatch));
        Assert.True(latch.Accept(attacker, 14, 3 * Second, Relatch));
    }

    [Fact]
    public void New_signalling_opens_the_latch_and_the_same_keeps_it()
    {
        var latch = Heard(nat, 0);
        latch.Signal(phone);
        Assert.Equal(nat, latch.Destination);
        latch.Signal(Name("10.0.0.2:4000"));
        Assert.Equal(Name("10.0.0.2:4000"), latch.Destination);
        Assert.True(latch.Accept(nat, 1, 1, Relatch));
    }

    static SourceLatch Heard(in PeerName from, long now)
    {
        var latch = default(SourceLatch);
        latch.Signal(phone);
        Assert.True(latch.Accept(from, 0, now, Relatch));
        return latch;
    }
}
