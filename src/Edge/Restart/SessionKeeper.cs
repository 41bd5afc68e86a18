using CallCenter.Edge.Calls;
using CallCenter.Edge.Links;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Restart;

/// <summary>
/// Writes down every session of a call's leg from the first INVITE of ours or the first 2xx on, so that the next start can end it if
/// this one dies. The write goes to the page cache and is done when it returns: nothing is forgotten between loop and disk. Who came over a connection
/// can be told only where he listens at that address; else he sees the connection break. Lives on the loop.
/// </summary>
sealed class SessionKeeper(EdgeCore edge, IDialogBook book) : ISessionWatch
{
    /// <summary>What a BYE of the next start says.</summary>
    public static readonly string Reason = ReasonHeader.Of(ReasonHeader.TemporaryFailure);

    /// <summary>The record of a call that a crash cut off ends at the last of these marks.</summary>
    static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(250);

    readonly Dictionary<Call, int> tickets = [];

    /// <summary>Begins to mark that this edge lives.</summary>
    public void Live()
    {
        book.Alive(edge.Now);
        edge.Loop.Schedule(Pulse, Live);
    }

    public void OnInviting(Call call, in OutgoingRequest invite, SipFlow to) => Keep(call, invite.WithoutBody(), to);

    public void OnConfirmed(Call call) => Keep(call, call.LastWill(Reason, out var to), to);

    public void OnOver(Call call)
    {
        if (tickets.Remove(call, out var ticket)) book.Forget(ticket);
    }

    void Keep(Call call, in OutgoingRequest request, SipFlow to)
    {
        if (NameOf(call.User) is not { } name || to is not { Transport: { } transport, Remote: { } remote }) return;
        var content = new KeptSession(name.Call, transport.ViaName, remote, request.Bytes).ToBytes();
        tickets[call] = book.Keep(tickets.GetValueOrDefault(call), name.Tenant, content);
    }

    static CallRef? NameOf(ICallUser user) => user switch
    {
        EdgeLeg leg => leg.Call.Name,
        LinkSide side => side.Name,
        BrowserLink browser => browser.Name,
        _ => null,
    };
}
