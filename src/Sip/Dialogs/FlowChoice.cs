using System.Net;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>Picks where a request goes, given the URI of its next hop and where the peer was seen.</summary>
public static class FlowChoice
{
    /// <summary>The URI's address and port, if its address is the one the peer was seen at; else where it was seen: a private address behind NAT, or a name that would need DNS.
    /// A differing port alone is no NAT. Over a connection, always the connection.</summary>
    public static SipFlow For(in SipUri nextHop, SipFlow seen)
    {
        if (seen.Transport is not { IsReliable: false } || seen.Remote is not { } remote) return seen;
        if (!nextHop.TryAddress(out var address) || !address.Equals(remote.Address) || nextHop.PortOrDefault == remote.Port) return seen;
        return seen with { Remote = new IPEndPoint(address, nextHop.PortOrDefault) };
    }
}
