using CallCenter.Media.Sdp;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Calls;

/// <summary>What an extension's phone says by SIP beyond picking up and hanging up: hold, retrieve, refer. Lives on the loop.</summary>
sealed class PhoneActions(SipLeg leg)
{
    bool holds;
    int referrals;
    Referral? open;

    /// <summary>An offer of sendonly or inactive, or of the address 0.0.0.0, is hold (RFC 3264 §8.4): our side may not send any more. Told where it changes.</summary>
    public void OnSettled(NegotiatedAudio audio)
    {
        if (audio.Sends != holds) return;
        holds = !audio.Sends;
        leg.Call.Link.Tell(holds ? new LegHeld(leg.Edge.Now, leg.Id) : new LegRetrieved(leg.Edge.Now, leg.Id));
    }

    /// <summary>One REFER at a time: what the call makes of it is told with <see cref="TellReferral"/>.</summary>
    public void OnRefer(Sip.Dialogs.Call session, ServerTransaction transaction, SipRequest refer)
    {
        if (!session.IsAnswered) transaction.Respond(403); // nobody is there yet who could be sent anywhere
        else if (!ReferWish.TryRead(refer, out var wish, out var status)) transaction.Respond(status);
        else if (open is { IsOver: false }) transaction.Respond(491);
        else if (wish.Replaces is not { } dialog) Accept(session, transaction, wish, new Referred(leg.Edge.Now, leg.Id, wish.User, null));
        else if (leg.Call.PhoneLeg(leg.Station!, dialog) is { } other && other != leg) Accept(session, transaction, wish, new Referred(leg.Edge.Now, leg.Id, "", other.Id));
        else if (wish.Subscribes) Accept(session, transaction, wish, null);
        else transaction.Respond(404); // not 481, which would end this dialog (RFC 3261 §12.2.1.2)
    }

    /// <param name="told">Null where the dialog to be replaced is unknown.</param>
    void Accept(Sip.Dialogs.Call session, ServerTransaction transaction, ReferWish wish, Referred? told)
    {
        open = new(session, transaction, wish, leg.Edge.Loop, first: ++referrals == 1);
        if (told is null) open.Tell(481);
        else leg.Call.Link.Tell(told);
        if (!wish.Subscribes) open.Close(); // nobody waits for the outcome
    }

    public void TellReferral(int sipStatus) => open?.Tell(sipStatus);

    public void Close() => open?.Close();
}
