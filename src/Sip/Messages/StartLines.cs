namespace CallCenter.Sip.Messages;

/// <summary>Request-Line and Status-Line (RFC 3261 §7.1, §7.2): single blanks between the parts, none elsewhere; a Request-URI has no headers (§19.1.1).</summary>
static class StartLines
{
    public static SipFaultKind ReadRequest(in SipFrame frame, out RequestLine line)
    {
        line = default;
        var text = frame.StartLine.Of(frame.Bytes);
        var method = text.IndexOf((byte)' ');
        if (method <= 0 || !SipText.IsToken(text[..method])) return SipFaultKind.BadStartLine;
        line = new(new(frame.StartLine.Start, method), default);
        var version = text.LastIndexOf((byte)' ');
        var place = new Slice(frame.StartLine.Start + method + 1, Math.Max(0, version - method - 1));
        if (version == method || !SipUri.TryParse(place.From(frame.Bytes), out var uri) || !uri.Headers.IsEmpty) return SipFaultKind.BadStartLine;
        line = new(line.Method, uri);
        return Version(text[(version + 1)..]);
    }

    public static SipFaultKind ReadResponse(in SipFrame frame, out StatusLine line)
    {
        line = default;
        var text = frame.StartLine.Of(frame.Bytes);
        var space = text.IndexOf((byte)' ');
        if (space < 0 || text.Length < space + 4 || !SipText.TryNumber(text.Slice(space + 1, 3), out var status) || status is < 100 or > 699) return SipFaultKind.BadStartLine;
        var rest = space + 4;
        if (rest < text.Length && text[rest] != ' ') return SipFaultKind.BadStartLine;
        if (rest < text.Length) rest++;
        line = new((int)status, new(frame.StartLine.Start + rest, text.Length - rest));
        return Version(text[..space]);
    }

    /// <summary>The version is read without regard to case (§7.1), and there is one: 2.0.</summary>
    static SipFaultKind Version(ReadOnlySpan<byte> text)
    {
        if (SipText.Same(text, "SIP/2.0"u8)) return SipFaultKind.None;
        return text.Length > 4 && SipText.Same(text[..4], "SIP/"u8) && !text[4..].ContainsAnyExcept("0123456789."u8) ? SipFaultKind.BadVersion : SipFaultKind.BadStartLine;
    }
}
