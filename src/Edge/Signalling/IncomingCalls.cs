using CallCenter.Edge.Calls;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// A new INVITE from its first look to its call: who sends it, whom it asks for, whether media fits. Whatever is
/// refused here never was a call of a tenant. Lives on the loop.
/// </summary>
sealed class IncomingCalls(EdgeCore edge, Doorkeeper door)
{
    /// <summary>Seconds after which a caller's network may try a draining platform again.</summary>
    const int RetryAfter = 10;

    /// <summary>No number and no extension is longer.</summary>
    const int LongestDialled = 64;

    /// <param name="tenant">The tenant whose domain is named in From or To; null if there is none.</param>
    public async Task OnInvite(ServerTransaction transaction, SipRequest invite, (TenantId Tenant, string Realm)? tenant)
    {
        if (tenant is { } home) await OnPhone(transaction, invite, home.Tenant, home.Realm);
        else if (edge.Draining) RefuseForNow(transaction);
        else if (await edge.Directory.TrunkOf(invite.Source.Remote!.Address.ToString()) is not { } trunk) transaction.Respond(403);
        else if (await Route(invite) is not { } route) transaction.Respond(404);
        else Arrive(transaction, invite, route, trunk);
    }

    /// <summary>
    /// An extension's phone: the second line of the call that it is in, else one of the tenant's access numbers, else whatever it dialled. Another tenant's numbers are unknown
    /// to it. An emergency call is a call of its own, whatever else the phone, its agent or the edge is about.
    /// </summary>
    async Task OnPhone(ServerTransaction transaction, SipRequest invite, TenantId tenant, string realm)
    {
        var extension = invite.From.Uri.UserText;
        var emergency = DialledNumber.IsEmergency(invite.Uri.UserText, out _);
        if (!await door.IsRegisteredFlow(tenant, extension, invite.Source) && !await door.Admits(transaction, invite, tenant, realm, extension, emergency)) return;
        if (emergency && !await edge.Directory.TakesCallsNow())
        {
            await DialEmergency(transaction, invite, tenant, extension);
            return;
        }
        var route = await Route(invite);
        if (route is not null && route.Tenant != tenant) transaction.Respond(404);
        else if (!emergency && edge.Calls.Phones.CallOf(tenant, extension) is { } talking) Dial(transaction, invite, extension, talking);
        else if (!emergency && edge.Links.CallOf(tenant, extension) is { } elsewhere) elsewhere.Dial(transaction, invite);
        else if (edge.Draining && !emergency) RefuseForNow(transaction);
        else if (route is not null) Arrive(transaction, invite, route, null);
        else if (emergency || await edge.Directory.TakesCalls()) Dial(transaction, invite, extension, null, tenant);
        else RefuseUnstorable(transaction);
    }

    /// <summary>The second line of a phone that registered at another edge, which has let it in.</summary>
    public void OnSecondLine(ServerTransaction transaction, SipRequest invite, string extension, EdgeCall talking) => Dial(transaction, invite, extension, talking, linked: true);

    static void RefuseForNow(ServerTransaction transaction) =>
        transaction.Respond(503, transaction.Answer(503).Header(HeaderName.RetryAfter, RetryAfter).Finish());

    void RefuseUnstorable(ServerTransaction transaction)
    {
        edge.Log.CallNotStorable();
        RefuseForNow(transaction);
    }

    /// <summary>The access number that is asked for; null if it is none.</summary>
    async Task<NumberRoute?> Route(SipRequest invite) =>
        PhoneNumber.TryParse(invite.Uri.UserText, out var number) ? await edge.Grains.Number(number.Canonical).Route() : null;

