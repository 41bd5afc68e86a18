using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Dialogs;

/// <summary>In the place of the user of a call that has ended: its dialog may stand until our 2xx is acknowledged, and nobody is there any more.</summary>
sealed class GoneUser : ICallUser
{
    public static readonly GoneUser Instance = new();

    public void OnProgress(Call call, SipResponse response) { }

    public void OnAnswered(Call call, SipResponse response) { }

    public void OnAcknowledged(Call call, SipRequest ack) { }

    public void OnOffer(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(481);

    public void OnOfferAnswered(Call call, SipResponse? response) { }

    public void OnRequest(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(481);

    public void OnEnded(Call call, CallEnd end) { }
}
