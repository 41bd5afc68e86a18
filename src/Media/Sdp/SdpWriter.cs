using System.Globalization;
using System.Text;

namespace CallCenter.Media.Sdp;

/// <summary>Writes a session description in the order RFC 8866 §5 demands.</summary>
public static class SdpWriter
{
    public static byte[] Write(SdpSession session)
    {
        var text = new StringBuilder(512);
        var origin = session.Origin;
        Line(text, 'v', "0");
        Line(text, 'o', string.Create(CultureInfo.InvariantCulture, $"{origin.User} {origin.SessionId} {origin.Version} IN {Family(origin.Address)} {origin.Address}"));
        Line(text, 's', session.Name.Length == 0 ? "-" : session.Name);
        Connection(text, session.Connection);
        Line(text, 't', session.Timing);
        Attributes(text, session.Attributes);
        foreach (var media in session.Media)
        {
            Line(text, 'm', string.Create(CultureInfo.InvariantCulture, $"{media.Kind} {media.Port} {media.Protocol} {string.Join(' ', media.Formats)}"));
            Connection(text, media.Connection);
            Attributes(text, media.Attributes);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Connection(StringBuilder text, string? address)
    {
        if (address is not null) Line(text, 'c', $"IN {Family(address)} {address}");
    }

    static void Attributes(StringBuilder text, IEnumerable<SdpAttribute> attributes)
    {
        foreach (var a in attributes) Line(text, 'a', a.Value is null ? a.Name : $"{a.Name}:{a.Value}");
    }

    static string Family(string address) => address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";

    static void Line(StringBuilder text, char type, string value) => text.Append(type).Append('=').Append(value).Append("\r\n");
}
