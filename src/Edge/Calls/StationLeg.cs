using CallCenter.Domain.Agents;
using CallCenter.Edge.Links;
using CallCenter.Edge.Stations;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Calls;

/// <summary>
/// A leg by which an extension's phone is called, or its browser if that has its path at another edge: it rings by its page, and the INVITE goes there when it
/// is to pick up. Lives on the loop.
/// </summary>
sealed class StationLeg(EdgeCore edge, EdgeCall call, RingStation wish) : CalledLeg(edge, call, wish.Leg, wish.Station, wish.Until), ILinked
{
    LinkPeer? over;
    LoopTimer? shown;

    /// <summary>How the browser is had pick up; null of a phone, and once it was.</summary>
    CallSetup? pickUp;

    bool isBrowser, wanted = wish.Expected;

    IStationGrain Whose()
    {
        var (owner, name) = OperatorsName.Of(Call.Name.Tenant, wish.Station);
        return Edge.Grains.Station(owner, name);
    }

    public override bool IsPhone => !isBrowser;

    protected override bool IsLinked => over is not null;

    protected override async Task<CallSetup?> Find()
    {
        var domain = Edge.Directory.DomainOf(Call.Name.Tenant); // both at once: each answer wakes the loop
        var found = await Whose().Registrations();
        isBrowser = found.Kind == StationKind.Browser;
        if (await domain is not { } realm || found.Kind == StationKind.Number) return null; // a number is no station's of an edge: it was chosen after the offer
        return isBrowser ? await FindBrowser(found.Browser, realm) : await FindPhone(found, realm);
    }

    async Task<CallSetup?> FindPhone(Registrations found, string realm)
    {
        if (PhoneContacts.Best(found, Edge.Now) is not { } binding) return null;
        if (binding.Edge != Edge.Id) return await FindThere(binding.Edge, realm);
        Srtp = found.Srtp;
        return Edge.FlowTo(binding) is { } flow ? Setup(binding.Contact, realm, flow) : null;
    }

    /// <summary>A browser whose path would be here, and is not, is none any more: its page has yet to find out. So is one whose edge was started anew.</summary>
    async Task<CallSetup?> FindBrowser(Browser? browser, string realm)
    {
        if (browser is null) return null;
        if (browser.Edge != Edge.Id) return await FindThere(browser.Edge, realm) is { } setup && over!.Epoch == browser.EdgeEpoch ? setup : null;
        await Whose().Disconnect(browser.Connection);
        return null;
    }

    async Task<CallSetup?> FindThere(EdgeId there, string realm)
    {
        over = await Edge.Links.Find(there);
        return over is null ? null : Setup(AddressText.Uri(wish.Station, realm), realm, over.Flow) with { Headers = writer => over.Prove(writer, Call.Name) };
    }

    CallSetup Setup(string at, string realm, SipFlow flow)
    {
        var number = Call.CallerNumber;
        var from = number.Length > 0
            ? AddressText.NameAddr(Call.CallerName ?? "", AddressText.Uri(number, realm))
            : Anonymous;
        return new(at, from, AddressText.NameAddr("", AddressText.Uri(wish.Station, realm)), flow, default);
    }

    protected override void OnFound(CallSetup setup)
    {
        if (!isBrowser)
        {
            base.OnFound(setup);
            return;
        }
        pickUp = setup;
        over!.Watch(this);
        shown = Edge.Loop.Schedule(BrowserLeg.ShownBy, Alert);
        if (wanted) Answer();
    }

    public override void Alert()
    {
        if (pickUp is not null) Alerts();
    }

    public override void Answer()
    {
        wanted = true; // it may be said before the browser is found
        if (pickUp is not { } setup) return;
        pickUp = null;
        Invite(setup);
    }

    public override void HangUp()
    {
        if (pickUp is null) base.HangUp();
        else Over(LegFailure.Withdrawn, 487);
    }

    protected override void OnCalled() => over?.Watch(this);

    public override void OnRequest(Sip.Dialogs.Call session, ServerTransaction transaction, SipRequest request)
    {
        if (!isBrowser || PathWord.Read(request) is not { } isLost)
        {
            base.OnRequest(session, transaction, request);
            return;
        }
        transaction.Respond(200);
        Call.Link.Tell(isLost ? new PathLost(Edge.Now, Id) : new PathBack(Edge.Now, Id));
    }

    public override void LetGo()
    {
        pickUp = null;
        if (shown is not null) Edge.Loop.Stop(shown);
        over?.Unwatch(this);
        base.LetGo();
    }

    /// <summary>The edge at which the phone is registered, or the browser has its path, is lost.</summary>
    public void OnPeerLost()
    {
        Call.Remove(this, Session is { IsAnswered: true } ? new HungUp(Edge.Now, Id, LegEndedBy.Edge, 0, 0) : new NotPickedUp(Edge.Now, Id, LegFailure.Unreachable, 0, 0));
        Session?.HangUp(); // told already; should the peer still hear it after all, it lets its phone go
    }
}
