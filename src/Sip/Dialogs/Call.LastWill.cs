using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <content>What is kept of a session outside of the process.</content>
public sealed partial class Call
{
    /// <summary>Requests of ours that a dialog may still send without its last will being written anew: that BYE's number stands so far above.</summary>
    const uint Leap = 10_000;

    /// <summary>Who hears of this call; nobody after its end.</summary>
    public ICallUser User => user;

    /// <summary>The BYE that ends this session if the process dies: finished, with a branch of its own. The dialog does not change by it.</summary>
    /// <param name="reason">Value of its Reason header (RFC 3326).</param>
    /// <param name="to">Where it is to be sent.</param>
    public OutgoingRequest LastWill(string reason, out SipFlow to)
    {
        to = NextFlow;
        return dialog!.Ahead(Endpoint, SipMethod.Bye, Leap, to).Header(HeaderName.Reason, reason).FinishRequest();
    }
}
