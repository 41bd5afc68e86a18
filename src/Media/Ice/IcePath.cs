using CallCenter.Media.Transport;

namespace CallCenter.Media.Ice;

/// <summary>How a peer is reached: one 5-tuple.</summary>
/// <param name="Peer">Its address as we see it.</param>
/// <param name="Connection">The TCP connection's number among ours; 0 = datagrams, on the leg's own socket.</param>
readonly record struct IcePath(PeerName Peer, int Connection = 0)
{
    public bool IsNone => Peer.IsNone;
}
