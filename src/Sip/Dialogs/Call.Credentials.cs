using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Dialogs;

/// <content>Challenges of the peer's: to the INVITE, and to what follows it inside the dialog (RFC 3261 §22.2, §22.3).</content>
public sealed partial class Call
{
    /// <summary>The header that answers a challenge; false where it is none, or we have no credentials or know none of its schemes.</summary>
    bool TryCredentials(SipResponse response, ReadOnlySpan<byte> method, string uri, out HeaderName header, out string value)
    {
        (header, value) = (HeaderName.Other, "");
        return response.Status is 401 or 407 && setup?.Credentials is { } credentials
            && DigestClient.TryAnswer(response, method, uri, credentials, Endpoint.Tokens.Tag(), 1, out header, out value);
    }

    /// <summary>One try with our credentials, two where the server says that only its nonce was old.</summary>
    bool TryInviteAgain(SipResponse response)
    {
        if (caller != CallerState.Calling || (challenged && !DigestClient.IsStale(response))) return false;
        if (!TryCredentials(response, "INVITE"u8, setup!.Uri, out var header, out var value)) return false;
        challenged = true;
        number++;
        SendInvite(writer => writer.Header(header, value));
        return true;
    }

    /// <summary>A re-INVITE is tried once more with credentials.</summary>
    bool TryOfferAgain(SipResponse response)
    {
        if (offerChallenged || IsEnded || !TryCredentials(response, "INVITE"u8, dialog!.RemoteTarget.ToString(), out var header, out var value)) return false;
        offerChallenged = true;
        SendOffer(writer => writer.Header(header, value));
        return true;
    }

    void SendBye(Dialog ended, string? reason, Action<SipWriter>? credentials = null)
    {
        var flow = agent.Route(ended.NextHop, seen);
        var bye = ended.Request(Endpoint, SipMethod.Bye, flow);
        if (reason is not null) bye.Header(HeaderName.Reason, reason);
        credentials?.Invoke(bye);
        Endpoint.Send(bye.FinishRequest(), flow, credentials is null && setup?.Credentials is not null ? new ByeAttempt(this, ended, reason) : null);
    }

    /// <summary>A BYE that may be challenged, once.</summary>
    sealed class ByeAttempt(Call call, Dialog ended, string? reason) : IClientUser
    {
        public void OnResponse(ClientTransaction transaction, SipResponse response)
        {
            if (call.TryCredentials(response, "BYE"u8, ended.RemoteTarget.ToString(), out var header, out var value)) call.SendBye(ended, reason, writer => writer.Header(header, value));
        }

        public void OnFailed(ClientTransaction transaction, TransactionFailure failure) { }
    }
}
