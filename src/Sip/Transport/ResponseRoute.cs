using System.Net;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transport;

/// <summary>Where a response goes (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
static class ResponseRoute
{
    /// <summary>Over a connection, back along it. Over UDP to the address the request came from, at the port it came from where rport asks for it, else at the port of sent-by.</summary>
    /// <remarks>maddr is not followed: it would let anybody aim our answers at others.</remarks>
    public static SipFlow Of(SipRequest request, SipFlow source)
    {
        if (source.Transport is not { IsReliable: false } || source.Remote is not { } remote || request.Via.WantsRport) return source;
        var port = request.Via.PortOrDefault;
        return port == remote.Port ? source : source with { Remote = new IPEndPoint(remote.Address, port) };
    }
}
