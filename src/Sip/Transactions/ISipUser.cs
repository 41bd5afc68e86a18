using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transactions;

/// <summary>The transaction user on top of the endpoint (RFC 3261 §5). Everything is called on the loop.</summary>
public interface ISipUser
{
    /// <summary>A request that is new, well-formed and no ACK or CANCEL. Answer through the transaction, now or later; an INVITE still unanswered on return gets a 100.</summary>
    void OnRequest(ServerTransaction transaction, SipRequest request);

    /// <summary>The ACK of a 2xx; it has no transaction of its own and may come more than once.</summary>
    void OnAck(SipRequest ack);

    /// <summary>The caller gives up. The CANCEL is answered already; the INVITE, which had no final answer yet, is to be answered with 487 (§9.2).</summary>
    void OnCancel(ServerTransaction invite, SipRequest cancel);

    /// <summary>An answer did not arrive: no ACK came in 64·T1, or it could not be sent.</summary>
    void OnServerFailed(ServerTransaction transaction, TransactionFailure failure);
}

/// <summary>Who sent a request and awaits what becomes of it. Everything is called on the loop.</summary>
public interface IClientUser
{
    /// <summary>Every provisional; the final one; for an INVITE every 2xx, also repeated and of other forks: each wants an ACK (§13.2.2.4).</summary>
    void OnResponse(ClientTransaction transaction, SipResponse response);

    /// <summary>To be taken as a 408 or 503 (§8.1.3.1).</summary>
    void OnFailed(ClientTransaction transaction, TransactionFailure failure);
}

public enum TransactionFailure : byte { Timeout, TransportError }
