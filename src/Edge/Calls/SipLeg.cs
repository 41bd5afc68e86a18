using CallCenter.Media;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Calls;

/// <summary>What all legs share: the SIP session, re-offers, what a phone asks besides, and the end. Lives on the loop.</summary>
abstract class SipLeg : EdgeLeg, ICallUser
{
    readonly PhoneActions? phone;
    readonly PeerProbe probe;

    protected SipLeg(EdgeCore edge, EdgeCall call, LegId id, string? station) : base(edge, call, id, station) => (phone, probe) = (station is null ? null : new(this), new(edge));

    /// <summary>A phone dials by itself, on as many lines as it has; a browser does not.</summary>
    public virtual bool IsPhone => Station is not null;

    /// <summary>The phone or browser is another edge's, which stands between.</summary>
    protected virtual bool IsLinked => false;

    /// <summary>Null before the INVITE has left, or was taken.</summary>
    public Sip.Dialogs.Call? Session { get; protected set; }

    public override LegSignalling? Signalling() => Session is { } session ? Edge.Traces?.Take(session.CallId) : null;

    protected LegAudio? Audio { get; private set; }

    /// <summary>Our offer went out in a 200: the answer comes with the ACK (RFC 3261 §13.2.1, §14.2).</summary>
    protected bool AnswerIsOwed { get; set; }

    /// <summary>False where there is no media to be had, which is the platform's fault and logged: a 503.</summary>
    /// <param name="srtp">Of a leg that we call; one that calls us gets what it offers.</param>
    protected bool TryOpenMedia(ulong sessionId, SrtpUse srtp = SrtpUse.Off)
    {
        if (!Call.TryOpenMedia(this, out var media, out var refusal))
        {
            Edge.Log.NoMedia(refusal, 503);
            return false;
        }
        Media = media;
        media.MuteTones();
        Audio = new(media, sessionId, Edge.Codecs, srtp) { Preferred = Call.Spoken };
        if (Audio.CanOffer) return true;
        Edge.Log.DtlsNotSpoken(GetType().Name, 503);
        media.Close();
        return false;
    }

    public override void TellReferral(int sipStatus)
    {
        if (phone is null) Senseless(nameof(TellReferral));
        else phone.TellReferral(sipStatus);
    }

    public virtual void OnProgress(Sip.Dialogs.Call session, SipResponse response) { }

    public virtual void OnAnswered(Sip.Dialogs.Call session, SipResponse response) { }

    public void OnAcknowledged(Sip.Dialogs.Call session, SipRequest ack)
    {
        if (!AnswerIsOwed) return;
        AnswerIsOwed = false;
        if (TryAccept(ack.Body.Span) is { } settled) Settle(settled);
        else OnUnsettled(session);
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
            Settle(settled!);
        }
        else transaction.Respond(488);
    }

    public void OnOfferAnswered(Sip.Dialogs.Call session, SipResponse? response) { } // this version makes no offers of its own inside a dialog

    public virtual void OnRequest(Sip.Dialogs.Call session, ServerTransaction transaction, SipRequest request)
    {
        if (request.Method == SipMethod.Info) OnInfo(transaction, request);
        else if (request.Method != SipMethod.Refer) transaction.Respond(501);
        else if (phone is null) transaction.Respond(403); // a customer does not send our calls about
        else phone.OnRefer(session, transaction, request);
    }

    void OnInfo(ServerTransaction transaction, SipRequest info)
    {
        if (InfoKey.Answer(transaction, info) is { } key) OnInfoKey(key);
    }

    public void OnEnded(Sip.Dialogs.Call session, CallEnd end)
    {
        OnMediaResumed();
        phone?.Close();
        OnOver(session, end);
    }

    protected virtual void OnOver(Sip.Dialogs.Call session, CallEnd end) => Call.Remove(this, Told(end));

    /// <summary>What an answer in an ACK, or in a 200 to our INVITE, settles; null if it is none.</summary>
    protected NegotiatedAudio? TryAccept(ReadOnlySpan<byte> answer) => Audio is not null && Audio.TryAccept(answer, out var settled) ? settled : null;

    /// <summary>Media flows so from now on, never nothing. Said after the call was told that the leg is answered: a phone may answer on hold.</summary>
    protected void Settle(NegotiatedAudio settled)
    {
        Media?.SetRemote(settled with { SignalledFrom = Session?.Seen.Remote?.Address });
        ForgetKeys();
        Call.Spoken ??= settled.Codec;
        phone?.OnSettled(settled);
        if (settled.Receives) OnMediaResumed(); // the media engine watches again
        else probe.OnHold(Session);
    }

    protected override void OnMediaLost() => probe.OnSilent(Session);

    protected override void OnMediaResumed() => probe.Stop();

    /// <summary>Who is gone without a word may be back soon, or call anew; so is he who closed his connection. Else nobody is there whom we could ever hear.</summary>
    protected override void OnPeerGone(PeerLoss why)
    {
        if (why is PeerLoss.Silent or PeerLoss.Closed) OnMediaLost();
        else
        {
            Edge.Log.NoPeer(GetType().Name, why);
            HangUp();
        }
    }

    /// <summary>Who ended an answered session, as the call hears it.</summary>
    HungUp Told(CallEnd end)
    {
        var q850 = end.Message is { } message ? ReasonHeader.Q850(message) : 0;
        var by = end.Kind switch
        {
            CallEndKind.HungUp or CallEndKind.Rejected or CallEndKind.Cancelled => LegEndedBy.Us,
            CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken => LegEndedBy.Network,
            _ when IsLinked && q850 == ReasonHeader.TemporaryFailure => LegEndedBy.Edge, // that one stopped, or was started anew: its agent did not hang up
            _ => ReasonHeader.IsNetworkCause(q850) ? LegEndedBy.Network : LegEndedBy.FarEnd,
        };
        return new(Edge.Now, Id, by, end.Status, q850);
    }
}
