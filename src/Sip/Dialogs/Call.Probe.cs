using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Dialogs;

/// <content>Is the peer still there?</content>
public sealed partial class Call
{
    bool probing;

    /// <summary>Asks by OPTIONS inside the dialog. Any answer will do, but for 408 and 481: these, and silence for 64·T1, end the call as <see cref="CallEndKind.Lost"/>
    /// (RFC 3261 §12.2.1.2). Means nothing before the call is answered, and while the last question stands.</summary>
    public void Probe()
    {
        if (!IsAnswered || IsEnded || probing) return;
        probing = true;
        Send(agent.Describe(Request(SipMethod.Options)).FinishRequest(), new Question(this));
    }

    sealed class Question(Call call) : IClientUser
    {
        public void OnResponse(ClientTransaction transaction, SipResponse response)
        {
            if (response.IsProvisional) return;
            call.probing = false;
            if (response.Status is 408 or 481) call.LoseDialog(response);
        }

        /// <summary>What did not leave this machine says nothing about the peer.</summary>
        public void OnFailed(ClientTransaction transaction, TransactionFailure failure)
        {
            call.probing = false;
            if (failure == TransactionFailure.Timeout) call.LoseDialog(null);
        }
    }
}
