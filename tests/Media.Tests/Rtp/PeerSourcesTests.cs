using System.Net;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Rtp;

public sealed class PeerSourcesTests
{
    const long Second = 1_000_000_000;
    static readonly IPEndPoint own = IPEndPoint.Parse("192.0.2.1:20000");

    [Fact]
    public void Media_goes_where_SDP_says_until_the_peer_is_heard_and_then_where_it_is()
    {
        var peer = Signalled("10.0.0.1:4000", "198.51.100.4");
        Assert.Equal(Name("10.0.0.1:4000"), peer.Destination);
        Assert.True(peer.Accept(Name("198.51.100.4:61000"), Packet(1), isAuthentic: false, 0));
        Assert.Equal(Name("198.51.100.4:61000"), peer.Destination);
    }

    [Fact]
    public void Reports_are_taken_from_the_peers_addresses_and_never_from_a_stranger()
    {
        var peer = Signalled("10.0.0.1:4000", "198.51.100.4");
        Assert.Equal(Name("10.0.0.1:4001"), peer.ControlDestination);
        for (var i = 0; i < 100; i++) Assert.False(peer.AcceptControl(Name("203.0.113.9:5001"), isAuthentic: false, i * Second));
        Assert.Equal(Name("10.0.0.1:4001"), peer.ControlDestination);
        Assert.True(peer.AcceptControl(Name("198.51.100.4:61001"), isAuthentic: false, 0));
        Assert.Equal(Name("198.51.100.4:61001"), peer.ControlDestination);
        Assert.True(peer.AcceptControl(Name("198.51.100.4:7"), isAuthentic: false, Second));
        Assert.Equal(Name("198.51.100.4:61001"), peer.ControlDestination); // which has told the first while it goes on
        Assert.True(peer.AcceptControl(Name("10.0.0.1:4001"), isAuthentic: false, Second));
        Assert.Equal(Name("10.0.0.1:4001"), peer.ControlDestination);
    }

    [Fact]
    public void Reports_follow_media_to_another_address_and_a_key_admits_them_from_everywhere()
    {
        var peer = Signalled("10.0.0.1:4000", "198.51.100.4");
        for (ushort i = 0; i < 40; i++) peer.Accept(Name("203.0.113.9:5000"), Packet(i), isAuthentic: false, i * Second / 50);
        Assert.Equal(Name("203.0.113.9:5000"), peer.Destination);
        Assert.True(peer.AcceptControl(Name("203.0.113.9:5001"), isAuthentic: false, 0));
        Assert.False(peer.AcceptControl(Name("203.0.113.10:5001"), isAuthentic: false, 0));
        Assert.True(peer.AcceptControl(Name("203.0.113.10:5001"), isAuthentic: true, 0));
    }

    [Theory]
    [InlineData("224.0.1.1:4000", "10.0.0.1", false)]
    [InlineData("255.255.255.255:4000", "10.0.0.1", false)]
    [InlineData("0.0.0.0:4000", "10.0.0.1", false)]
    [InlineData("0.1.2.3:4000", "10.0.0.1", false)]
    [InlineData("10.0.0.1:0", "10.0.0.1", false)]
    [InlineData("10.0.0.1:4000", "10.0.0.1", true)]
    [InlineData("10.9.9.9:4000", "10.0.0.1", true)]
    [InlineData("127.0.0.1:4000", "10.0.0.1", false)]
    [InlineData("127.0.0.1:4000", "127.0.0.1", true)]
    [InlineData("127.0.0.1:4000", "::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.1:30000", "10.0.0.1", false)] // a port of ours
    [InlineData("192.0.2.1:30000", "192.0.2.1", true)] // a phone on this machine
    [InlineData("192.0.2.1:30000", null, true)]        // an edge of ours
    [InlineData("192.0.2.1:20000", null, false)]       // the leg itself
    [InlineData("192.0.2.1:20001", "192.0.2.1", false)]
    [InlineData("[ff02::1]:4000", "::1", false)]
    [InlineData("[2001:db8::1]:4000", "2001:db8::2", true)]
    public void Unheard_media_goes_to_no_address_that_no_peer_can_mean(string target, string? signaller, bool allowed) =>
        Assert.Equal(allowed, MediaTarget.Allows(IPEndPoint.Parse(target), signaller is null ? null : IPAddress.Parse(signaller), own, IPAddress.Any));

    [Fact]
    public void A_target_that_is_not_allowed_is_sent_to_once_it_has_spoken()
    {
        var peer = Signalled("192.0.2.1:30000", "10.0.0.1");
        Assert.True(peer.Destination.IsNone);
        Assert.True(peer.ControlDestination.IsNone);
        Assert.True(peer.Accept(Name("192.0.2.1:30000"), Packet(1), isAuthentic: false, 0));
        Assert.Equal(Name("192.0.2.1:30000"), peer.Destination);
    }

    static PeerSources Signalled(string remote, string signaller)
    {
        var media = IPEndPoint.Parse(remote);
        var types = new PayloadTypes(0, null, 101);
        var settled = new NegotiatedAudio(AudioCodec.Pcmu, types, types, media, new(media.Address, media.Port + 1), MediaDirection.SendReceive) { SignalledFrom = IPAddress.Parse(signaller) };
        var peer = new PeerSources(2 * Second);
        peer.Signal(settled, own, IPAddress.Any);
        return peer;
    }

    static PeerName Name(string point) => PeerName.Of(IPEndPoint.Parse(point));

    static RtpHeader Packet(ushort sequence) => new(false, 0, sequence, 160u * sequence, 0xCAFE, RtpHeader.Size, 160);
}
