using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <content>Offers inside the dialog: re-INVITE and UPDATE (RFC 3261 §14, RFC 3311).</content>
public sealed partial class Call
{
    /// <summary>The peer's re-INVITE or UPDATE that is still unanswered.</summary>
    ServerTransaction? offered;
    ClientTransaction? offering;
    ReadOnlyMemory<byte> offer;
    LoopTimer? offerRetry;

    /// <summary>Sends a re-INVITE. False while another of ours or the peer's is under way, or before the call is answered and acknowledged: try again after it.</summary>
    public bool TryOffer(ReadOnlyMemory<byte> body)
    {
        if (!MayOffer) return false;
        offer = body;
        SendOffer();
        return true;
    }

    /// <summary>Whether <see cref="TryOffer"/> would send.</summary>
    public bool MayOffer => IsAnswered && !IsEnded && !IsOffering && !IsOfferedTo;

    bool IsOffering => offering is not null || offerRetry is { IsRunning: true };

    /// <summary>An offer of the peer's is unanswered, or its answer unacknowledged.</summary>
    bool IsOfferedTo => offered is { IsAnswered: false } || answer is { State: AnswerState.Unacknowledged };

    void SendOffer(Action<SipWriter>? credentials = null)
    {
        offerChallenged &= credentials is not null;
        var writer = agent.Describe(Request(SipMethod.Invite));
        credentials?.Invoke(writer);
        var request = writer.FinishRequest("application/sdp"u8, offer.Span);
        offering = Endpoint.Prepare(request, NextFlow, this);
        Endpoint.Start(offering);
    }

    void ReceiveOfferResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional) return;
        if (response.IsSuccess)
        {
            var flow = NextFlow;
            Endpoint.SendAck(dialog!.Ack(Endpoint, transaction.Request.CSeq.Number, flow).Finish(), flow);
        }
        if (!ReferenceEquals(transaction, offering)) return; // a 2xx again: its ACK was lost
        offering = null;
        if (IsEnded || TryOfferAgain(response)) return;
        if (response.IsSuccess) Refresh(response);
        if (response.Status == 491) offerRetry = Endpoint.Loop.Schedule(GlareWait(), RetryOffer);
        else if (response.Status is 408 or 481) LoseDialog(response);
        else user.OnOfferAnswered(this, response);
    }

    void Refresh(SipMessage from)
    {
        dialog!.Refresh(from);
        agent.Watch?.OnConfirmed(this);
    }

    /// <summary>Both sides began at once: the owner of the Call-ID waits 2.1–4 s, the other 0–2 s, in steps of 10 ms (§14.1).</summary>
    TimeSpan GlareWait()
    {
        var random = Endpoint.Tokens.Next();
        return TimeSpan.FromMilliseconds(IsIncoming ? 10 * (random % 201) : 2100 + 10 * (random % 191));
    }

    void RetryOffer()
    {
        if (IsEnded) return;
        if (IsOfferedTo) offerRetry = Endpoint.Loop.Schedule(GlareWait(), RetryOffer);
        else SendOffer();
    }

    void FailOffer()
    {
        offering = null;
        if (IsEnded) return;
        user.OnOfferAnswered(this, null);
        LoseDialog(null);
    }

    /// <summary>408, 481 and silence end the dialog (§12.2.1.2); the BYE is for a peer that only lost us.</summary>
    void LoseDialog(SipResponse? response)
    {
        if (IsEnded) return;
        SendBye(dialog!, null);
        End(new(CallEndKind.Lost, response?.Status ?? 408, response));
    }

    /// <summary>What the end of the call leaves open: the peer's offer is refused, ours is given up.</summary>
    void CloseOffers()
    {
        if (offerRetry is not null) Endpoint.Loop.Stop(offerRetry);
        if (offered is { IsAnswered: false }) offered.Respond(487);
        offering?.LetGo();
    }

    /// <summary>Glare and order (§14.2): 491 against our own offer, 500 with Retry-After against one still unanswered.</summary>
    void ReceiveOffer(ServerTransaction transaction, SipRequest request)
    {
        if (IsEnded) transaction.Respond(481);
        else if (offering is not null) transaction.Respond(491); // while ours only waits for its retry, theirs goes first
        else if (!IsAnswered || IsOfferedTo)
        {
            var wait = (long)(Endpoint.Tokens.Next() % 11);
            transaction.Respond(500, transaction.Answer(500, "Another Offer Is Pending").Header(HeaderName.RetryAfter, wait).Finish());
        }
        else
        {
            offered = transaction;
            transaction.Owner = this;
            Refresh(request);
            user.OnOffer(this, transaction, request);
        }
    }

    /// <summary>Answers a re-INVITE or UPDATE with 200; that of a re-INVITE is repeated until its ACK.</summary>
    public void AcceptOffer(ServerTransaction transaction, ReadOnlySpan<byte> body)
    {
        if (IsEnded || transaction.IsAnswered) return;
        var response = agent.Describe(transaction.Answer(200).Header(HeaderName.Contact, contact)).Finish("application/sdp"u8, body);
        if (transaction.Request.Method != SipMethod.Invite)
        {
            transaction.Respond(200, response);
            return;
        }
        answer?.Stop();
        answer = new(this, transaction, response);
        answer.Apply(AnswerInput.Answered);
    }
}
