using System.Globalization;
using System.Text;

namespace CallCenter.Media.Sdp;

/// <summary>Why a text is no session description.</summary>
public enum SdpFault
{
    None,
    TooLong,
    TooManyLines,
    NotALine,
    WrongVersion,
    NoOrigin,
    BadOrigin,
    BadConnection,
    BadMedia,
}

/// <summary>
/// Reads a session description (RFC 8866). Lenient where real phones are sloppy (bare LF, a missing s= or t= line, stray
/// blanks), strict where a guess could send media astray (o=, c=, m=). Bounded: 64 kB, 32 media lines, 512 lines.
/// </summary>
public static class SdpReader
{
    public const int MaxSize = 65_536, MaxLines = 512, MaxMedia = 32, MaxFormats = 64;

    public static bool TryRead(ReadOnlySpan<byte> text, out SdpSession session, out SdpFault fault)
    {
        var draft = new Draft();
        session = draft.Build();
        fault = SdpFault.TooLong;
        if (text.Length > MaxSize) return false;
        var lines = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = (end < 0 ? text : text[..end]).TrimEnd("\r \t"u8);
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.IsEmpty) continue;
            fault = ++lines > MaxLines ? SdpFault.TooManyLines : draft.Take(line, first: lines == 1);
            if (fault != SdpFault.None) return false;
        }
        fault = draft.HasOrigin ? SdpFault.None : SdpFault.NoOrigin;
        session = draft.Build();
        return fault == SdpFault.None;
    }

    /// <summary>What was read so far.</summary>
    sealed class Draft
    {
        static readonly char[] blanks = [' ', '\t'];

        readonly List<SdpAttribute> attributes = [];
        readonly List<SdpMedia> media = [];
        List<SdpAttribute>? mediaAttributes;
        SdpOrigin? origin;
        string name = "-", timing = SdpSession.NoTiming;
        string? connection;

        public bool HasOrigin => origin is not null;

        public SdpSession Build() => new(origin ?? new("-", 0, 0, "0.0.0.0"), name, connection, timing, attributes, media);

        public SdpFault Take(ReadOnlySpan<byte> line, bool first)
        {
            if (line.Length < 2 || line[1] != '=' || line.IndexOfAny((byte)'\r', (byte)0) >= 0) return SdpFault.NotALine; // no byte-string (§9) holds these
            var value = Encoding.UTF8.GetString(line[2..]); // bad UTF-8 becomes U+FFFD: names are shown, never acted on
            if (first) return line[0] == 'v' && value.Trim() == "0" ? SdpFault.None : SdpFault.WrongVersion;
            switch ((char)line[0])
            {
                case 'o': return TakeOrigin(value);
                case 'c': return TakeConnection(value);
                case 'm': return TakeMedia(value);
                case 'a':
                    var colon = value.IndexOf(':', StringComparison.Ordinal);
                    (mediaAttributes ?? attributes).Add(colon < 0 ? new(value) : new(value[..colon], value[(colon + 1)..].Trim()));
                    break;
                case 's': name = value; break;
                case 't' when timing == SdpSession.NoTiming: timing = value; break;
            }
            return SdpFault.None;
        }

        SdpFault TakeOrigin(string value)
        {
            var parts = value.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 6 || !TryNumber(parts[1], out var id) || !TryNumber(parts[2], out var version) || !IsAddress(parts[5])) return SdpFault.BadOrigin;
            origin = new(parts[0], id, version, parts[5]);
            return SdpFault.None;
        }

        SdpFault TakeConnection(string value)
        {
            var parts = value.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 3 || parts[0] != "IN" || parts[1] is not ("IP4" or "IP6")) return SdpFault.BadConnection;
            var slash = parts[2].IndexOf('/', StringComparison.Ordinal); // multicast TTL
            var address = slash < 0 ? parts[2] : parts[2][..slash];
            if (!IsAddress(address)) return SdpFault.BadConnection;
            if (mediaAttributes is null) connection = address;
            else media[^1] = media[^1] with { Connection = address };
            return SdpFault.None;
        }

        SdpFault TakeMedia(string value)
        {
            var parts = value.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 4 || parts.Length - 3 > MaxFormats || media.Count == MaxMedia) return SdpFault.BadMedia;
            var slash = parts[1].IndexOf('/', StringComparison.Ordinal); // a count of ports, not used by unicast RTP
            if (!ushort.TryParse(slash < 0 ? parts[1] : parts[1][..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return SdpFault.BadMedia;
            mediaAttributes = [];
            media.Add(new(parts[0], port, parts[2], parts[3..], null, mediaAttributes));
            return SdpFault.None;
        }

        /// <summary>An IP literal or a host name, by its characters only.</summary>
        static bool IsAddress(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-' or '_' or '%');

        /// <summary>Numbers of any length are legal; of those beyond 64 bits only the change matters, so they are folded.</summary>
        static bool TryNumber(string digits, out ulong number)
        {
            number = 0;
            foreach (var c in digits)
            {
                if (!char.IsAsciiDigit(c)) return false;
                number = unchecked(number * 10 + (ulong)(c - '0'));
            }
            return true;
        }
    }
}
