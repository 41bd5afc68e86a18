using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Links;

/// <summary>
/// A phone of this edge in a call of another edge: two SIP sessions and two media legs joined together, <c>near</c> to the other edge and
/// <c>far</c> to the phone. What one side says is passed on to the other; nothing is decided here. Lives on the loop.
/// </summary>
sealed class LinkCall : ILinked
{
    /// <summary>As long as an edge waits for a phone of its own: one that has not said "Trying" by then is not there.</summary>
    static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(4);

    static long numbers;

    readonly EdgeCore edge;
    readonly LinkPeer peer;
    readonly LinkSide near, far, calling, called;
    bool over;

    LinkCall(EdgeCore edge, LinkPeer peer, CallRef name, string extension, bool dialled)
    {
        (this.edge, this.peer, Name, Extension) = (edge, peer, name, extension);
        (near, far) = (new(this, edge), new(this, edge));
        (near.Other, far.Other) = (far, near);
        (calling, called) = dialled ? (far, near) : (near, far);
    }

    public SipLoop Loop => edge.Loop;

    /// <summary>The call, which another edge holds.</summary>
    public CallRef Name { get; }

    /// <summary>Whose phone it is.</summary>
    public string Extension { get; }

    /// <summary>REFERs that came from the phone.</summary>
    public int Referrals { get; set; }

    public bool Talks => far.Session is { IsAnswered: true, IsEnded: false };

    public bool IsPhoneDialog(DialogId dialog) => far.Session?.Dialog?.Id == dialog;

    /// <summary>The phone's other line in this call, as the other edge must be told of it: its dialog there. Null if there is none.</summary>
    public DialogId? OtherLine(DialogId ofPhone) => edge.Links.OtherLine(this, ofPhone)?.near.Dialog;

    /// <summary>The other edge calls the phone. Where it comes to nothing the INVITE is answered with that.</summary>
    public static void Begin(EdgeCore edge, LinkPeer peer, CallRef name, ServerTransaction transaction, SipRequest invite, string contact, SipFlow flow, SrtpUse srtp) =>
        new LinkCall(edge, peer, name, invite.Uri.UserText, dialled: false).Take(transaction, invite, contact, flow, srtp);

    /// <summary>The phone dials on a second line: a leg of the same call, at the other edge.</summary>
    public void Dial(ServerTransaction transaction, SipRequest invite)
    {
        var there = AddressText.Uri(invite.Uri.UserText, AddressText.Host(peer.Flow.Remote!.Address), peer.Flow.Remote.Port);
        new LinkCall(edge, peer, Name, Extension, dialled: true).Take(transaction, invite, there, peer.Flow);
    }

    /// <param name="srtp">Of the phone that is called; between edges media is plain.</param>
    void Take(ServerTransaction transaction, SipRequest invite, string uri, SipFlow flow, SrtpUse srtp = SrtpUse.Off)
    {
        var group = Interlocked.Increment(ref numbers);
        if (!near.TryOpen(group) || !far.TryOpen(group, srtp)) transaction.Respond(503);
        else if (!calling.TryAnswer(invite.Body.Span)) transaction.Respond(488);
        else if (edge.Agent.Take(transaction, calling) is { } session)
        {
            calling.Session = session;
            called.Audio!.Preferred = calling.Spoken;
            edge.Links.Add(this); // before anybody is called, which may come to nothing at once
            Invite(group, invite, uri, flow);
            return;
        }
        near.Close();
        far.Close();
    }

    void Invite(long group, SipRequest invite, string uri, SipFlow flow)
    {
        edge.Media.OpenRoom(group).Set([new(near.Media!), new(far.Media!)]);
        var from = AddressText.NameAddr(invite.From.DisplayText, invite.From.Uri.ToString());
        var to = AddressText.NameAddr(invite.To.DisplayText, invite.To.Uri.ToString());
        called.Session = edge.Agent.Invite(new(uri, from, to, flow, called.Audio!.Offer()) { Headers = called == near ? writer => peer.Prove(writer, Name, Extension) : null }, called);
        if (over) return;
        peer.Watch(this);
        edge.Loop.Schedule(SilenceAllowed, OnSilent);
    }

    void OnSilent()
    {
        if (!over && !called.Heard) End(called, 504); // to the other edge a phone that is not there
    }

    public void OnProgress(LinkSide of, int status)
    {
        if (of == called && status is >= 180 and < 200) calling.Session!.Progress(180);
    }

    public void OnAnswered(SipResponse response)
    {
        if (called.TryAccept(response.Body.Span)) calling.Accept();
        else End(called, 488);
    }

    /// <summary>One side is over: so is the other, for the same reason.</summary>
    public void OnEnded(LinkSide side, CallEnd end)
    {
        if (end.Kind is CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken) OnGone(side);
        else End(side, end.Status >= 300 ? end.Status : 480, end.Message is { } message && CauseOf(side, message) is > 0 and var q850 ? ReasonHeader.Of(q850) : null);
    }

    /// <summary>An edge's own word is no phone's to say: passed on it would make the phone's failure the platform's.</summary>
    int CauseOf(LinkSide side, SipMessage message) => ReasonHeader.Q850(message) switch
    {
        ReasonHeader.TemporaryFailure when side == far => ReasonHeader.NetworkOutOfOrder,
        var q850 => q850,
    };

    /// <summary>A peer that is gone without a word is no phone that was hung up.</summary>
    public void OnGone(LinkSide side) => End(side, 504, ReasonHeader.Of(ReasonHeader.OutOfOrder));

    public void OnPeerLost()
    {
        HangUp();
        _ = edge.Links.Doubt(Name);
    }

    /// <summary>By this edge's own doing, which is no agent's.</summary>
    public void HangUp() => End(near, 480, ReasonHeader.Of(ReasonHeader.TemporaryFailure));

    void End(LinkSide first, int status, string? reason = null)
    {
        if (over) return;
        over = true;
        peer.Unwatch(this);
        edge.Links.Remove(this);
        first.Other.Session?.HangUp(reason, status);
        first.Session?.HangUp(reason, status); // where it is over already this means nothing
        near.Close();
        far.Close();
    }
}
