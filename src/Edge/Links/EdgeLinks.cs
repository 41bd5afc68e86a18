using CallCenter.Domain.Agents;
using System.Net;
using System.Security.Cryptography;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Links;

/// <summary>
/// An edge's ways to other edges. A phone is called by the edge at which it registered: another edge sends the INVITE there, and the media
/// passes through both. Lives on the loop.
/// </summary>
sealed class EdgeLinks(EdgeCore edge)
{
    readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    readonly LinkNonces nonces = new();
    readonly Dictionary<EdgeId, LinkPeer> peers = [];
    readonly Dictionary<(TenantId Tenant, string Extension), List<LinkCall>> calls = [];
    readonly HashSet<BrowserLink> browsers = [];
    int phones;

    /// <summary>What other edges get from the grains to prove themselves here.</summary>
    public string Key => Convert.ToHexString(key);

    /// <summary>Phones and browsers of this edge in calls of other edges.</summary>
    public int Live => phones + browsers.Count;

    /// <summary>Another edge; null if it is not known to be there. After a crash the grains know nobody for up to 10 s; whom we reached before is still there, or fails to answer.</summary>
    public async Task<LinkPeer?> Find(EdgeId id)
    {
        if (await edge.Grains.Edge(id).Present() is not { } present) return peers.GetValueOrDefault(id);
        if (present.Gone || !IPEndPoint.TryParse(present.Reach.Sip, out var address)) return null;
        if (peers.TryGetValue(id, out var known) && known.Epoch == present.Epoch) return known;
        return peers[id] = new(edge, id, present.Epoch, edge.Udp.To(address), Convert.FromHexString(present.Reach.LinkKey));
    }

    public void Forget(LinkPeer peer)
    {
        if (ReferenceEquals(peers.GetValueOrDefault(peer.Id), peer)) peers.Remove(peer.Id);
    }

    /// <summary>True if the request says that it comes from another edge; whether it does, <see cref="OnInvite"/> and <see cref="OnOptions"/> find out.</summary>
    public static bool Claims(SipRequest request) => !request.Value(LinkProof.Header).IsEmpty;

    public void OnOptions(ServerTransaction transaction, SipRequest options) =>
        transaction.Respond(LinkProof.Read(options, key, edge.Now, nonces) is null ? 403 : 200);

    /// <summary>Another edge wants a phone of this one, has a browser pick up, or brings the second line of a phone of its own.</summary>
    /// <param name="dials">Takes the second line of a phone that is in a call of this edge.</param>
    public async Task OnInvite(ServerTransaction transaction, SipRequest invite, Action<ServerTransaction, SipRequest, string, Calls.EdgeCall> dials)
    {
        if (LinkProof.Read(invite, key, edge.Now, nonces) is not { Call: { } name } proof)
        {
            transaction.Respond(403);
            return;
        }
        if (proof.Line is { } extension)
        {
            if (edge.Calls.Phones.CallOf(name.Tenant, extension) is { } talking && talking.Name == name) dials(transaction, invite, extension, talking);
            else transaction.Respond(404);
            return;
        }
        var (owner, station) = OperatorsName.Of(name.Tenant, invite.Uri.UserText);
        var registrations = await edge.Grains.Station(owner, station).Registrations();
        var peer = await Find(proof.From);
        if (transaction.IsAnswered) return; // given up while we looked
        if (peer is null || peer.Epoch != proof.Epoch) transaction.Respond(503);
        else if (registrations.Kind == StationKind.Browser)
        {
            if (edge.Stations.Find(owner, station) is { IsLost: false } path) BrowserLink.Begin(edge, peer, name, transaction, invite, path);
            else transaction.Respond(404);
        }
        else if (registrations.Kind == StationKind.Number) transaction.Respond(404);
        else if (Calls.PhoneContacts.Best(registrations, edge.Now, edge.Id) is not { } binding || edge.FlowTo(binding) is not { } flow) transaction.Respond(404); // a 480 would be a phone that does not answer
        else LinkCall.Begin(edge, peer, name, transaction, invite, binding.Contact, flow, registrations.Srtp);
    }

    public void Add(BrowserLink browser) => browsers.Add(browser);

    public void Remove(BrowserLink browser) => browsers.Remove(browser);

    public void Add(LinkCall call)
    {
        phones++;
        if (calls.TryGetValue(KeyOf(call), out var all)) all.Add(call);
        else calls.Add(KeyOf(call), [call]);
    }

    public void Remove(LinkCall call)
    {
        if (!calls.TryGetValue(KeyOf(call), out var all) || !all.Remove(call)) return;
        phones--;
        if (all.Count == 0) calls.Remove(KeyOf(call));
    }

    /// <summary>Another edge's call in which that phone talks, the latest if there are several; null if it is in none.</summary>
    public LinkCall? CallOf(TenantId tenant, string extension) =>
        calls.TryGetValue((tenant, extension), out var all) ? all.FindLast(static call => call.Talks) : null;

    /// <summary>The same phone's other line in the same call, by its dialog with that phone; null if there is none.</summary>
    public LinkCall? OtherLine(LinkCall of, DialogId dialog) =>
        calls.TryGetValue(KeyOf(of), out var all) ? all.Find(call => call != of && call.Name == of.Name && call.IsPhoneDialog(dialog)) : null;

    static (TenantId, string) KeyOf(LinkCall call) => (call.Name.Tenant, call.Extension);

    public void HangUpAll()
    {
        foreach (var call in calls.Values.SelectMany(static all => all).ToArray()) call.HangUp();
        foreach (var browser in browsers.ToArray()) browser.HangUp();
    }

    /// <summary>The edge that holds a call is lost: the call does not hear of it by itself for a while.</summary>
    public async Task Doubt(CallRef call)
    {
        try
        {
            await edge.Grains.Call(call.Tenant, call.Call).DoubtEdge();
        }
        catch (Exception fault) // its own watch finds out later
        {
            edge.Log.CallNotReached(fault.GetType().Name);
        }
    }
}
