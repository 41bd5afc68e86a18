using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <content>The peer's INVITE.</content>
public sealed partial class Call
{
    readonly ServerTransaction? incoming;
    Answer? answer;
    bool everAcknowledged;

    Call(UserAgent agent, ServerTransaction transaction, Dialog made, ICallUser user, string? contact) : this(agent, user, transaction.Flow, contact)
    {
        incoming = transaction;
        dialog = made;
        transaction.Owner = this;
        agent.Add(made.Id, this);
    }

    /// <summary>Takes an INVITE as a call. Null where it has no usable Contact; it is answered with 400 then.</summary>
    internal static Call? Take(UserAgent agent, ServerTransaction transaction, ICallUser user, string? contact)
    {
        if (Dialog.TryOfCallee(transaction.Request, transaction.ToTag, out var made)) return new(agent, transaction, made!, user, contact);
        transaction.Respond(400, "Bad Contact");
        return null;
    }

    /// <summary>The INVITE that began an incoming call.</summary>
    public SipRequest? Invitation => incoming?.Request;

    /// <summary>180, 183 and so on; ignored after the final answer.</summary>
    public void Progress(int status, ReadOnlySpan<byte> body = default)
    {
        if (incoming is null || IsEnded || incoming.IsAnswered) return;
        incoming.Respond(status, incoming.Answer(status).Header(HeaderName.Contact, contact).Finish("application/sdp"u8, body));
    }

    /// <summary>Answers with 200, repeated until the ACK comes (§13.3.1.4).</summary>
    public void Accept(ReadOnlySpan<byte> body)
    {
        if (incoming is null || IsEnded || incoming.IsAnswered) return;
        IsAnswered = true;
        agent.Watch?.OnConfirmed(this);
        answer = new(this, incoming, agent.Describe(incoming.Answer(200).Header(HeaderName.Contact, contact)).Finish("application/sdp"u8, body));
        answer.Apply(AnswerInput.Answered);
    }

    /// <summary>Refuses the INVITE.</summary>
    /// <param name="reason">Value of a Reason header.</param>
    /// <param name="headers">Further headers, such as Retry-After.</param>
    public void Reject(int status, string? reason = null, Action<SipWriter>? headers = null)
    {
        if (incoming is null || IsEnded || incoming.IsAnswered) return;
        var writer = incoming.Answer(status);
        if (reason is not null) writer.Header(HeaderName.Reason, reason);
        headers?.Invoke(writer);
        incoming.Respond(status, writer.Finish());
        End(new(CallEndKind.Rejected, status));
    }

    internal void ReceiveCancel(SipRequest cancel)
    {
        if (incoming is null || incoming.IsAnswered) return;
        incoming.Respond(487);
        End(new(CallEndKind.PeerCancelled, 487, cancel));
    }

    /// <summary>The ACK of whichever 2xx is waiting for one; its number must be that INVITE's.</summary>
    internal void ReceiveAck(SipRequest ack)
    {
        if (answer is null || answer.Number != ack.CSeq.Number || answer.State != AnswerState.Unacknowledged) return;
        seen = ack.Source;
        answer.Apply(AnswerInput.Ack);
        everAcknowledged = true;
        if (hangUpAsked)
        {
            SendBye(dialog!, hangUpReason);
            Forget();
        }
        else user.OnAcknowledged(this, ack);
    }

    void GiveUpAnswer()
    {
        SendBye(dialog!, hangUpReason);
        End(new(CallEndKind.Lost, 408));
        Forget();
    }

    void StopAnswer()
    {
        answer?.Stop();
        answer = null;
    }

    /// <summary>A failure of a server transaction of ours: only an answer that could not be sent matters here.</summary>
    internal void Fail(TransactionFailure failure)
    {
        if (failure == TransactionFailure.TransportError && !IsAnswered) End(new(CallEndKind.Unreachable, 503));
    }

    /// <summary>A 2xx of ours on its way to an ACK: the shell of <see cref="AnswerMachine"/>.</summary>
    sealed class Answer
    {
        readonly Call call;
        readonly ServerTransaction transaction;
        readonly byte[] response;
        readonly LoopTimer retransmit, giveUp;
        TimeSpan gap;

        public Answer(Call call, ServerTransaction transaction, byte[] response)
        {
            (this.call, this.transaction, this.response) = (call, transaction, response);
            retransmit = new(() => Apply(AnswerInput.RetransmitTimer));
            giveUp = new(() => Apply(AnswerInput.GiveUpTimer));
        }

        public AnswerState State { get; private set; }
        public uint Number => transaction.Request.CSeq.Number;

        public void Apply(AnswerInput input)
        {
            var step = AnswerMachine.Next(State, input, new(call.Endpoint.Timers, false, gap));
            State = step.State;
            if (step.Retransmit is { Changes: true, After: { } after }) call.Endpoint.Loop.Start(retransmit, gap = after);
            if (step.GiveUp is { Changes: true, After: { } end }) call.Endpoint.Loop.Start(giveUp, end);
            if (State != AnswerState.Unacknowledged) Stop();
            if (step.Act == AnswerAct.Send) transaction.Respond(200, response);
            if (step.Act == AnswerAct.GiveUp) call.GiveUpAnswer();
        }

        public void Stop()
        {
            call.Endpoint.Loop.Stop(retransmit);
            call.Endpoint.Loop.Stop(giveUp);
        }
    }
}
