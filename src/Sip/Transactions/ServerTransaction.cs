using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Transactions;

/// <summary>The shell of a server transaction: carries out what <see cref="InviteServerMachine"/> or <see cref="NonInviteServerMachine"/> decide.</summary>
public sealed class ServerTransaction : TransactionShell
{
    byte[]? last;

    internal ServerTransaction(SipEndpoint endpoint, SipRequest request, SipFlow flow)
        : base(endpoint, flow, request.Method == SipMethod.Invite ? TransactionState.Proceeding : TransactionState.Trying)
    {
        Request = request;
        ToTag = endpoint.Tokens.Tag();
    }

    public SipRequest Request { get; }

    /// <summary>The tag all our answers carry, so that one request never makes two dialogs; the dialog's local tag.</summary>
    public string ToTag { get; }

    /// <summary>0 before the first answer.</summary>
    public int LastStatus { get; private set; }

    /// <summary>True from the final answer on.</summary>
    public bool IsAnswered => LastStatus >= 200;

    /// <summary>True where a failure was answered: the request came to nothing and is not "ongoing" any more.</summary>
    internal bool HasFailed => LastStatus >= 300;

    /// <summary>Starts an answer with what must be copied, our tag included. Finish it and hand it to <see cref="Respond(int, byte[])"/>.</summary>
    public SipWriter Answer(int status, string? reason = null) => SipWriter.Response(Request, status, Encoding.ASCII.GetBytes(ToTag), reason);

    /// <summary>Answers without further headers or body.</summary>
    public void Respond(int status, string? reason = null) => Respond(status, Answer(status, reason).Finish());

    /// <summary>Sends an answer. After a final one everything is ignored but, for an INVITE, the 2xx again (RFC 3261 §13.3.1.4).</summary>
    public void Respond(int status, byte[] response)
    {
        if (IsAnswered && !(status == LastStatus && State == TransactionState.Accepted)) return;
        (last, LastStatus) = (response, status);
        Apply(Decide(status < 200 ? TransactionInput.Provisional : status < 300 ? TransactionInput.Success : TransactionInput.Failure), null);
    }

    internal void Receive(SipRequest again) => Apply(Decide(again.Method == SipMethod.Ack ? TransactionInput.Ack : TransactionInput.Request), again);

    private protected override void OnTimer(TransactionInput timer) => Apply(Decide(timer), null);

    TransactionStep Decide(TransactionInput input) => Request.Method == SipMethod.Invite
        ? InviteServerMachine.Next(State, input, Setting)
        : NonInviteServerMachine.Next(State, input, Setting);

    void Apply(in TransactionStep step, SipRequest? request)
    {
        Enter(step);
        var sent = !step.Acts.HasFlag(TransactionActs.Send) || last is null || Endpoint.TryAnswer(last, Request, Flow);
        if (step.Acts.HasFlag(TransactionActs.Deliver)) Endpoint.User.OnAck(request!);
        if (step.Acts.HasFlag(TransactionActs.ReportTimeout)) Endpoint.User.OnServerFailed(this, TransactionFailure.Timeout);
        if (step.Acts.HasFlag(TransactionActs.ReportTransportError)) Endpoint.User.OnServerFailed(this, TransactionFailure.TransportError);
        if (State == TransactionState.Accepted) last = null; // the user repeats its 2xx itself
        if (!sent && State != TransactionState.Terminated) Apply(Decide(TransactionInput.TransportError), null);
        else if (State == TransactionState.Terminated) Endpoint.Table.Remove(this);
    }
}
