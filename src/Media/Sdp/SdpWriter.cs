using System.Globalization;
using System.Text;

namespace CallCenter.Media.Sdp;

/// <summary>Writes a session description in the order RFC 8866 §5 demands.</summary>
public static class SdpWriter
{
    const int Usual = 1024;
    [ThreadStatic] static StringBuilder? mine;

    public static byte[] Write(SdpSession session)
    {
        var text = (mine ??= new(Usual)).Clear();
        var origin = session.Origin;
        Line(text, 'v', "0");
        Begin(text, 'o').Append(CultureInfo.InvariantCulture, $"{origin.User} {origin.SessionId} {origin.Version} IN {Family(origin.Address)} {origin.Address}").Append(End);
        Line(text, 's', session.Name.Length == 0 ? "-" : session.Name);
        Connection(text, session.Connection);
        Line(text, 't', session.Timing);
        Attributes(text, session.Attributes);
        foreach (var media in session.Media)
        {
            Begin(text, 'm').Append(CultureInfo.InvariantCulture, $"{media.Kind} {media.Port} {media.Protocol} ").AppendJoin(' ', media.Formats).Append(End);
            Connection(text, media.Connection);
            Attributes(text, media.Attributes);
        }
        return ToBytes(text);
    }

    /// <summary>The maker is kept as long as it has not grown.</summary>
    static byte[] ToBytes(StringBuilder text)
    {
        Span<char> characters = text.Length <= Usual ? stackalloc char[text.Length] : new char[text.Length];
        text.CopyTo(0, characters, text.Length);
        if (text.Length > Usual) mine = null;
        var bytes = new byte[Encoding.UTF8.GetByteCount(characters)];
        Encoding.UTF8.GetBytes(characters, bytes);
        return bytes;
    }

    static void Connection(StringBuilder text, string? address)
    {
        if (address is not null) Begin(text, 'c').Append("IN ").Append(Family(address)).Append(' ').Append(address).Append(End);
    }

    static void Attributes(StringBuilder text, IEnumerable<SdpAttribute> attributes)
    {
        foreach (var a in attributes)
        {
            Begin(text, 'a').Append(a.Name);
            if (a.Value is not null) text.Append(':').Append(a.Value);
            text.Append(End);
        }
    }

    const string End = "\r\n";

    static string Family(string address) => address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";

    static StringBuilder Begin(StringBuilder text, char type) => text.Append(type).Append('=');

    static void Line(StringBuilder text, char type, string value) => Begin(text, type).Append(value).Append(End);
}
