using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Links;

/// <summary>
/// A phone of this edge in a call of another edge: two SIP sessions and two media legs joined together. What one side says is passed on to
/// the other; nothing is decided here. Lives on the loop.
/// </summary>
sealed class LinkCall : ILinked
{
    /// <summary>As long as an edge waits for a phone of its own: one that has not said "Trying" by then is not there.</summary>
    static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(4);

    static long numbers;

    readonly EdgeCore edge;
    readonly LinkPeer peer;
    readonly CallRef name;
    readonly LinkSide near, far;
    bool over;

    LinkCall(EdgeCore edge, LinkPeer peer, CallRef name)
    {
        (this.edge, this.peer, this.name) = (edge, peer, name);
        (near, far) = (new(this, edge), new(this, edge));
        (near.Other, far.Other) = (far, near);
    }

    public SipLoop Loop => edge.Loop;

    /// <summary>The call, which another edge holds.</summary>
    public CallRef Name => name;

    /// <summary>REFERs that came from the phone.</summary>
    public int Referrals { get; set; }

    /// <summary>Where it comes to nothing the INVITE is answered with that.</summary>
    public static void Begin(EdgeCore edge, LinkPeer peer, CallRef name, ServerTransaction transaction, SipRequest invite, string contact, SipFlow flow, SrtpUse srtp)
    {
        var call = new LinkCall(edge, peer, name);
        var group = Interlocked.Increment(ref numbers);
        if (!call.near.TryOpen(group) || !call.far.TryOpen(group, srtp)) transaction.Respond(503);
        else if (!call.near.TryAnswer(invite.Body.Span)) transaction.Respond(488);
        else if (edge.Agent.Take(transaction, call.near) is { } session)
        {
            call.near.Session = session;
            edge.Links.Add(call); // before the phone is called, which may come to nothing at once
            call.Ring(group, invite, contact, flow);
            return;
        }
        call.near.Close();
        call.far.Close();
    }

    void Ring(long group, SipRequest invite, string contact, SipFlow flow)
    {
        edge.Media.OpenRoom(group).Set([new(near.Media!), new(far.Media!)]);
        var from = AddressText.NameAddr(invite.From.DisplayText, invite.From.Uri.ToString());
        var to = AddressText.NameAddr(invite.To.DisplayText, invite.To.Uri.ToString());
        far.Session = edge.Agent.Invite(new(contact, from, to, flow, far.Audio!.Offer()), far);
        if (over) return;
        peer.Watch(this);
        edge.Loop.Schedule(SilenceAllowed, OnSilent);
    }

    void OnSilent()
    {
        if (!over && !far.Heard) End(far, 504); // to the other edge a phone that is not there
    }

    public void OnProgress(LinkSide of, int status)
    {
        if (of == far && status is >= 180 and < 200) near.Session!.Progress(180);
    }

    public void OnAnswered(SipResponse response)
    {
        if (far.TryAccept(response.Body.Span)) near.Accept();
        else End(far, 488);
    }

    /// <summary>One side is over: so is the other, for the same reason. A peer that is gone without a word is no phone that was hung up.</summary>
    public void OnEnded(LinkSide side, CallEnd end)
    {
        if (end.Kind is CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken) End(side, 504, ReasonHeader.Of(OutOfOrder));
        else End(side, end.Status >= 300 ? end.Status : 480, end.Message is { } message && ReasonHeader.Q850(message) is > 0 and var q850 ? ReasonHeader.Of(q850) : null);
    }

    /// <summary>Destination out of order, and temporary failure (Q.850).</summary>
    const int OutOfOrder = 27, TemporaryFailure = 41;

    public void OnPeerLost()
    {
        End(near, 480, ReasonHeader.Of(TemporaryFailure));
        _ = Tell();
    }

    /// <summary>The call does not hear of its edge's end by itself for a while.</summary>
    async Task Tell()
    {
        try
        {
            await edge.Grains.Call(name.Tenant, name.Call).DoubtEdge();
        }
        catch (Exception fault) // its own watch finds out later
        {
            edge.Log.CallNotReached(fault.GetType().Name);
        }
    }

    public void HangUp() => End(near, 480);

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
