using CallCenter.Edge.Links;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Edge.Signalling;

/// <summary>Requests outside dialogs, each to whom it concerns. Lives on the loop.</summary>
sealed class Requests(EdgeCore edge, IncomingCalls calls, Registration registration) : IAgentUser
{
    /// <summary>What is served (RFC 3261 §20.5); all else that has a name gets 405.</summary>
    public static readonly UasRules Rules = new([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Options, SipMethod.Register, SipMethod.Update, SipMethod.Refer, SipMethod.Info], ["norefersub"], ["application/sdp"]);

    public void OnInvite(ServerTransaction transaction, SipRequest invite) => _ = EdgeLinks.Claims(invite)
        ? Serve(transaction, () => edge.Links.OnInvite(transaction, invite, calls.OnSecondLine))
        : Serve(transaction, invite, async tenant => await calls.OnInvite(transaction, invite, tenant));

    public void OnRequest(ServerTransaction transaction, SipRequest request)
    {
        switch (request.Method)
        {
            case SipMethod.Register:
                _ = Serve(transaction, request, async tenant =>
                {
                    if (tenant is { } home) await registration.OnRegister(transaction, request, home.Tenant, home.Realm);
                    else transaction.Respond(403);
                });
                break;
            case SipMethod.Options when EdgeLinks.Claims(request):
                edge.Links.OnOptions(transaction, request);
                break;
            case SipMethod.Options:
                transaction.Respond(200, edge.Agent.Describe(transaction.Answer(200)).Header(HeaderName.Accept, "application/sdp").Finish());
                break;
            case SipMethod.Refer:
                transaction.Respond(403); // outside a dialog nobody is there to be sent anywhere
                break;
            default:
                transaction.Respond(405, transaction.Answer(405).Header(HeaderName.Allow, Rules.Allow).Finish());
                break;
        }
    }

    public void OnCancelled(ServerTransaction invite) { } // answered already; whoever looks up its number sees that

    /// <summary>Finds the tenant in From or To and serves the request.</summary>
    Task Serve(ServerTransaction transaction, SipRequest request, Func<(TenantId Tenant, string Realm)?, Task> serve) =>
        Serve(transaction, async () => await serve(await TenantOf(request.From) ?? await TenantOf(request.To)));

    /// <summary>Whatever fails behind us is a 500 to the sender, never a silence; a database that is gone is a 503, for it will be back.</summary>
    async Task Serve(ServerTransaction transaction, Func<Task> serve)
    {
        try
        {
            await serve();
        }
        catch (StorageOutageException outage)
        {
            edge.Log.RequestFailed(outage);
            transaction.Respond(503, transaction.Answer(503).Header(HeaderName.RetryAfter, (int)StorageOutageException.RetryAfter.TotalSeconds).Finish());
        }
        catch (Exception fault)
        {
            edge.Log.RequestFailed(fault);
            transaction.Respond(500);
        }
    }

    async Task<(TenantId Tenant, string Realm)?> TenantOf(NameAddr who)
    {
        if (!who.Uri.IsSip || who.Uri.TryAddress(out _)) return null; // an address is no domain
        return await edge.Directory.TenantOf(who.Uri.HostText) is { } tenant && await edge.Directory.DomainOf(tenant) is { } realm ? (tenant, realm) : null;
    }
}
