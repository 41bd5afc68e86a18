using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CallCenter.Edge.Trunks;

/// <summary>Where a trunk's <c>host:port</c> is.</summary>
static class TrunkPlace
{
    /// <summary>A name may move, so it is looked up each time (the system keeps what it knows); null if there is no such name, or no name server.</summary>
    public static async Task<IPEndPoint?> Of(EdgeCore edge, string target)
    {
        var colon = target.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
        var host = target[..colon].Trim('[', ']');
        if (IPAddress.TryParse(host, out var address)) return new(address, port);
        try
        {
            // a socket of IPv6 reaches IPv4 too
            var found = await Dns.GetHostAddressesAsync(host, edge.Udp.Local.AddressFamily == AddressFamily.InterNetwork ? AddressFamily.InterNetwork : AddressFamily.Unspecified);
            return found.Length > 0 ? new(found[0], port) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
