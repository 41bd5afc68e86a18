using System.Net;
using CallCenter.Media.Sdp;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Rtp;

/// <summary>Whom a leg believes to be its peer, for RTP and RTCP, and where it sends: to the believed source, else to where SDP says if that may be.</summary>
/// <param name="relatchAfter">ns; see <see cref="SourceLatch"/>.</param>
struct PeerSources(long relatchAfter)
{
    SourceLatch media;
    ControlLatch control;
    PeerName signalled;

    /// <summary>None: nobody can be sent to yet.</summary>
    public readonly PeerName Destination => media.IsLatched ? media.Latched : signalled;

    public readonly PeerName ControlDestination => control.Destination;

    /// <param name="own">The leg's own address, as SDP says it.</param>
    /// <param name="bound">The address of its sockets: addresses of another family cannot be reached from there.</param>
    public void Signal(NegotiatedAudio settled, IPEndPoint own, IPAddress bound)
    {
        var signaller = settled.SignalledFrom is { } from && NameOf(new(MediaTarget.Plain(from), 0), bound) is { } name ? name : default;
        if (NameOf(settled.Remote, bound) is { } remote)
        {
            media.Signal(remote, signaller);
            signalled = MediaTarget.Allows(settled.Remote!, settled.SignalledFrom, own, bound) ? remote : default;
        }
        else media.Signal(default, signaller);
        if (NameOf(settled.RemoteControl, bound) is { } remoteControl) control.Signal(remoteControl, MediaTarget.Allows(settled.RemoteControl!, settled.SignalledFrom, own, bound));
    }

    /// <param name="isAuthentic">SRTP has proved that the peer made it.</param>
    public bool Accept(in PeerName from, in RtpHeader header, bool isAuthentic, long now) => media.Accept(from, header.Ssrc, header.Sequence, isAuthentic, now, relatchAfter);

    /// <summary>The same of RTCP.</summary>
    public bool AcceptControl(in PeerName from, bool isAuthentic, long now) => control.Accept(from, isAuthentic || media.Knows(from), now);

    /// <summary>Whether an address is one of the peer's, by all that is known of it.</summary>
    public readonly bool Knows(in PeerName from) => media.Knows(from);

    static PeerName? NameOf(IPEndPoint? point, IPAddress bound) => point is not null && point.AddressFamily == bound.AddressFamily ? PeerName.Of(point) : null;
}
