using System.Net;
using System.Text;

namespace CallCenter.Sip.Messages;

public enum UriScheme : byte { Sip, Sips, Tel, Other }

/// <summary>A URI of RFC 3261 §19.1 as slices of the bytes it came in; holding one holds the whole message it was read from (see <see cref="Detach"/>).</summary>
/// <remarks>For schemes other than sip and sips only <see cref="Text"/> and <see cref="Scheme"/> mean something.</remarks>
public readonly struct SipUri
{
    readonly ReadOnlyMemory<byte> text;
    readonly Slice user, password, host, parameters, headers;

    SipUri(ReadOnlyMemory<byte> text, UriScheme scheme, in Parts parts)
    {
        this.text = text;
        Scheme = scheme;
        (user, password, host, parameters, headers) = (parts.User, parts.Password, parts.Host, parts.Parameters, parts.Headers);
        (Port, HasPort) = (parts.Port, parts.HasPort);
    }

    public UriScheme Scheme { get; }

    /// <summary>0 where the URI names none; <see cref="HasPort"/> tells.</summary>
    public ushort Port { get; }

    public bool HasPort { get; }

    public bool IsSip => Scheme is UriScheme.Sip or UriScheme.Sips && !text.IsEmpty;
    public bool IsEmpty => text.IsEmpty;
    public ReadOnlySpan<byte> Text => text.Span;
    public ReadOnlyMemory<byte> Memory => text;

    /// <summary>As written, escapes kept; empty where there is none.</summary>
    public ReadOnlySpan<byte> User => user.Of(text);
    public ReadOnlySpan<byte> Password => password.Of(text);

    /// <summary>IPv6 references keep their brackets.</summary>
    public ReadOnlySpan<byte> Host => host.Of(text);

    /// <summary>With the leading ";"; empty where there are none.</summary>
    public ReadOnlySpan<byte> Parameters => parameters.Of(text);

    /// <summary>Without the leading "?".</summary>
    public ReadOnlySpan<byte> Headers => headers.Of(text);

    public string UserText => SipText.Unescape(User);
    public string HostText => Encoding.ASCII.GetString(Host);

    /// <summary>5060, or 5061 for sips, where the URI names none (§19.1.2).</summary>
    public ushort PortOrDefault => HasPort ? Port : (ushort)(Scheme == UriScheme.Sips ? 5061 : 5060);

    public bool TryParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => SipParameters.TryFind(Parameters, name, out value);

    /// <summary>True where the host is an address and no name.</summary>
    public bool TryAddress(out IPAddress address) => SipHost.TryAddress(Host, out address);

    /// <summary>The same URI on bytes of its own.</summary>
    public SipUri Detach() => TryParse(text.ToArray(), out var copy) ? copy : default;

    /// <summary>Equality of RFC 3261 §19.1.4, which is not transitive and so no Equals.</summary>
    public bool Matches(in SipUri other) => SipUriComparison.Matches(this, other);

    public override string ToString() => Encoding.UTF8.GetString(Text);

    public static bool TryParse(string value, out SipUri uri) => TryParse(Encoding.UTF8.GetBytes(value), out uri);

    public static bool TryParse(ReadOnlyMemory<byte> value, out SipUri uri)
    {
        uri = default;
        var span = value.Span;
        var colon = span.IndexOf((byte)':');
        if (colon <= 0 || colon == span.Length - 1 || span.Length > ushort.MaxValue) return false;
        var scheme = SchemeOf(span[..colon]);
        var parts = default(Parts);
        var good = scheme switch
        {
            UriScheme.Sip or UriScheme.Sips => TryParts(span, colon + 1, ref parts),
            _ => IsScheme(span[..colon]) && !span[(colon + 1)..].ContainsAnyExcept(SipText.UriGeneric) && SipText.EscapesAreWhole(span),
        };
        if (good) uri = new(value, scheme, parts);
        return good;
    }

    static UriScheme SchemeOf(ReadOnlySpan<byte> name) =>
        SipText.Same(name, "sip"u8) ? UriScheme.Sip : SipText.Same(name, "sips"u8) ? UriScheme.Sips : SipText.Same(name, "tel"u8) ? UriScheme.Tel : UriScheme.Other;

    static bool IsScheme(ReadOnlySpan<byte> name) => char.IsAsciiLetter((char)name[0]) && SipText.IsToken(name);

    /// <summary><c>[user[:password]@]host[:port][;parameters][?headers]</c>; an "@" may stand nowhere else unescaped.</summary>
    static bool TryParts(ReadOnlySpan<byte> span, int start, ref Parts parts)
    {
        var at = span[start..].IndexOf((byte)'@');
        if (at == 0) return false;
        if (at > 0 && !TryUserInfo(span, start, at, ref parts)) return false;
        var place = at < 0 ? start : start + at + 1;
        var rest = span[place..];
        var length = rest.IndexOfAny((byte)';', (byte)'?');
        if (!SipHost.TrySplit(length < 0 ? rest : rest[..length], out var hostLength, out parts.Port, out parts.HasPort)) return false;
        parts.Host = new(place, hostLength);
        return length < 0 || TryTail(span, place + length, ref parts);
    }

    static bool TryUserInfo(ReadOnlySpan<byte> span, int start, int length, ref Parts parts)
    {
        var info = span.Slice(start, length);
        var colon = info.IndexOf((byte)':');
        var name = colon < 0 ? info : info[..colon];
        if (name.IsEmpty || name.ContainsAnyExcept(SipText.User) || !SipText.EscapesAreWhole(info)) return false;
        parts.User = new(start, name.Length);
        if (colon < 0) return true;
        if (info[(colon + 1)..].ContainsAnyExcept(SipText.Password)) return false;
        parts.Password = new(start + colon + 1, length - colon - 1);
        return true;
    }

    static bool TryTail(ReadOnlySpan<byte> span, int start, ref Parts parts)
    {
        var tail = span[start..];
        if (!SipText.EscapesAreWhole(tail)) return false;
        var question = tail.IndexOf((byte)'?');
        var given = question < 0 ? tail : tail[..question];
        if (given.ContainsAnyExcept(SipText.UriParameters) || !SipParameters.AreWhole(given)) return false;
        parts.Parameters = new(start, given.Length);
        if (question < 0) return true;
        if (tail[(question + 1)..].ContainsAnyExcept(SipText.UriHeaders)) return false;
        parts.Headers = new(start + question + 1, tail.Length - question - 1);
        return true;
    }

    struct Parts
    {
        public Slice User, Password, Host, Parameters, Headers;
        public ushort Port;
        public bool HasPort;
    }
}

/// <summary>Where a part lies in its text; 65,535 bytes are the most one datagram holds.</summary>
readonly record struct Slice(ushort Start, ushort Length)
{
    public Slice(int start, int length) : this((ushort)start, (ushort)length) { }

    public ReadOnlySpan<byte> Of(ReadOnlyMemory<byte> text) => text.Span.Slice(Start, Length);
    public ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> text) => text.Slice(Start, Length);
}
