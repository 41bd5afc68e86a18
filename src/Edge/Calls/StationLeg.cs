using CallCenter.Edge.Links;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Calls;

/// <summary>A leg by which an extension's phone is called. Lives on the loop.</summary>
sealed class StationLeg(EdgeCore edge, EdgeCall call, RingStation wish) : CalledLeg(edge, call, wish.Leg, wish.Station, wish.Until), ILinked
{
    LinkPeer? over;

    protected override async Task<CallSetup?> Find()
    {
        var domain = Edge.Directory.DomainOf(Call.Name.Tenant); // both at once: each answer wakes the loop
        var found = await Edge.Grains.Station(Call.Name.Tenant, wish.Station).Registrations();
        if (found.Kind == StationKind.Browser)
        {
            await Forget(found.Browser);
            return null;
        }
        if (await domain is not { } realm || PhoneContacts.Best(found, Edge.Now) is not { } binding) return null;
        var number = Call.CallerNumber;
        var from = number.Length > 0
            ? AddressText.NameAddr(Call.CallerName ?? "", AddressText.Uri(number, realm))
            : Anonymous;
        var at = AddressText.Uri(wish.Station, realm);
        var to = AddressText.NameAddr("", at);
        if (binding.Edge == Edge.Id)
        {
            Srtp = found.Srtp;
            return Edge.FlowTo(binding) is { } flow ? new(binding.Contact, from, to, flow, default) : null;
        }
        over = await Edge.Links.Find(binding.Edge);
        return over is null ? null : new(at, from, to, over.Flow, default) { Headers = writer => over.Prove(writer, Call.Name) };
    }

    /// <summary>A browser whose path would be here, and is not, is none any more: its page has yet to find out.</summary>
    async Task Forget(Browser? browser)
    {
        if (browser?.Edge == Edge.Id) await Edge.Grains.Station(Call.Name.Tenant, wish.Station).Disconnect(browser.Connection);
    }

    protected override void OnCalled() => over?.Watch(this);

    protected override void OnOver(Sip.Dialogs.Call of, CallEnd end)
    {
        over?.Unwatch(this);
        base.OnOver(of, end);
    }

    /// <summary>The edge at which the phone is registered is lost.</summary>
    public void OnPeerLost()
    {
        Call.Remove(this, Session is { IsAnswered: true } ? new HungUp(Edge.Now, Id, LegEndedBy.Edge, 0, 0) : new NotPickedUp(Edge.Now, Id, LegFailure.Unreachable, 0, 0));
        Session?.HangUp(); // told already; should the peer still hear it after all, it lets its phone go
    }
}
