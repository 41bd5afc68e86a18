using System.Net;
using System.Net.Sockets;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge;

/// <summary>Where an edge listens for SIP: UDP and TCP on one port.</summary>
static class SipPorts
{
    /// <summary>"Any" port must be free in both: so often another one is tried.</summary>
    const int Tries = 20;

    /// <summary>Binds both. <see cref="IOException"/> names the setting where a port is taken, which is a fault of the start.</summary>
    public static async Task<(UdpTransport Udp, TcpTransport Tcp)> Bind(SipOptions sip, SipLoop loop, SipEndpoint endpoint, ILoggerFactory logs)
    {
        var local = new IPEndPoint(sip.BindAddress is null ? IPAddress.Any : IPAddress.Parse(sip.BindAddress), sip.Port);
        for (var attempt = 1; ; attempt++)
        {
            var udp = BindUdp(local, sip);
            try
            {
                return (udp, await TcpTransport.Bind(new(local.Address, udp.Local.Port), udp.Host, loop, endpoint, logs));
            }
            catch (Exception fault) when (fault is IOException or SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                udp.Dispose();
                if (sip.Port != 0 || attempt == Tries) throw new IOException($"SIP cannot listen on {local} (TCP; Sip:BindAddress, Sip:Port): {fault.Message}", fault);
            }
        }
    }

    static UdpTransport BindUdp(IPEndPoint local, SipOptions sip)
    {
        try
        {
            return UdpTransport.Bind(local, sip.AdvertisedAddress is { } seen ? IPAddress.Parse(seen) : null);
        }
        catch (SocketException fault)
        {
            throw new IOException($"SIP cannot listen on {local} (UDP; Sip:BindAddress, Sip:Port): {fault.Message}", fault);
        }
    }
}
