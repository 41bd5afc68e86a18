using System.Text;
using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Links;

/// <summary>One of the two sides of a <see cref="LinkCall"/>: its session, its media, and what it settled. Lives on the loop.</summary>
sealed class LinkSide(LinkCall call, EdgeCore edge) : ICallUser, IMediaOwner
{
    readonly PeerProbe probe = new(edge);
    readonly KeyGate keys = new();
    byte[]? answer;
    NegotiatedAudio? settled;
    bool answerIsOwed;

    /// <summary>What the far end lets us send, and what the other side knows of it.</summary>
    bool sends = true, passedOn = true;

    public CallRef Name => call.Name;
    public LinkSide Other { get; set; } = null!;
    public Sip.Dialogs.Call? Session { get; set; }
    public MediaLeg? Media { get; private set; }
    public LegAudio? Audio { get; private set; }

    /// <summary>Null before anything is settled.</summary>
    public AudioCodec? Spoken => settled?.Codec;

    /// <summary>The far end said something.</summary>
    public bool Heard { get; private set; }

    /// <summary>The dialog, of an INVITE of ours from the far end's first answer on.</summary>
    public DialogId? Dialog => Session?.Dialog?.Id ?? named;
    DialogId? named;

    public bool TryOpen(long group, SrtpUse srtp = SrtpUse.Off)
    {
        if (!edge.Media.TryOpenLeg(group, this, out var media, out _)) return false;
        Media = media;
        Audio = new(media, edge.NextSessionId(), edge.Codecs, srtp);
        if (!Audio.CanOffer)
        {
            edge.Log.DtlsNotSpoken(nameof(LinkSide), 503);
            return false;
        }
        media.MuteTones(); // the other edge settled telephone-events, and listens for no tones
        return true;
    }

    /// <summary>Reads the offer of an INVITE; the answer is kept for <see cref="Accept"/>. One without an offer gets ours.</summary>
    public bool TryAnswer(ReadOnlySpan<byte> offer)
    {
        if (!offer.IsEmpty) return Audio!.TryAnswer(offer, out answer, out settled);
        (answer, answerIsOwed) = (Audio!.Offer(), true);
        return true;
    }

    public void Accept()
    {
        if (settled is not null) Settle(settled);
        Session!.Accept(answer);
    }

    /// <summary>The phone's answer to the INVITE.</summary>
    public bool TryAccept(ReadOnlySpan<byte> theirs)
    {
        if (!Audio!.TryAccept(theirs, out settled)) return false;
        Settle(settled);
        return true;
    }

    /// <summary>A new address is ours to follow; hold is passed on, since what it means is decided on the other side.</summary>
    void Settle(NegotiatedAudio audio)
    {
        Media!.SetRemote(audio);
        sends = audio.Sends;
        PassHold();
    }

    /// <summary>As soon as the other side may be offered something: until then it is owed.</summary>
    void PassHold()
    {
        if (sends == passedOn || Other.Session is not { MayOffer: true } to) return;
        passedOn = sends;
        to.TryOffer(Other.Audio!.Offer(sends ? MediaDirection.SendReceive : MediaDirection.SendOnly));
    }

    public void Close() => Media?.Close();

    void ICallUser.OnProgress(Sip.Dialogs.Call of, SipResponse response)
    {
        Hear(response);
        call.OnProgress(this, response.Status);
    }

    void ICallUser.OnAnswered(Sip.Dialogs.Call of, SipResponse response)
    {
        Hear(response);
        call.OnAnswered(response);
    }

    void Hear(SipResponse response)
    {
        Heard = true;
        if (!response.To.Tag.IsEmpty) named = DialogId.Of(response);
    }

    void ICallUser.OnAcknowledged(Sip.Dialogs.Call of, SipRequest ack)
    {
        if (answerIsOwed && Audio!.TryAccept(ack.Body.Span, out var audio)) Settle(audio);
        answerIsOwed = false;
        Other.PassHold();
    }

    /// <summary>As <see cref="SipLeg"/> has it: without a body a re-INVITE asks for our offer (RFC 3261 §14.2), an UPDATE for nothing (RFC 3311 §5.2).</summary>
    void ICallUser.OnOffer(Sip.Dialogs.Call of, ServerTransaction transaction, SipRequest request)
    {
        if (request.Body.IsEmpty)
        {
            answerIsOwed = request.Method == SipMethod.Invite;
            of.AcceptOffer(transaction, answerIsOwed ? Audio!.Offer() : default);
        }
        else if (Audio!.TryAnswer(request.Body.Span, out var ours, out var audio))
        {
            of.AcceptOffer(transaction, ours);
            Settle(audio!);
        }
        else transaction.Respond(488);
    }

