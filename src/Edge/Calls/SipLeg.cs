using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Calls;

/// <summary>What caller's and station's legs share: the SIP session once it is answered, re-offers, and the end. Lives on the loop.</summary>
abstract class SipLeg(EdgeCore edge, EdgeCall call, LegId id) : EdgeLeg(edge, call, id), ICallUser
{
    protected LegAudio? Audio { get; set; }

    /// <summary>Our offer went out in a 200: the answer comes with the ACK (RFC 3261 §13.2.1, §14.2).</summary>
    protected bool AnswerIsOwed { get; set; }

    public virtual void OnProgress(Sip.Dialogs.Call session, SipResponse response) { }

    public virtual void OnAnswered(Sip.Dialogs.Call session, SipResponse response) { }

    public void OnAcknowledged(Sip.Dialogs.Call session, SipRequest ack)
    {
        if (!AnswerIsOwed) return;
        AnswerIsOwed = false;
        if (!TrySettle(ack.Body.Span)) OnUnsettled(session);
    }

    /// <summary>The ACK brought no answer to our offer. Inside a session it goes on as it was.</summary>
    protected virtual void OnUnsettled(Sip.Dialogs.Call session) { }

    /// <summary>
    /// A re-INVITE or UPDATE: a new address, hold, another codec. A re-INVITE without a body asks for our offer (RFC 3261 §14.2), an UPDATE
    /// without one for nothing (RFC 3311 §5.2); what fits no more is refused and the session goes on as it was.
    /// </summary>
    public void OnOffer(Sip.Dialogs.Call session, ServerTransaction transaction, SipRequest request)
    {
        if (Audio is not { } audio) transaction.Respond(488);
        else if (request.Body.IsEmpty)
        {
            AnswerIsOwed = request.Method == SipMethod.Invite;
            session.AcceptOffer(transaction, AnswerIsOwed ? audio.Offer() : default);
        }
        else if (audio.TryAnswer(request.Body.Span, out var answer, out var settled))
        {
            session.AcceptOffer(transaction, answer);
            Media?.SetRemote(settled!);
        }
        else transaction.Respond(488);
    }

    public void OnOfferAnswered(Sip.Dialogs.Call session, SipResponse? response) { } // this version makes no offers of its own inside a dialog

    public void OnRequest(Sip.Dialogs.Call session, ServerTransaction transaction, SipRequest request) => transaction.Respond(501);

    public abstract void OnEnded(Sip.Dialogs.Call session, CallEnd end);

    /// <summary>An answer in an ACK, or in a 200 to our INVITE.</summary>
    protected bool TrySettle(ReadOnlySpan<byte> answer)
    {
        if (Audio is null || !Audio.TryAccept(answer, out var settled)) return false;
        Media?.SetRemote(settled);
        return true;
    }

    /// <summary>Who ended an answered session, as the call hears it.</summary>
    protected static HungUp Told(DateTimeOffset at, LegId leg, CallEnd end)
    {
        var q850 = end.Message is { } message ? ReasonHeader.Q850(message) : 0;
        var by = end.Kind switch
        {
            CallEndKind.HungUp or CallEndKind.Rejected or CallEndKind.Cancelled => LegEndedBy.Us,
            CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken => LegEndedBy.Network,
            _ => ReasonHeader.IsNetworkCause(q850) ? LegEndedBy.Network : LegEndedBy.FarEnd,
        };
        return new(at, leg, by, end.Status, q850);
    }
}
