using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>Writes URIs and name-addrs from plain text, escaping what must be.</summary>
public static class AddressText
{
    /// <summary><c>sip:user@host[:port][parameters]</c>. The user is escaped; IPv6 hosts get brackets.</summary>
    /// <param name="port">0 writes none.</param>
    /// <param name="parameters">With the leading ";", written as they are.</param>
    public static string Uri(string user, string host, int port = 0, string parameters = "")
    {
        var text = new StringBuilder("sip:");
        if (user.Length > 0) Escape(text, user).Append('@');
        text.Append(host.Contains(':') && host[0] != '[' ? $"[{host}]" : host);
        if (port > 0) text.Append(':').Append(port);
        return text.Append(parameters).ToString();
    }

    /// <summary><c>"display" &lt;uri&gt;;tag=…</c></summary>
    public static string NameAddr(string display, string uri, string tag = "")
    {
        var text = new StringBuilder();
        if (display.Length > 0)
        {
            text.Append('"');
            foreach (var character in display)
            {
                if (char.IsControl(character)) continue;
                if (character is '"' or '\\') text.Append('\\');
                text.Append(character);
            }
            text.Append("\" ");
        }
        text.Append('<').Append(uri).Append('>');
        if (tag.Length > 0) text.Append(";tag=").Append(tag);
        return text.ToString();
    }

    /// <summary>An address as a host part; IPv6 in brackets, an IPv4 address mapped into IPv6 as IPv4.</summary>
    public static string Host(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{address}]",
        _ => address.ToString(),
    };

    static StringBuilder Escape(StringBuilder text, string user)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            if (SipText.UserPlain.Contains(octet)) text.Append((char)octet);
            else text.Append('%').Append(octet.ToString("X2", null));
        }
        return text;
    }
}
