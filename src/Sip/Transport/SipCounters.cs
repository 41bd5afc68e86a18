namespace CallCenter.Sip.Transport;

/// <summary>What passed an endpoint, since its start. Written on the loop, read anywhere; a read may be a moment old.</summary>
public sealed class SipCounters
{
    public long Requests, Responses, Retransmissions, KeepAlives, Malformed, MalformedAnswered, Stray, Merged, Refused, SendErrors, Sent, Faults;

    /// <summary>Requests inside a dialog that is there.</summary>
    public long InDialog;
}
