using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>
/// A session that an earlier start of this program left behind when it died: a phone in a talk that is none any more gets the BYE
/// that was written for it, one that rings gets a CANCEL. Both are retransmitted as ever (RFC 3261 §17.1.2, §9.1). Lives on the loop.
/// </summary>
public sealed class Orphan : IClientUser
{
    readonly UserAgent agent;
    readonly string reason;
    readonly Action over;
    bool isOver;

    Orphan(UserAgent agent, string reason, Action over) => (this.agent, this.reason, this.over) = (agent, reason, over);

    /// <summary>Begins to end the session.</summary>
    /// <param name="request">The last will of a session (see <see cref="Call.LastWill"/>), or the INVITE of one that was not answered, with or without its body.</param>
    /// <param name="to">Where that request was to be sent, or had been.</param>
    /// <param name="reason">Value of the Reason header of a BYE to a phone that answers after all.</param>
    /// <param name="over">Called once, when the peer has confirmed or nothing came from it in 64·T1.</param>
    /// <returns>False where the bytes are no such request of ours: there is nothing to end.</returns>
    public static bool TryEnd(UserAgent agent, byte[] request, SipFlow to, string reason, Action over)
    {
        if (!SipParser.TryParse(request, out var message, out _) || message is not SipRequest ours || !ViaStamp.TryBranch(ours.Via.Branch, out var branch)) return false;
        var orphan = new Orphan(agent, reason, over);
        var outgoing = new OutgoingRequest(ours.Method, branch, request);
        switch (ours.Method)
        {
            case SipMethod.Bye:
                agent.Endpoint.Send(outgoing, to, orphan);
                return true;
            case SipMethod.Invite:
                agent.Endpoint.TakeUp(outgoing, to, orphan).Cancel();
                return true;
            default:
                return false;
        }
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional) return;
        if (transaction.Method == SipMethod.Invite && response.IsSuccess) Refuse(transaction, response);
        Over();
    }

    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure) => Over();

    /// <summary>It was picked up while nobody was here: its 200 is acknowledged, whenever it comes, and the talk ended (§13.2.2.4).</summary>
    void Refuse(ClientTransaction invite, SipResponse response)
    {
        if (!Dialog.TryOfCaller(invite.Request, response, out var dialog)) return;
        var flow = agent.Route(dialog!.NextHop, response.Source);
        agent.Endpoint.SendAck(dialog.Ack(agent.Endpoint, invite.Request.CSeq.Number, flow).Finish(), flow);
        if (isOver) return;
        var bye = dialog.Request(agent.Endpoint, SipMethod.Bye, flow).Header(HeaderName.Reason, reason).FinishRequest();
        agent.Endpoint.Send(bye, flow, null);
    }

    void Over()
    {
        if (isOver) return;
        isOver = true;
        over();
    }
}
