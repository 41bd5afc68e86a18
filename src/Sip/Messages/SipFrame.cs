namespace CallCenter.Sip.Messages;

/// <summary>A message cut into start line, header lines and body, nothing of it judged.</summary>
readonly record struct SipFrame(byte[] Bytes, Slice StartLine, HeaderSlot[] Headers, Slice Body);

/// <summary>What every message must have (RFC 3261 §8.1.1, §8.2.6.2).</summary>
struct MessageEssentials
{
    public Via Via;
    public NameAddr From, To;
    public CSeq CSeq;
    /// <summary>What Content-Length says; without it, all that came.</summary>
    public int BodyLength;
}

readonly record struct RequestLine(Slice Method, SipUri Uri);

readonly record struct StatusLine(int Status, Slice Reason);
