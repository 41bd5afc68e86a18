using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Transactions;

/// <summary>The shell of a client transaction: carries out what <see cref="InviteClientMachine"/> or <see cref="NonInviteClientMachine"/> decide.</summary>
public sealed class ClientTransaction : TransactionShell
{
    readonly IClientUser? user;
    SipRequest? request;
    bool cancelAsked, letGo;

    internal ClientTransaction(SipEndpoint endpoint, in OutgoingRequest outgoing, SipFlow flow, IClientUser? user)
        : this(endpoint, outgoing, flow, user, outgoing.Method == SipMethod.Invite ? TransactionState.Calling : TransactionState.Trying) { }

    internal ClientTransaction(SipEndpoint endpoint, in OutgoingRequest outgoing, SipFlow flow, IClientUser? user, TransactionState state)
        : base(endpoint, flow, state)
    {
        Outgoing = outgoing;
        this.user = user;
    }

    public OutgoingRequest Outgoing { get; }
    public SipMethod Method => Outgoing.Method;

    /// <summary>The request as sent, parsed when first asked for.</summary>
    public SipRequest Request => request ??= SipParser.TryParse(Outgoing.Bytes, out var message, out _) && message is SipRequest ours
        ? ours
        : throw new InvalidOperationException("a request of ours does not parse");

    /// <summary>True from the first CANCEL wish on.</summary>
    public bool IsCancelled => cancelAsked;

    /// <summary>Asks to give the INVITE up (RFC 3261 §9.1): the CANCEL leaves at once, or after the first provisional response. A 2xx may still come; the user ACKs it and sends BYE.</summary>
    public void Cancel()
    {
        if (Method != SipMethod.Invite || cancelAsked || State is not (TransactionState.Calling or TransactionState.Proceeding)) return;
        cancelAsked = true;
        if (State == TransactionState.Proceeding) SendCancel();
    }

    /// <summary>Where no final response follows in 64·T1, the INVITE counts as cancelled.</summary>
    void SendCancel()
    {
        StartExpiry(Endpoint.Timers.Timeout);
        var bytes = SipWriter.Twin(SipMethod.Cancel, Request, Request.To).Finish();
        Endpoint.Send(new OutgoingRequest(SipMethod.Cancel, Outgoing.Branch, bytes), Flow, null);
    }

    /// <summary>Nobody waits for the final response any more: without one the INVITE ends in 64·T1 and not never.</summary>
    internal void LetGo()
    {
        letGo = true;
        if (State == TransactionState.Proceeding && Method == SipMethod.Invite) StartExpiry(Endpoint.Timers.Timeout);
    }

    internal void Start() => Apply(Decide(TransactionInput.Start), null);

    internal void Receive(SipResponse response)
    {
        var input = response.IsProvisional ? TransactionInput.Provisional : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure;
        var first = State == TransactionState.Calling;
        Apply(Decide(input), response);
        if (!first || State != TransactionState.Proceeding) return;
        if (cancelAsked) SendCancel();
        else if (letGo) LetGo();
    }

    private protected override void OnTimer(TransactionInput timer) => Apply(Decide(timer), null);

    TransactionStep Decide(TransactionInput input) => Method == SipMethod.Invite
        ? InviteClientMachine.Next(State, input, Setting)
        : NonInviteClientMachine.Next(State, input, Setting);

    void Apply(in TransactionStep step, SipResponse? response)
    {
        Enter(step);
        var sent = true;
        if (step.Acts.HasFlag(TransactionActs.Send)) sent = TrySend(Outgoing.Bytes);
        if (step.Acts.HasFlag(TransactionActs.SendAck)) sent = TrySend(SipWriter.Twin(SipMethod.Ack, Request, response!.To).Finish());
        if (step.Acts.HasFlag(TransactionActs.Deliver)) user?.OnResponse(this, response!);
        if (step.Acts.HasFlag(TransactionActs.ReportTimeout)) user?.OnFailed(this, TransactionFailure.Timeout);
        if (step.Acts.HasFlag(TransactionActs.ReportTransportError)) user?.OnFailed(this, TransactionFailure.TransportError);
        if (!sent && State != TransactionState.Terminated) Apply(Decide(TransactionInput.TransportError), null);
        else if (State == TransactionState.Terminated) Endpoint.Table.Remove(this);
    }
}
