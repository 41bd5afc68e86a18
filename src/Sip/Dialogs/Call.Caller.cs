using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using static CallCenter.Sip.Dialogs.CallerActs;

namespace CallCenter.Sip.Dialogs;

/// <content>Our INVITE.</content>
public sealed partial class Call : IClientUser
{
    CallSetup? setup;
    ClientTransaction? invite;
    CallerState caller;
    uint number = 1;
    string callId = "", fromTag = "";
    bool challenged, offerChallenged;

    /// <summary>The ACK sent to each fork that answered, by its To tag.</summary>
    Dictionary<string, byte[]>? acknowledged;

    internal static Call Begin(UserAgent agent, CallSetup setup, ICallUser user, object? owner)
    {
        var call = new Call(agent, user, setup.Flow, setup.Contact) { setup = setup, Owner = owner, callId = agent.Endpoint.Tokens.CallId(), fromTag = agent.Endpoint.Tokens.Tag() };
        call.SendInvite(null);
        return call;
    }

    /// <summary>The Call-ID of our INVITE; of theirs, see its request.</summary>
    public string CallId => setup is null ? incoming!.Request.CallIdText : callId;

    void SendInvite(Action<SipWriter>? credentials)
    {
        var writer = Endpoint.Request(SipMethod.Invite, Encoding.UTF8.GetBytes(setup!.Uri), setup.Flow);
        writer.Header(HeaderName.From, $"{setup.From};tag={fromTag}").Header(HeaderName.To, setup.To);
        writer.Header(HeaderName.CallId, callId).CSeq(number, SipMethod.Invite).Header(HeaderName.Contact, contact);
        setup.Headers?.Invoke(writer);
        credentials?.Invoke(writer);
        var request = agent.Describe(writer).FinishRequest(Encoding.ASCII.GetBytes(setup.ContentType), setup.Body.Span);
        // Without this order an error at once would be reported before the transaction is known.
        invite = Endpoint.Prepare(request, setup.Flow, this);
        Endpoint.Start(invite);
        if (!IsEnded) agent.Watch?.OnInviting(this, request, setup.Flow);
    }

    void CancelOurs() => Apply(CallerMachine.Next(caller, CallerInput.Cancel), null, default);

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (!ReferenceEquals(transaction, invite)) ReceiveOfferResponse(transaction, response);
        else if (response.IsProvisional) Apply(CallerMachine.Next(caller, CallerInput.Progress), response, default);
        else if (response.IsSuccess) ReceiveAnswer(response);
        else if (!TryInviteAgain(response)) Apply(CallerMachine.Next(caller, CallerInput.Refusal), response, new(caller == CallerState.Cancelling ? CallEndKind.Cancelled : CallEndKind.Refused, response.Status, response));
    }

    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure)
    {
        if (!ReferenceEquals(transaction, invite)) FailOffer();
        else Apply(CallerMachine.Next(caller, CallerInput.Failure), null, failure switch
        {
            _ when caller == CallerState.Cancelling => new(CallEndKind.Cancelled, 487),
            TransactionFailure.Timeout => new(CallEndKind.Lost, 408),
            _ => new(CallEndKind.Unreachable, 503),
        });
    }

    void ReceiveAnswer(SipResponse response)
    {
        var tag = Encoding.UTF8.GetString(response.To.Tag);
        var known = acknowledged?.GetValueOrDefault(tag);
        if (known is not null)
        {
            if (CallerMachine.Next(caller, CallerInput.AnswerAgain).Acts.HasFlag(AckAgain)) Endpoint.SendAck(known, agent.Route(AimOf(response), response.Source));
            return;
        }
        if (!Dialog.TryOfCaller(invite!.Request, response, out var made))
        {
            Apply(CallerMachine.Next(caller, CallerInput.Failure), response, new(CallEndKind.Broken, 500, response));
            return;
        }
        seen = response.Source;
        var step = CallerMachine.Next(caller, CallerInput.Answer);
        if (step.Acts.HasFlag(Ack)) Acknowledge(made!, tag);
        if (step.Acts.HasFlag(Bye)) SendBye(made!, null);
        if (step.State == CallerState.Answered && dialog is null) Adopt(made!);
        Apply(step, response, new(CallEndKind.Cancelled, 487, response));
    }

    static SipUri AimOf(SipResponse response) => response.TryAddress(HeaderName.Contact, out var contact) ? contact.Uri : default;

    void Adopt(Dialog made)
    {
        dialog = made;
        IsAnswered = true;
        agent.Add(made.Id, this);
        agent.Watch?.OnConfirmed(this);
    }

    void Acknowledge(Dialog made, string tag)
    {
        var flow = agent.Route(made.NextHop, seen);
        var ack = made.Ack(Endpoint, number, flow).Finish();
        (acknowledged ??= [])[tag] = ack;
        Endpoint.SendAck(ack, flow);
    }

    void Apply(in CallerStep step, SipResponse? response, CallEnd end)
    {
        caller = step.State;
        if (step.Acts.HasFlag(CallerActs.SendCancel)) invite!.Cancel();
        if (step.Acts.HasFlag(ReportProgress)) user.OnProgress(this, response!);
        if (step.Acts.HasFlag(ReportAnswer)) user.OnAnswered(this, response!);
        if (step.Acts.HasFlag(ReportEnd)) End(end);
    }
}
