using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Dialogs;

/// <summary>A request refused before anybody looks at its meaning.</summary>
/// <param name="Header">What the answer must name: Allow, Accept, Unsupported; Other for nothing.</param>
public sealed record UasRefusal(int Status, HeaderName Header = HeaderName.Other, string Value = "", string? Reason = null)
{
    public SipWriter Complete(SipWriter answer) => Header == HeaderName.Other ? answer : answer.Header(Header, Value);
}

/// <summary>What every server must check, in the order of RFC 3261 §8.2: method, URI, hops, extensions, body. Loops (482) are found by the endpoint.</summary>
/// <param name="Methods">Served, and listed in Allow; ACK and CANCEL among them.</param>
/// <param name="Extensions">Option tags understood, listed in Supported.</param>
/// <param name="BodyTypes">Content types read in INVITE and UPDATE.</param>
public sealed record UasRules(IReadOnlyList<SipMethod> Methods, IReadOnlyList<string> Extensions, IReadOnlyList<string> BodyTypes)
{
    /// <summary>Value of Allow.</summary>
    public string Allow { get; } = string.Join(", ", Methods.Select(m => Encoding.ASCII.GetString(m.Name())));

    /// <summary>Value of Supported.</summary>
    public string Supported { get; } = string.Join(", ", Extensions);

    readonly string accept = string.Join(", ", BodyTypes);
    readonly byte[][] extensions = [.. Extensions.Select(Encoding.ASCII.GetBytes)];
    readonly byte[][] bodyTypes = [.. BodyTypes.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Null where nothing is wrong.</summary>
    public UasRefusal? Check(SipRequest request)
    {
        if (request.Method == SipMethod.Other) return new(501);
        if (!Methods.Contains(request.Method)) return new(405, HeaderName.Allow, Allow);
        if (!request.Uri.IsSip) return new(416);
        if (request is { Method: SipMethod.Invite, MaxForwards: 0 }) return new(483); // an INVITE goes on from here; all else ends here, whatever its hops
        return CheckRequire(request) ?? CheckBody(request) ?? CheckAccept(request);
    }

    UasRefusal? CheckRequire(SipRequest request)
    {
        StringBuilder? unknown = null;
        foreach (var option in request.Elements(HeaderName.Require))
        {
            if (IsKnown(option.Span)) continue;
            unknown = unknown is null ? new() : unknown.Append(", ");
            unknown.Append(Encoding.UTF8.GetString(option.Span));
        }
        return unknown is null ? null : new(420, HeaderName.Unsupported, unknown.ToString());
    }

    bool IsKnown(ReadOnlySpan<byte> option)
    {
        foreach (var extension in extensions)
            if (SipText.Same(extension, option)) return true;
        return false;
    }

    /// <summary>A body that may be ignored is no reason to refuse (§8.2.3).</summary>
    UasRefusal? CheckBody(SipRequest request)
    {
        if (request.Method is not (SipMethod.Invite or SipMethod.Update) || request.Body.IsEmpty || IsOptional(request)) return null;
        var encoding = request.Value(HeaderName.ContentEncoding).Span;
        if (!encoding.IsEmpty && !SipText.Same(encoding, "identity"u8)) return new(415, HeaderName.Accept, accept, "Unsupported Content-Encoding");
        foreach (var type in bodyTypes)
            if (request.ContentIs(type)) return null;
        return new(415, HeaderName.Accept, accept);
    }

    static bool IsOptional(SipRequest request) =>
        SipParameters.TryFind(Tail(request.Value(HeaderName.ContentDisposition).Span), "handling"u8, out var handling) && SipText.Same(handling, "optional"u8);

    static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> value) => value.IndexOf((byte)';') is var at and >= 0 ? value[at..] : default;

    /// <summary>An INVITE that takes no session description cannot be answered (§21.4.7).</summary>
    UasRefusal? CheckAccept(SipRequest request)
    {
        if (request.Method != SipMethod.Invite || !request.Has(HeaderName.Accept)) return null;
        foreach (var element in request.Elements(HeaderName.Accept))
        {
            var semicolon = element.Span.IndexOf((byte)';');
            var type = SipText.Trim(semicolon < 0 ? element.Span : element.Span[..semicolon]);
            if (SipText.Same(type, "*/*"u8) || SipText.Same(type, "application/*"u8)) return null;
            foreach (var known in bodyTypes)
                if (SipText.Same(type, known)) return null;
        }
        return new(406, HeaderName.Accept, accept);
    }
}
