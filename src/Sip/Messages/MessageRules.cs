namespace CallCenter.Sip.Messages;

/// <summary>What must hold of any message before somebody acts on it: the mandatory headers, each once and readable (RFC 3261 §8.1.1, §20).</summary>
static class MessageRules
{
    /// <param name="method">The request line's method; empty for a response.</param>
    /// <param name="name">The header at fault.</param>
    /// <param name="answerable">True where all that a response copies is there, and the Via says where to (§8.2.6.2).</param>
    public static SipFaultKind Check(in SipFrame frame, Slice method, out MessageEssentials essentials, out HeaderName name, out bool answerable)
    {
        essentials = default;
        var found = default(Found);
        var problem = Collect(frame, ref found, out name);
        var broken = ReadEssentials(frame, found, ref essentials, out var brokenName);
        answerable = broken != SipFaultKind.MissingHeader && !essentials.Via.IsEmpty;
        if (broken != SipFaultKind.None) (problem, name) = (broken, brokenName);
        if (problem != SipFaultKind.None) return problem;
        if (method.Length > 0 && !SameMethod(frame, method, found.CSeq)) return SipFaultKind.MethodMismatch;
        return Lengths(frame, found, ref essentials.BodyLength, ref name);
    }

    /// <summary>Index + 1 of each header that may stand once only.</summary>
    struct Found
    {
        public int Via, From, To, CallId, CSeq, MaxForwards, ContentLength, ContentType, Expires;
    }

    static SipFaultKind Collect(in SipFrame frame, ref Found found, out HeaderName repeated)
    {
        repeated = HeaderName.Other;
        var good = true;
        for (var i = 0; i < frame.Headers.Length; i++)
        {
            var once = frame.Headers[i].Name switch
            {
                HeaderName.From => Once(ref found.From, i),
                HeaderName.To => Once(ref found.To, i),
                HeaderName.CallId => Once(ref found.CallId, i),
                HeaderName.CSeq => Once(ref found.CSeq, i),
                HeaderName.MaxForwards => Once(ref found.MaxForwards, i),
                HeaderName.ContentLength => Once(ref found.ContentLength, i),
                HeaderName.ContentType => Once(ref found.ContentType, i),
                HeaderName.Expires => Once(ref found.Expires, i),
                HeaderName.Via => Once(ref found.Via, i) || true, // the topmost counts
                _ => true,
            };
            if (once || !good) continue;
            good = false;
            repeated = frame.Headers[i].Name;
        }
        return good ? SipFaultKind.None : SipFaultKind.RepeatedHeader;
    }

    static bool Once(ref int place, int index)
    {
        if (place != 0) return false;
        place = index + 1;
        return true;
    }

    static SipFaultKind ReadEssentials(in SipFrame frame, in Found found, ref MessageEssentials essentials, out HeaderName name)
    {
        name = found switch
        {
            { Via: 0 } => HeaderName.Via,
            { From: 0 } => HeaderName.From,
            { To: 0 } => HeaderName.To,
            { CallId: 0 } => HeaderName.CallId,
            { CSeq: 0 } => HeaderName.CSeq,
            _ => HeaderName.Other,
        };
        if (name != HeaderName.Other) return SipFaultKind.MissingHeader;
        name = Unreadable(frame, found, ref essentials);
        return name == HeaderName.Other ? SipFaultKind.None : SipFaultKind.BadHeader;
    }

    /// <summary>The first header that cannot be read; all are tried, for the answer.</summary>
    static HeaderName Unreadable(in SipFrame frame, in Found found, ref MessageEssentials essentials)
    {
        var via = Value(frame, found.Via);
        var callId = Value(frame, found.CallId).Span;
        var viaIsGood = Via.TryParse(via[..SipText.ElementLength(via.Span)], out essentials.Via);
        var cseqIsGood = CSeq.TryParse(Value(frame, found.CSeq).Span, out essentials.CSeq);
        var fromIsGood = NameAddr.TryParse(Value(frame, found.From), out essentials.From);
        var toIsGood = NameAddr.TryParse(Value(frame, found.To), out essentials.To);
        if (!viaIsGood) return HeaderName.Via;
        if (callId.IsEmpty || callId.ContainsAnyExcept(SipText.CallId)) return HeaderName.CallId;
        if (!cseqIsGood) return HeaderName.CSeq;
        if (!fromIsGood) return HeaderName.From;
        return toIsGood ? HeaderName.Other : HeaderName.To;
    }

    static bool SameMethod(in SipFrame frame, Slice method, int cseq) =>
        CSeq.TryParse(Value(frame, cseq).Span, out _, out var name) && name.SequenceEqual(method.Of(frame.Bytes));

    /// <summary>Max-Forwards is 0–255 (§20.22). Content-Length counts the body; over datagrams what comes after it is dropped, and less than it is a fault (§18.3).</summary>
    static SipFaultKind Lengths(in SipFrame frame, in Found found, ref int bodyLength, ref HeaderName name)
    {
        bodyLength = frame.Body.Length;
        name = HeaderName.MaxForwards;
        if (found.MaxForwards > 0 && !(SipText.TryNumber(Value(frame, found.MaxForwards).Span, out var hops) && hops <= 255)) return SipFaultKind.BadHeader;
        name = HeaderName.ContentLength;
        if (found.ContentLength == 0) return SipFaultKind.None;
        if (!SipText.TryNumber(Value(frame, found.ContentLength).Span, out var length)) return SipFaultKind.BadHeader;
        if (length > frame.Body.Length) return SipFaultKind.BodyCut;
        bodyLength = (int)length;
        return SipFaultKind.None;
    }

    static ReadOnlyMemory<byte> Value(in SipFrame frame, int place) => frame.Headers[place - 1].Value.From(frame.Bytes);
}
