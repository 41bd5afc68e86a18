using CallCenter.Edge.Calls;
using CallCenter.Edge.Stations;
using CallCenter.Media;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Links;

/// <summary>
/// A browser of this edge in a call of another edge: one SIP session with a media leg to that edge, joined with the browser's path. It rings by its page, so
/// that the other edge's INVITE is the order to pick up. What becomes of the path is passed on (<see cref="PathWord"/>); nothing is decided here. Lives on the loop.
/// </summary>
sealed class BrowserLink : ICallUser, IPathUser, ILinked
{
    readonly EdgeCore edge;
    readonly LinkPeer peer;
    readonly BrowserPath path;
    readonly long group;
    readonly KeyGate keys = new();
    MediaLeg near = null!;
    LegAudio audio = null!;
    Sip.Dialogs.Call session = null!;
    byte[] answer = [];
    NegotiatedAudio? settled;
    bool answerIsOwed, talks, lost, over;

    BrowserLink(EdgeCore edge, LinkPeer peer, CallRef name, BrowserPath path) => (this.edge, this.peer, Name, this.path, group) = (edge, peer, name, path, (long)edge.NextSessionId());

    /// <summary>The call, which another edge holds.</summary>
    public CallRef Name { get; }

    /// <summary>The other edge has the browser pick up. Where it cannot the INVITE is answered with that.</summary>
    public static void Begin(EdgeCore edge, LinkPeer peer, CallRef name, ServerTransaction transaction, SipRequest invite, BrowserPath path) =>
        new BrowserLink(edge, peer, name, path).Take(transaction, invite);

    void Take(ServerTransaction transaction, SipRequest invite)
    {
        if (!edge.Media.TryOpenLeg(group, this, out near, out var refusal))
        {
            edge.Log.NoMedia(refusal, 503);
            transaction.Respond(503);
            return;
        }
        near.MuteTones(); // the other edge settled telephone-events, and listens for no tones
        audio = new(near, edge.NextSessionId(), edge.Codecs);
        if (!TryAnswer(invite.Body.Span)) transaction.Respond(488);
        else if (edge.Agent.Take(transaction, this) is { } taken)
        {
            Start(taken);
            return;
        }
        near.Close();
    }

    bool TryAnswer(ReadOnlySpan<byte> offer)
    {
        if (!audio.TryAnswer(offer, out var made, out settled)) return false;
        answer = made;
        return true;
    }

    void Start(Sip.Dialogs.Call taken)
    {
        session = taken;
        edge.Links.Add(this);
        peer.Watch(this);
        path.Add(this);
        if (path.IsHeard) PickUp();
        else session.Progress(183); // it is just coming back, and answers once it is there
    }

    void PickUp()
    {
        talks = true;
        path.Lend(this);
        edge.Media.Move(path.Media, group);
        near.SetRemote(settled!);
        edge.Media.OpenRoom(group).Set([new(near), new(path.Media)]);
        session.Accept(answer);
    }

    // What the browser's path says.

    public void OnPathLost()
    {
        if (!talks) session.HangUp(status: 404); // as one that is not there
        else Say(isLost: true);
    }

    public void OnPathBack()
    {
        if (!talks) PickUp();
        else Say(isLost: false);
    }

    void Say(bool isLost)
    {
        if (lost == isLost) return;
        lost = isLost;
        if (session.IsAnswered && !session.IsEnded) session.Send(PathWord.Write(session.Request(SipMethod.Info), isLost).FinishRequest(), null);
    }

    /// <summary>Who leaves in good order hangs up; else a line is cut.</summary>
    public void OnPathGone(LegEndedBy how)
    {
        if (how == LegEndedBy.FarEnd) session.HangUp(status: 603);
        else session.HangUp(ReasonHeader.Of(ReasonHeader.OutOfOrder), 404);
    }

    public void HangUp() => session.HangUp(ReasonHeader.Of(ReasonHeader.TemporaryFailure));

    /// <summary>Keys in telephone-events went on as they came; those of the other edge are all of that kind.</summary>
    void IMediaOwner.OnMedia(MediaEvent happened)
    {
        switch (happened)
        {
            case CallCenter.Media.DigitPressed d when d.Leg != near && keys.Admits(d.Source, d.Key, d.At) && d.Source != KeySource.Event: path.Media.PassKey(d.Key); break;
            case LegClosed c when c.Leg == near && !over: HangUp(); break; // by a fault of the media engine
        }
    }

    // What the other edge says.

    void ICallUser.OnProgress(Sip.Dialogs.Call of, SipResponse response) { }

    void ICallUser.OnAnswered(Sip.Dialogs.Call of, SipResponse response) { }

    void ICallUser.OnAcknowledged(Sip.Dialogs.Call of, SipRequest ack)
    {
        if (answerIsOwed && audio.TryAccept(ack.Body.Span, out var theirs)) near.SetRemote(theirs);
        answerIsOwed = false;
    }

    /// <summary>As <see cref="SipLeg"/> has it.</summary>
    void ICallUser.OnOffer(Sip.Dialogs.Call of, ServerTransaction transaction, SipRequest request)
    {
        if (request.Body.IsEmpty)
        {
            answerIsOwed = request.Method == SipMethod.Invite;
            of.AcceptOffer(transaction, answerIsOwed ? audio.Offer() : default);
        }
        else if (audio.TryAnswer(request.Body.Span, out var ours, out var theirs))
        {
            of.AcceptOffer(transaction, ours);
            near.SetRemote(theirs!);
        }
        else transaction.Respond(488);
    }

    void ICallUser.OnOfferAnswered(Sip.Dialogs.Call of, SipResponse? response) { }

    void ICallUser.OnRequest(Sip.Dialogs.Call of, ServerTransaction transaction, SipRequest request) => transaction.Respond(501);

    void ICallUser.OnEnded(Sip.Dialogs.Call of, CallEnd end)
    {
        if (over) return;
        over = true;
        peer.Unwatch(this);
        edge.Links.Remove(this);
        path.Return(this);
        near.Close();
    }

    public void OnPeerLost()
    {
        HangUp();
        _ = edge.Links.Doubt(Name);
    }
}
