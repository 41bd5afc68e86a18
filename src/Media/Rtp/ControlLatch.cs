using CallCenter.Media.Transport;

namespace CallCenter.Media.Rtp;

/// <summary>
/// Which sources of RTCP a leg listens to: the address in SDP, the other addresses of the peer, or under SRTCP whoever has its key. Plain RTCP has
/// no number that would prove anything, so that a stranger's is never taken, however long it goes on.
/// </summary>
struct ControlLatch
{
    /// <summary>ns: three of the usual reports.</summary>
    const long Patience = 15_000 * MediaClock.PerMillisecond;

    PeerName signalled, latched;
    bool maySend;
    long lastHeard;

    /// <summary>Where reports go; none where there is nowhere.</summary>
    public readonly PeerName Destination => !latched.IsNone ? latched : maySend ? signalled : default;

    /// <param name="remote">Of SDP; none if it names no address.</param>
    /// <param name="mayBeSent">Whether reports may go there unheard.</param>
    public void Signal(in PeerName remote, bool mayBeSent)
    {
        if (remote.IsNone || remote.Equals(signalled)) return;
        (signalled, maySend, latched) = (remote, mayBeSent, default);
    }

    /// <param name="isPeers">The address is one of the peer's, or the packet proved authentic.</param>
    public bool Accept(in PeerName from, bool isPeers, long now)
    {
        var isSignalled = !signalled.IsNone && from.Equals(signalled);
        if (!isPeers && !isSignalled) return false;
        if (latched.IsNone || isSignalled || from.Equals(latched) || now - lastHeard > Patience) (latched, lastHeard) = (from, now);
        return true;
    }
}
