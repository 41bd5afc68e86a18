using System.Net;
using System.Net.Sockets;

namespace CallCenter.Api.OpenId;

/// <summary>Where the platform connects to on a firm's word: to the public Internet, and to networks that its operator named. Never to its own neighbours.</summary>
internal sealed class NetworkReach(IReadOnlyCollection<IPNetwork> named)
{
    /// <summary>What is not global (RFC 6890 §2.2.2, §2.2.3), and what leads to such addresses by translation (RFC 3056, RFC 4380).</summary>
    private static readonly IPNetwork[] Special = Array.ConvertAll(
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ], text => IPNetwork.Parse(text));

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (named.Any(network => network.Contains(plain))) return true;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global6.Contains(plain)) && !Array.Exists(Special, network => network.Contains(plain));
    }

    /// <summary>Without TLS on this machine only, and only where the operator let it be reached: a product that is tried out.</summary>
    public bool Allows(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && Allows(IPAddress.Loopback));
}