    void Arrive(ServerTransaction transaction, SipRequest invite, NumberRoute route, string? trunk)
    {
        var caller = CallerOf(invite, trunk is not null);
        if (transaction.IsAnswered) return; // given up while we looked
        if (!route.Open)
        {
            RefuseUnstorable(transaction);
            return;
        }
        var call = edge.Calls.Open(new(route.Tenant, CallId.New(edge.Now)), caller.Number, caller.Name);
        if (TryTake(transaction, invite, new(edge, call, ArrivingLeg.Caller, station: null, trunk)))
            call.Link.Tell(new Arrived(edge.Now, ArrivingLeg.Caller, edge.Id, edge.Epoch, trunk, route.Number, route.Flow, route.Limited, caller.Number, caller.Name));
        else edge.Calls.Forget(call);
    }

    /// <param name="talking">The call that the phone is in; null begins one of <paramref name="tenant"/>.</param>
    /// <param name="linked">The phone is another edge's.</param>
    void Dial(ServerTransaction transaction, SipRequest invite, string extension, EdgeCall? talking, TenantId tenant = default, bool linked = false)
    {
        var dialled = invite.Uri.UserText;
        if (dialled.Length is 0 or > LongestDialled)
        {
            transaction.Respond(404);
            return;
        }
        if (transaction.IsAnswered) return; // given up while we looked
        var call = talking ?? edge.Calls.Open(new(tenant, CallId.New(edge.Now)), extension, CallerOf(invite, false).Name);
        var leg = new ArrivingLeg(edge, call, call.NewPhoneLeg(extension), extension, linked: linked);
        if (TryTake(transaction, invite, leg)) call.Link.Tell(new PhoneDialled(edge.Now, leg.Id, edge.Id, edge.Epoch, extension, dialled));
        else if (talking is null) edge.Calls.Forget(call);
    }

    /// <summary>Nothing can be stored, so that no call can be promised; this one is put through all the same, even beside a call that the phone is in.</summary>
    async Task DialEmergency(ServerTransaction transaction, SipRequest invite, TenantId tenant, string extension)
    {
        var way = await EmergencyLine.Way(edge, tenant, invite.Uri.UserText);
        if (transaction.IsAnswered) return; // given up while we looked
        if (way is null)
        {
            RefuseUnstorable(transaction);
            return;
        }
        var call = edge.Calls.Open(new(tenant, CallId.New(edge.Now)), extension, CallerOf(invite, false).Name);
        var leg = new ArrivingLeg(edge, call, call.NewPhoneLeg(extension), extension);
        if (TryTake(transaction, invite, leg)) new EmergencyLine(edge, leg).Begin(invite.Uri.UserText, way);
        else edge.Calls.Forget(call);
    }

    /// <summary>True if the INVITE is a leg now; false: it was answered.</summary>
    bool TryTake(ServerTransaction transaction, SipRequest invite, ArrivingLeg leg)
    {
        if (leg.Prepare(invite, edge.NextSessionId()) is { } status)
        {
            transaction.Respond(status);
            return false;
        }
        if (edge.Agent.Take(transaction, leg) is not { } session)
        {
            leg.Media!.Close();
            return false;
        }
        leg.Adopt(session);
        leg.Call.Add(leg);
        return true;
    }

    /// <summary>P-Asserted-Identity of a trunk that we trust (RFC 3325 §9.1), else From; empty where the caller withholds it (RFC 3323).</summary>
    static (string Number, string? Name) CallerOf(SipRequest invite, bool trusted)
    {
        var who = invite.From;
        if (trusted && NameAddr.TryParse(invite.Value("P-Asserted-Identity"u8), out var asserted) && asserted.Uri.IsSip) who = asserted;
        var number = who.Uri.IsSip ? who.Uri.UserText : "";
        if (number.Equals("anonymous", StringComparison.OrdinalIgnoreCase) || IsPrivate(invite)) return ("", null);
        var name = who.DisplayText;
        return (number, name.Length > 0 ? name : null);
    }

    static bool IsPrivate(SipRequest invite)
    {
        var privacy = System.Text.Encoding.UTF8.GetString(invite.Value("Privacy"u8).Span);
        return privacy.Contains("id", StringComparison.OrdinalIgnoreCase) || privacy.Contains("user", StringComparison.OrdinalIgnoreCase);
    }
}
