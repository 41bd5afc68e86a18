using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>Told what the next start of this program must know to end the sessions of this one (see <see cref="Orphan"/>). Everything is called on the loop.</summary>
public interface ISessionWatch
{
    /// <summary>An INVITE of ours has left, or left again with credentials: a phone may ring.</summary>
    void OnInviting(Call call, in OutgoingRequest invite, SipFlow to);

    /// <summary>The dialog stands, or its peer is found elsewhere from now on: see <see cref="Call.LastWill"/>.</summary>
    void OnConfirmed(Call call);

    /// <summary>Nothing of the session is left to be ended. Also of sessions that were never told of.</summary>
    void OnOver(Call call);
}
