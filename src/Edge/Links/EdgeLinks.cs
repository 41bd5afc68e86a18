using System.Net;
using System.Security.Cryptography;
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
    readonly HashSet<LinkCall> calls = [];

    /// <summary>What other edges get from the grains to prove themselves here.</summary>
    public string Key => Convert.ToHexString(key);

    /// <summary>Phones of this edge in calls of other edges.</summary>
    public int Live => calls.Count;

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

    /// <summary>Another edge wants a phone of this one.</summary>
    public async Task OnInvite(ServerTransaction transaction, SipRequest invite)
    {
        if (LinkProof.Read(invite, key, edge.Now, nonces) is not { Call: { } name } proof)
        {
            transaction.Respond(403);
            return;
        }
        var registrations = await edge.Grains.Station(name.Tenant, invite.Uri.UserText).Registrations();
        var peer = await Find(proof.From);
        if (transaction.IsAnswered) return; // given up while we looked
        if (peer is null || peer.Epoch != proof.Epoch) transaction.Respond(503);
        else if (Calls.PhoneContacts.Best(registrations, edge.Now, edge.Id) is not { } binding || edge.FlowTo(binding) is not { } flow) transaction.Respond(404); // a 480 would be a phone that does not answer
        else LinkCall.Begin(edge, peer, name, transaction, invite, binding.Contact, flow, registrations.Srtp);
    }

    public void Add(LinkCall call) => calls.Add(call);

    public void Remove(LinkCall call) => calls.Remove(call);

    public void HangUpAll()
    {
        foreach (var call in calls.ToArray()) call.HangUp();
    }
}