    void ICallUser.OnOfferAnswered(Sip.Dialogs.Call of, SipResponse? response)
    {
        if (response is { IsSuccess: true } && Audio!.TryAccept(response.Body.Span, out var audio)) Media!.SetRemote(audio);
        Other.PassHold();
    }

    /// <summary>A phone that is gone without a word is found out here: the other edge hears this one's answers.</summary>
    void IMediaOwner.OnMedia(MediaEvent happened)
    {
        switch (happened)
        {
            case CallCenter.Media.DigitPressed { Source: KeySource.Event } d: keys.Admits(d.Source, d.Key, d.At); break; // it went on as it came
            case CallCenter.Media.DigitPressed d: PassKey(d.Source, d.Key, d.At); break;
            case MediaLost or PeerGone { Why: PeerLoss.Silent or PeerLoss.Closed }: probe.OnSilent(Session); break;
            case PeerGone g:
                edge.Log.NoPeer(nameof(LinkSide), g.Why);
                call.OnGone(this);
                break;
            case MediaResumed or FirstPacket: probe.Stop(); break;
            case LegClosed: call.HangUp(); break; // by a fault of the media engine; means nothing where signalling ended first
        }
    }

    void ICallUser.OnRequest(Sip.Dialogs.Call of, ServerTransaction transaction, SipRequest request)
    {
        if (request.Method == SipMethod.Info) OnInfo(transaction, request);
        else if (request.Method != SipMethod.Refer) transaction.Respond(501);
        else if (Other.Session is not { IsAnswered: true, IsEnded: false } to) transaction.Respond(403);
        else if (!ReferWish.TryRead(request, out var wish, out var status)) transaction.Respond(status);
        else if (wish.Replaces is not { } replaced) _ = new Referred(call, of, transaction, wish, to, request.Value(HeaderName.ReferTo).Span);
        else if (call.OtherLine(replaced) is { } there) _ = new Referred(call, of, transaction, wish, to, Replacing(there));
        else if (wish.Subscribes) new Referral(of, transaction, wish, call.Loop, first: ++call.Referrals == 1).Tell(481);
        else transaction.Respond(404); // not 481, which would end this dialog (RFC 3261 §12.2.1.2)
    }

    /// <summary>The dialog that is to be replaced, by the names that it has at the other edge: the to-tag is that edge's (RFC 3891 §3).</summary>
    byte[] Replacing(DialogId there)
    {
        var replaces = Uri.EscapeDataString($"{there.CallId};to-tag={there.RemoteTag};from-tag={there.LocalTag}");
        return Encoding.ASCII.GetBytes($"<{AddressText.Uri(call.Extension, AddressText.Host(edge.Udp.Local.Address))}?Replaces={replaces}>");
    }

    /// <summary>A phone's key: the other edge gets it as telephone-events.</summary>
    void OnInfo(ServerTransaction transaction, SipRequest info)
    {
        if (InfoKey.Answer(transaction, info) is { } key) PassKey(KeySource.Info, key, MediaClock.Now);
    }

    void PassKey(KeySource source, char key, MediaInstant at)
    {
        if (keys.Admits(source, key, at)) Media!.PassKey(key);
    }

    void ICallUser.OnEnded(Sip.Dialogs.Call of, CallEnd end)
    {
        Heard = true;
        probe.Stop();
        call.OnEnded(this, end);
    }
}

/// <summary>A phone's REFER on its way to the edge that holds the call. The phone hears that it was taken on there, as 200; how it ends shows in the call.</summary>
sealed class Referred : IClientUser
{
    readonly Referral referral;

    public Referred(LinkCall call, Sip.Dialogs.Call phone, ServerTransaction transaction, ReferWish wish, Sip.Dialogs.Call to, ReadOnlySpan<byte> target)
    {
        referral = new(phone, transaction, wish, call.Loop, first: ++call.Referrals == 1);
        var refer = to.Request(SipMethod.Refer).Header(HeaderName.ReferTo, target).Header("Refer-Sub"u8, "false"u8);
        to.Send(refer.FinishRequest(), this);
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (!response.IsProvisional) referral.Tell(response.IsSuccess ? 200 : response.Status);
    }

    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure) => referral.Tell(503);
}
