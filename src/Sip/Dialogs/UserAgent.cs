using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>Who owns a user agent. Everything is called on the loop.</summary>
public interface IAgentUser
{
    /// <summary>A new INVITE. Answer it through the transaction, or make it a call with <see cref="UserAgent.Take"/>, now or later.</summary>
    void OnInvite(ServerTransaction transaction, SipRequest invite);

    /// <summary>Any other request outside a dialog that passed <see cref="UasRules"/>: REGISTER, OPTIONS, MESSAGE.</summary>
    void OnRequest(ServerTransaction transaction, SipRequest request);

    /// <summary>The caller of an INVITE that was not made a call yet gave up; it is answered with 487 already.</summary>
    void OnCancelled(ServerTransaction invite);
}

/// <summary>The core between transactions and calls (RFC 3261 §8.2, §12.2.2): judges requests, finds their dialog, answers what belongs to none.</summary>
public sealed class UserAgent : ISipUser
{
    readonly IAgentUser user;
    readonly Dictionary<DialogId, Call> dialogs = [];

    public UserAgent(SipLoop loop, SipTimers timers, SipTokens tokens, UasRules rules, IAgentUser user)
    {
        this.user = user;
        Rules = rules;
        Endpoint = new(loop, timers, this, tokens);
    }

    public SipEndpoint Endpoint { get; }
    public UasRules Rules { get; }

    /// <summary>Value of Server and User-Agent; null writes none.</summary>
    public string? Product { get; init; }

    /// <summary>Where requests inside dialogs go, given the next hop's URI and where the peer was seen.</summary>
    public Func<SipUri, SipFlow, SipFlow> Route { get; init; } = static (uri, seen) => FlowChoice.For(uri, seen);

    /// <summary>Told of sessions that a crash would leave behind; null where nobody keeps them.</summary>
    public ISessionWatch? Watch { get; set; }

    /// <summary>Dialogs alive now.</summary>
    public int Dialogs => dialogs.Count;

    /// <summary>Sends an INVITE.</summary>
    /// <param name="owner">Set before anything is reported.</param>
    public Call Invite(CallSetup setup, ICallUser callUser, object? owner = null) => Call.Begin(this, setup, callUser, owner);

    /// <summary>Makes an INVITE a call. Null where it cannot be one, which was answered, or is cancelled by now.</summary>
    /// <param name="contact">name-addr of our Contact; null for our address on the transport.</param>
    public Call? Take(ServerTransaction invite, ICallUser callUser, string? contact = null) => invite.IsAnswered ? null : Call.Take(this, invite, callUser, contact);

    /// <summary>Adds what every request and answer of ours tells about us: Allow, Supported, product.</summary>
    public SipWriter Describe(SipWriter writer)
    {
        writer.Header(HeaderName.Allow, Rules.Allow);
        if (Rules.Supported.Length > 0) writer.Header(HeaderName.Supported, Rules.Supported);
        if (Product is not null) writer.Header(writer.Method == SipMethod.Other ? HeaderName.Server : HeaderName.UserAgent, Product);
        return writer;
    }

    void ISipUser.OnRequest(ServerTransaction transaction, SipRequest request)
    {
        if (Rules.Check(request) is { } refusal)
        {
            transaction.Respond(refusal.Status, refusal.Complete(transaction.Answer(refusal.Status, refusal.Reason)).Finish());
            return;
        }
        if (!request.To.Tag.IsEmpty) ReceiveInDialog(transaction, request);
        else if (request.Method is SipMethod.Bye or SipMethod.Update or SipMethod.Prack or SipMethod.Info) transaction.Respond(481);
        else if (request.Method == SipMethod.Invite) user.OnInvite(transaction, request);
        else user.OnRequest(transaction, request);
    }

    /// <summary>A To tag names a dialog; one we do not know is gone (§12.2.2).</summary>
    void ReceiveInDialog(ServerTransaction transaction, SipRequest request)
    {
        if (Find(request) is { } call) call.Receive(transaction, request);
        else transaction.Respond(481);
    }

    void ISipUser.OnAck(SipRequest ack) => Find(ack)?.ReceiveAck(ack);

    Call? Find(SipRequest request)
    {
        if (!dialogs.TryGetValue(DialogId.Of(request), out var call)) return null;
        Endpoint.Counters.InDialog++;
        return call;
    }

    void ISipUser.OnCancel(ServerTransaction invite, SipRequest cancel)
    {
        if (invite.Owner is Call call && ReferenceEquals(call.Invitation, invite.Request)) call.ReceiveCancel(cancel);
        else
        {
            invite.Respond(487);
            if (invite.Owner is not Call) user.OnCancelled(invite);
        }
    }

    void ISipUser.OnServerFailed(ServerTransaction transaction, TransactionFailure failure) => (transaction.Owner as Call)?.Fail(failure);

    internal void Add(DialogId id, Call call) => dialogs[id] = call;

    internal void Remove(DialogId id) => dialogs.Remove(id);
}
