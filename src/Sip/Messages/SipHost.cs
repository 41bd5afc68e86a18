using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>host and hostport (RFC 3261 §25.1).</summary>
static class SipHost
{
    /// <summary>Splits <c>host[:port]</c>; a host is a name, an IPv4 address or an IPv6 reference in brackets.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out int hostLength, out ushort port, out bool hasPort)
    {
        (hostLength, port, hasPort) = (0, 0, false);
        if (text.IsEmpty) return false;
        var end = text[0] == '[' ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        if (end == 0) return false;
        if (end < 0) end = text.Length;
        hostLength = end;
        if (!IsHost(text[..end])) return false;
        if (end == text.Length) return true;
        hasPort = true;
        if (text[end] != ':' || !SipText.TryNumber(text[(end + 1)..], out var number) || number is 0 or > ushort.MaxValue) return false;
        port = (ushort)number;
        return true;
    }

    static bool IsHost(ReadOnlySpan<byte> host) => host[0] == '['
        ? TryAddress(host, out _)
        : host[0] is not ((byte)'.' or (byte)'-') && !host.ContainsAnyExcept(SipText.HostName) && host.IndexOf(".."u8) < 0;

    /// <summary>An IPv4 address, or an IPv6 address with or without brackets.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> host, out IPAddress address)
    {
        address = IPAddress.None;
        if (host.Length is 0 or > 47) return false;
        var inner = host.Length > 2 && host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;
        var isIpv6 = inner.Length < host.Length || inner.IndexOf((byte)':') >= 0;
        if (isIpv6 ? inner.ContainsAnyExcept(SipText.Ipv6) : !IsDotted(inner)) return false;
        Span<char> text = stackalloc char[inner.Length];
        Encoding.ASCII.GetChars(inner, text);
        if (!IPAddress.TryParse(text, out var parsed)) return false;
        address = parsed;
        return parsed.AddressFamily == (isIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    /// <summary>Four numbers; the shorter and hexadecimal spellings that <see cref="IPAddress"/> also reads are names here.</summary>
    static bool IsDotted(ReadOnlySpan<byte> text) => text.Count((byte)'.') == 3 && !text.ContainsAnyExcept("0123456789."u8);
}
