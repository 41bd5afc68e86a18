using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Dialogs;

/// <summary>Who owns one call. Everything is called on the loop; messages are valid as long as they are held.</summary>
public interface ICallUser
{
    /// <summary>100–199 to our INVITE.</summary>
    void OnProgress(Call call, SipResponse response);

    /// <summary>The first 2xx to our INVITE; its ACK has left.</summary>
    void OnAnswered(Call call, SipResponse response);

    /// <summary>The ACK of our 2xx, of the first INVITE or a later one; it may carry the SDP answer.</summary>
    void OnAcknowledged(Call call, SipRequest ack);

    /// <summary>A re-INVITE, or an UPDATE with a body: answer it with <see cref="Call.AcceptOffer"/> or a failure through the transaction. Without a body it asks for our offer.</summary>
    void OnOffer(Call call, ServerTransaction transaction, SipRequest request);

    /// <summary>The outcome of our re-INVITE; a 491 was retried already. Null where nothing came.</summary>
    void OnOfferAnswered(Call call, SipResponse? response);

    /// <summary>Any other request inside the dialog, such as INFO, NOTIFY, REFER: answer it through the transaction.</summary>
    void OnRequest(Call call, ServerTransaction transaction, SipRequest request);

    /// <summary>The last word about a call.</summary>
    void OnEnded(Call call, CallEnd end);
}

public enum CallEndKind : byte
{
    /// <summary>The peer refused our INVITE with <see cref="CallEnd.Status"/>.</summary>
    Refused,
    /// <summary>We cancelled our INVITE, or hung up before it was answered.</summary>
    Cancelled,
    /// <summary>The peer cancelled its INVITE.</summary>
    PeerCancelled,
    /// <summary>We refused the peer's INVITE.</summary>
    Rejected,
    /// <summary>We sent BYE.</summary>
    HungUp,
    /// <summary>The peer sent BYE.</summary>
    PeerHungUp,
    /// <summary>No answer at all (408), no ACK of our 2xx, or the dialog is gone at the peer (481).</summary>
    Lost,
    /// <summary>Nothing could be sent (503).</summary>
    Unreachable,
    /// <summary>The peer's messages break the rules: a 2xx without Contact and the like.</summary>
    Broken,
}

/// <param name="Status">The SIP status that ended it, or that stands for it; 0 for a BYE.</param>
/// <param name="Message">The response, CANCEL or BYE that ended it, for its Reason header; null where none did.</param>
public readonly record struct CallEnd(CallEndKind Kind, int Status, SipMessage? Message = null);
