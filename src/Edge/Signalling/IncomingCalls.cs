using CallCenter.Edge.Calls;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Signalling;

/// <summary>
/// A new INVITE from its first look to its call: who sends it, whose number it asks for, whether media fits. Whatever is
/// refused here never was a call of a tenant. Lives on the loop.
/// </summary>
sealed class IncomingCalls(EdgeCore edge, Doorkeeper door)
{
    /// <summary>Seconds after which a caller's network may try a draining platform again.</summary>
    const int RetryAfter = 10;

    /// <param name="tenant">The tenant whose domain is named in From or To; null if there is none.</param>
    public async Task OnInvite(ServerTransaction transaction, SipRequest invite, (TenantId Tenant, string Realm)? tenant)
    {
        if (edge.Draining)
        {
            RefuseForNow(transaction);
            return;
        }
        string? trunk = null;
        if (tenant is { } home)
        {
            var extension = invite.From.Uri.UserText;
            if (!await door.IsRegisteredFlow(home.Tenant, extension, invite.Source)
                && !await door.Admits(transaction, invite, home.Tenant, home.Realm, extension)) return;
        }
        else if ((trunk = await edge.Directory.TrunkOf(invite.Source.Remote!.Address.ToString())) is null)
        {
            transaction.Respond(403);
            return;
        }
        await Route(transaction, invite, tenant?.Tenant, trunk);
    }

    static void RefuseForNow(ServerTransaction transaction) =>
        transaction.Respond(503, transaction.Answer(503).Header(HeaderName.RetryAfter, RetryAfter).Finish());

    async Task Route(ServerTransaction transaction, SipRequest invite, TenantId? from, string? trunk)
    {
        if (!PhoneNumber.TryParse(invite.Uri.UserText, out var number)
            || await edge.Grains.Number(number.Canonical).Route() is not { } route
            || (from is { } own && route.Tenant != own))
        {
            transaction.Respond(404);
            return;
        }
        if (transaction.IsAnswered) return; // given up while we looked
        if (!route.Open)
        {
            edge.Log.CallNotStorable();
            RefuseForNow(transaction);
            return;
        }
        var name = new CallRef(route.Tenant, CallId.New(edge.Now));
        var caller = CallerOf(invite, trunk is not null);
        var call = edge.Calls.Open(name, caller.Number, caller.Name);
        var leg = new CallerLeg(edge, call);
        if (leg.Prepare(invite, edge.NextSessionId()) is { } status)
        {
            edge.Calls.Forget(call);
            transaction.Respond(status);
            return;
        }
        if (edge.Agent.Take(transaction, leg) is not { } session)
        {
            leg.Media!.Close();
            edge.Calls.Forget(call);
            return;
        }
        leg.Adopt(session);
        call.Add(leg);
        call.Link.Tell(new Arrived(edge.Now, CallerLeg.Name, edge.Id, edge.Epoch, trunk, route.Number, route.Flow, route.Limited, caller.Number, caller.Name));
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
