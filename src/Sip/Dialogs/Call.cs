using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>One INVITE session of ours, from either side, from the first INVITE to the last BYE. Its shell carries out what <see cref="CallerMachine"/> and
/// <see cref="AnswerMachine"/> decide. Everything is called on the loop.</summary>
/// <remarks>Call.Caller.cs: our INVITE. Call.Callee.cs: theirs. Call.Offers.cs: re-INVITE, both ways. Call.Credentials.cs: challenges. Call.Probe.cs: is the peer there? Here: the dialog and its end.</remarks>
public sealed partial class Call
{
    readonly UserAgent agent;
    ICallUser user;
    readonly byte[] contact;
    Dialog? dialog;
    SipFlow seen;
    /// <summary>A BYE is owed as soon as our 2xx is acknowledged.</summary>
    bool hangUpAsked;
    string? hangUpReason;

    Call(UserAgent agent, ICallUser user, SipFlow flow, string? contact)
    {
        this.agent = agent;
        this.user = user;
        seen = flow;
        this.contact = Encoding.UTF8.GetBytes(contact ?? $"<sip:{Encoding.ASCII.GetString(flow.Transport!.SentBy.Span)}{flow.Transport.UriParameters}>");
    }

    /// <summary>For the user's own use.</summary>
    public object? Owner { get; set; }

    /// <summary>Null until a 2xx made the dialog for good.</summary>
    public Dialog? Dialog => dialog;

    /// <summary>True between the 2xx and the end.</summary>
    public bool IsAnswered { get; private set; }
    public bool IsEnded { get; private set; }

    /// <summary>True for a call that the peer began.</summary>
    public bool IsIncoming => incoming is not null;

    /// <summary>Where the peer was last heard.</summary>
    public SipFlow Seen => seen;

    SipEndpoint Endpoint => agent.Endpoint;
    SipFlow NextFlow => agent.Route(dialog!.NextHop, seen);

    /// <summary>Ends the call whatever its state: CANCEL, refusal, or BYE; a BYE waits for the ACK of our 2xx (RFC 3261 §15). The user hears <see cref="ICallUser.OnEnded"/> once:
    /// before this returns, but for an INVITE of ours, which ends when the peer confirms the CANCEL or in 64·T1.</summary>
    /// <param name="reason">Value of a Reason header (RFC 3326), such as <c>Q.850;cause=16</c>.</param>
    /// <param name="status">What refuses an INVITE still unanswered.</param>
    public void HangUp(string? reason = null, int status = 480)
    {
        if (IsEnded) return;
        if (incoming is { IsAnswered: false }) Reject(status, reason);
        else if (!IsAnswered) CancelOurs();
        else if (answer is { State: AnswerState.Unacknowledged } && IsIncoming && !everAcknowledged)
        {
            (hangUpAsked, hangUpReason) = (true, reason);
            End(new(CallEndKind.HungUp, 0), keepDialog: true);
        }
        else
        {
            SendBye(dialog!, reason);
            End(new(CallEndKind.HungUp, 0));
        }
    }

    /// <summary>Starts a request inside the dialog: INFO, NOTIFY, REFER. Finish it and hand it to <see cref="Send"/>.</summary>
    public SipWriter Request(SipMethod method) => dialog!.Request(Endpoint, method, NextFlow).Header(HeaderName.Contact, contact);

    public ClientTransaction Send(in OutgoingRequest request, IClientUser? client) => Endpoint.Send(request, NextFlow, client);

    /// <summary>Starts an answer to a request of the peer's inside the dialog that may refresh where we are (RFC 3261 §12.1.1).</summary>
    internal SipWriter Reply(ServerTransaction transaction, int status) => agent.Describe(transaction.Answer(status).Header(HeaderName.Contact, contact));

    /// <summary>A request that named this call's dialog.</summary>
    internal void Receive(ServerTransaction transaction, SipRequest request)
    {
        if (!dialog!.TryAdvance(request))
        {
            transaction.Respond(500, "CSeq Out Of Order");
            return;
        }
        seen = request.Source;
        switch (request.Method)
        {
            case SipMethod.Bye:
                ReceiveBye(transaction, request);
                break;
            case SipMethod.Invite or SipMethod.Update:
                ReceiveOffer(transaction, request);
                break;
            case SipMethod.Options:
                transaction.Respond(200, agent.Describe(transaction.Answer(200)).Finish());
                break;
            default:
                user.OnRequest(this, transaction, request);
                break;
        }
    }

    /// <summary>An INVITE of the peer's that is still unanswered is answered with 487 (§15.1.2).</summary>
    void ReceiveBye(ServerTransaction transaction, SipRequest bye)
    {
        transaction.Respond(200);
        if (incoming is { IsAnswered: false }) incoming.Respond(487);
        End(new(CallEndKind.PeerHungUp, 0, bye));
    }

    /// <summary>Tells the user, once. The dialog stays known where an ACK is still to come before our BYE.</summary>
    void End(CallEnd end, bool keepDialog = false)
    {
        if (!keepDialog) Forget();
        if (IsEnded) return;
        IsEnded = true;
        var told = user;
        user = GoneUser.Instance; // a transaction remembers this call for 32 s more, and is not to keep all of its user alive with it
        told.OnEnded(this, end);
    }

    void Forget()
    {
        StopAnswer();
        CloseOffers();
        agent.Watch?.OnOver(this);
        if (dialog is not null) agent.Remove(dialog.Id);
    }
}
