using System.Text;

namespace CallCenter.Sip.Messages;

/// <summary>A request or response on its own bytes. Headers are slices; what every message needs is parsed once, the rest when asked for.</summary>
public abstract class SipMessage
{
    readonly byte[] bytes;
    readonly HeaderSlot[] headers;
    readonly Slice body;
    readonly MessageEssentials essentials;

    private protected SipMessage(in SipFrame frame, in MessageEssentials essentials)
    {
        (bytes, headers, body) = (frame.Bytes, frame.Headers, new(frame.Body.Start, essentials.BodyLength));
        this.essentials = essentials;
    }

    /// <summary>The message as it came, but for folds: each folded line end is two blanks (RFC 3261 §7.3.1 calls them equal).</summary>
    public ReadOnlySpan<byte> Raw => bytes;

    private protected ReadOnlyMemory<byte> Memory => bytes;

    public ReadOnlyMemory<byte> Body => new(bytes, body.Start, body.Length);
    public int HeaderCount => headers.Length;

    /// <summary>The topmost Via.</summary>
    public ref readonly Via Via => ref essentials.Via;
    public ref readonly NameAddr From => ref essentials.From;
    public ref readonly NameAddr To => ref essentials.To;
    public CSeq CSeq => essentials.CSeq;
    public ReadOnlySpan<byte> CallId => Value(HeaderName.CallId).Span;
    public string CallIdText => Encoding.UTF8.GetString(CallId);

    public HeaderName NameAt(int index) => headers[index].Name;

    /// <summary>The name as written.</summary>
    public ReadOnlySpan<byte> NameTextAt(int index) => headers[index].Text.Of(bytes);
    public ReadOnlyMemory<byte> ValueAt(int index) => headers[index].Value.From(bytes);

    public bool Has(HeaderName name) => IndexOf(name) >= 0;

    /// <summary>The first line's value, trimmed; empty where the header is absent.</summary>
    public ReadOnlyMemory<byte> Value(HeaderName name) => IndexOf(name) is var index and >= 0 ? ValueAt(index) : default;

    /// <summary>The first line of a header this stack has no name for; names are case-insensitive.</summary>
    public ReadOnlyMemory<byte> Value(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < headers.Length; i++)
            if (SipText.Same(NameTextAt(i), name)) return ValueAt(i);
        return default;
    }

    public string Text(HeaderName name) => Encoding.UTF8.GetString(Value(name).Span);
    public HeaderLines Lines(HeaderName name) => new(this, name);
    public HeaderElements Elements(HeaderName name) => new(Lines(name));

    /// <summary>The first element of a list of addresses: Contact, Route, Refer-To.</summary>
    public bool TryAddress(HeaderName name, out NameAddr address)
    {
        address = default;
        var elements = Elements(name);
        return elements.MoveNext() && NameAddr.TryParse(elements.Current, out address);
    }

    /// <summary>A number header such as Expires; false where absent or no number.</summary>
    public bool TryNumber(HeaderName name, out uint number) => SipText.TryNumber(Value(name).Span, out number);

    /// <summary>True where a token list such as Supported or Require names the token.</summary>
    public bool Lists(HeaderName name, ReadOnlySpan<byte> token)
    {
        foreach (var element in Elements(name))
            if (SipText.Same(element.Span, token)) return true;
        return false;
    }

    /// <summary>True where Content-Type is <paramref name="type"/>, such as <c>application/sdp</c>; its parameters do not count.</summary>
    public bool ContentIs(ReadOnlySpan<byte> type)
    {
        var value = Value(HeaderName.ContentType).Span;
        var semicolon = value.IndexOf((byte)';');
        return SipText.Same(SipText.Trim(semicolon < 0 ? value : value[..semicolon]), type);
    }

    public override string ToString() => Encoding.UTF8.GetString(bytes);

    int IndexOf(HeaderName name)
    {
        for (var i = 0; i < headers.Length; i++)
            if (headers[i].Name == name) return i;
        return -1;
    }
}

/// <summary>A request (RFC 3261 §7.1).</summary>
public sealed class SipRequest : SipMessage
{
    readonly Slice method;

    internal SipRequest(in SipFrame frame, in MessageEssentials essentials, in RequestLine line) : base(frame, essentials)
    {
        method = line.Method;
        Method = SipMethods.Of(MethodText);
        Uri = line.Uri;
    }

    public SipMethod Method { get; }

    /// <summary>As written, which is all there is where <see cref="Method"/> is Other.</summary>
    public ReadOnlySpan<byte> MethodText => method.Of(Memory);
    public SipUri Uri { get; }

    /// <summary>Where the request came from, set by the transport; the top Via of a response is completed with it (RFC 3261 §18.2.1, RFC 3581 §4).</summary>
    public Transport.SipFlow Source { get; internal set; }

    /// <summary>Null where absent, as RFC 2543 clients leave it; checked to be at most 255 when parsed.</summary>
    public int? MaxForwards => TryNumber(HeaderName.MaxForwards, out var hops) ? (int)hops : null;
}

/// <summary>A response (RFC 3261 §7.2).</summary>
public sealed class SipResponse : SipMessage
{
    readonly Slice reason;

    internal SipResponse(in SipFrame frame, in MessageEssentials essentials, in StatusLine line) : base(frame, essentials)
    {
        Status = line.Status;
        reason = line.Reason;
    }

    /// <summary>100–699.</summary>
    public int Status { get; }
    public bool IsProvisional => Status < 200;
    public bool IsSuccess => Status is >= 200 and < 300;
    public string Reason => Encoding.UTF8.GetString(reason.Of(Memory));
    public Transport.SipFlow Source { get; internal set; }
}
