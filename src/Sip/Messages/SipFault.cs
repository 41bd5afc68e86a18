namespace CallCenter.Sip.Messages;

/// <summary>Why bytes are no SIP message.</summary>
public enum SipFaultKind : byte
{
    None,
    /// <summary>Nothing but line ends or zero bytes: a keep-alive (RFC 5626 §3.5.1, and what phones send besides).</summary>
    KeepAlive,
    NotSip,
    BadStartLine,
    BadVersion,
    BadHeader,
    MissingHeader,
    RepeatedHeader,
    TooManyHeaders,
    /// <summary>Method of CSeq and of the request line differ (RFC 3261 §8.1.1.5).</summary>
    MethodMismatch,
    /// <summary>Content-Length says more than came.</summary>
    BodyCut,
}

/// <summary>A message that does not parse.</summary>
/// <param name="Status">What to answer: 400 or 505; 0 where nothing can be answered.</param>
/// <param name="Reason">Reason phrase with the cause, as RFC 3261 §21.4.1 asks.</param>
/// <param name="Request">The broken request where it can be answered: Via, From, To, Call-ID and CSeq are there to be copied. Read nothing else of it.</param>
public readonly record struct SipFault(SipFaultKind Kind, int Status, string Reason, SipRequest? Request)
{
    public static SipFault Of(SipFaultKind kind) => new(kind, 0, "", null);
}
