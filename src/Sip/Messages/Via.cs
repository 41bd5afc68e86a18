using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>One Via value: <c>SIP/2.0/UDP host[:port];branch=…;received=…;rport</c> (RFC 3261 §20.42, RFC 3581).</summary>
public readonly struct Via
{
    readonly ReadOnlyMemory<byte> text;
    readonly Slice transport, host, parameters;

    Via(ReadOnlyMemory<byte> text, Slice transport, Slice host, ushort port, bool hasPort, Slice parameters)
    {
        this.text = text;
        (this.transport, this.host, this.parameters) = (transport, host, parameters);
        (Port, HasPort) = (port, hasPort);
    }

    /// <summary>Branches that begin so are unique over space and time (RFC 3261 §8.1.1.7).</summary>
    public static ReadOnlySpan<byte> MagicCookie => "z9hG4bK"u8;

    public bool IsEmpty => text.IsEmpty;
    public ReadOnlySpan<byte> Text => text.Span;
    public ReadOnlySpan<byte> Transport => transport.Of(text);

    /// <summary>sent-by host; IPv6 in brackets.</summary>
    public ReadOnlySpan<byte> Host => host.Of(text);
    public ushort Port { get; }
    public bool HasPort { get; }

    /// <summary>5060, or 5061 for TLS, where sent-by names none (§18.1.1, §18.2.2).</summary>
    public ushort PortOrDefault => HasPort ? Port : (ushort)(SipText.Same(Transport, "TLS"u8) ? 5061 : 5060);

    public ReadOnlySpan<byte> Parameters => parameters.Of(text);
    public ReadOnlySpan<byte> Branch => TryParameter("branch"u8, out var branch) ? branch : default;
    public bool HasMagicCookie => Branch.StartsWith(MagicCookie);

    /// <summary>The client asks for the port it is seen from (RFC 3581 §3).</summary>
    public bool WantsRport => TryParameter("rport"u8, out _);

    public bool TryParameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) => SipParameters.TryFind(Parameters, name, out value);

    public override string ToString() => Encoding.ASCII.GetString(Text);

    /// <summary>False where the value is broken; <paramref name="via"/> is empty then unless sent-by could be read. White space may stand around the slashes and the colon (§25.1 SLASH, COLON).</summary>
    public static bool TryParse(ReadOnlyMemory<byte> value, out Via via)
    {
        via = default;
        value = SipText.Trim(value);
        var span = value.Span;
        if (span.Length > ushort.MaxValue || !TryProtocol(span, out var transport)) return false;
        var start = transport.Start + transport.Length;
        while (start < span.Length && span[start] is (byte)' ' or (byte)'\t') start++;
        if (start == transport.Start + transport.Length) return false;
        var rest = span[start..];
        var semicolon = rest.IndexOf((byte)';');
        var sentBy = SipText.Trim(semicolon < 0 ? rest : rest[..semicolon]);
        if (!TrySentBy(sentBy, out var hostLength, out var port, out var hasPort)) return false;
        var tail = semicolon < 0 ? span.Length : start + semicolon;
        via = new(value, transport, new(start, hostLength), port, hasPort, new(tail, span.Length - tail));
        return SipParameters.AreWhole(span[tail..]); // a broken tail still tells where an answer goes
    }

    static bool TryProtocol(ReadOnlySpan<byte> span, out Slice transport)
    {
        transport = default;
        var first = span.IndexOf((byte)'/');
        if (first < 0) return false;
        var second = span[(first + 1)..].IndexOf((byte)'/');
        if (second < 0) return false;
        second += first + 1;
        // Any version: a request of another one must be answered with 505, along its Vias.
        if (!SipText.Same(SipText.Trim(span[..first]), "SIP"u8) || !SipText.IsToken(SipText.Trim(span[(first + 1)..second]))) return false;
        var start = second + 1;
        while (start < span.Length && span[start] is (byte)' ' or (byte)'\t') start++;
        var length = span[start..].IndexOfAnyExcept(SipText.Token);
        if (length <= 0) return false;
        transport = new(start, length);
        return true;
    }

    static bool TrySentBy(ReadOnlySpan<byte> sentBy, out int hostLength, out ushort port, out bool hasPort)
    {
        if (SipHost.TrySplit(sentBy, out hostLength, out port, out hasPort)) return true;
        if (sentBy.IndexOfAny((byte)' ', (byte)'\t') < 0) return false;
        var colon = sentBy.LastIndexOf((byte)':');
        if (colon <= 0) return false;
        var host = SipText.Trim(sentBy[..colon]);
        if (!SipHost.TrySplit(host, out hostLength, out _, out hasPort) || hasPort) return false;
        hasPort = true;
        var good = SipText.TryNumber(SipText.Trim(sentBy[(colon + 1)..]), out var number) && number is > 0 and <= ushort.MaxValue;
        port = (ushort)number;
        return good;
    }
}
