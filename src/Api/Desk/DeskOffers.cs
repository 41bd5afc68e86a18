using CallCenter.Api.Access;
using CallCenter.Api.Http;
using CallCenter.Api.WebCalls;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Desk;
using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Desk;

/// <summary>Puts together what the pop of an offer shows. The customer's number and digits are masked as the agent's role may see them.</summary>
internal sealed class DeskOffers(IGrainFactory grains, IConfigurationStore store, IPersonal personal, ICustomerBook customers, IReports reports, Standing standing, TimeProvider time)
{
    private static readonly string CollectedPrefix = PersonalFields.Collected("");

    /// <param name="owner">Whose agent it is; the call may be another tenant's.</param>
    public async Task<OfferView> Of(TenantId owner, AgentId agent, Contact contact, long epoch, DateTimeOffset until, bool rings, CancellationToken stop = default)
    {
        var call = await grains.Call(contact.Tenant, contact.Call).Look();
        var values = await personal.Read(Subject.Call(contact.Tenant, contact.Call), stop);
        var known = new AgentRef(owner, agent).In(contact.Tenant);
        var settings = await store.Find<AgentSettings>(owner, agent.Value, stop);
        var plain = await SeesNumbers(settings, contact.Tenant, stop);
        var queue = call?.Queue is { } named ? await store.Find<QueueSettings>(contact.Tenant, named.Value, stop) : null;
        var waited = call?.WaitingSince is { } since && JoinedBy(call, known) - since is var span && span > TimeSpan.Zero ? (long)span.TotalMilliseconds : 0;
        var number = Number(values, call);
        var offer = new OfferView(contact.Call, epoch, until, rings, queue is null ? null : new(queue.Queue, queue.Name), await Firm(contact.Tenant, stop), Seen(number, plain), waited, Digits(values, plain), await Customer(contact.Tenant, number, stop),
            await Greeting(contact.Tenant, queue, stop), settings?.StaffNumberIn(contact.Tenant), Visit(values, plain), null);
        return offer with { Crm = Crm(await store.CtiOf(contact.Tenant, stop), offer, known) };
    }

    /// <summary>Now, as long as the agent has not answered.</summary>
    private DateTimeOffset JoinedBy(CallLive call, AgentId agent) => call.Legs.Where(leg => leg.Agent == agent).Select(leg => leg.AnsweredAt).LastOrDefault() ?? time.GetUtcNow();

    /// <summary>With what the agent sees, and no more.</summary>
    private static OfferCrm? Crm(CtiSettings cti, OfferView offer, AgentId agent) => cti.Url is not { } url ? null : new(CrmUrl.Fill(url, field => field switch
    {
        "caller" => offer.From,
        "call" => offer.Call.Value,
        "queue" => offer.Queue?.Id.Value,
        "agent" => agent.Value,
        "staffNumber" => offer.StaffNumber,
        "customer" => offer.Customer?.Id,
        "firm" => offer.Firm.Tenant.Value,
        _ => offer.Visit.Where(said => CrmUrl.Visit(said.Name) == field).Select(said => said.Value).FirstOrDefault(),
    }), cti.OpensItself);

    private static Items<VisitorSaid> Visit(Items<PersonalValue> values, bool plain)
    {
        foreach (var value in values)
            if (value is { Field: PersonalFields.Visit, Value.Length: > 0 }) return VisitorSaid.Of(VisitorData.Read(value.Value), plain);
        return [];
    }

    /// <summary>Whose number it is; null if it is nobody's yet.</summary>
    private async Task<OfferCustomer?> Customer(TenantId tenant, string? number, CancellationToken stop)
    {
        if (number is null || await customers.Find(tenant, number, stop) is not { } known) return null;
        var past = await reports.Contacts(tenant, known.Numbers, stop);
        return new(known.Id.Value, known.Name, Names.Of(known.Level), Math.Max(past.Calls - 1, 0), past.Last);
    }

    /// <summary>How the firm wants its callers to be greeted there.</summary>
    private async Task<string?> Greeting(TenantId tenant, QueueSettings? queue, CancellationToken stop)
    {
        var card = queue is null ? null : await store.Find<ScriptCard>(tenant, queue.Id, stop);
        card ??= await store.Find<ScriptCard>(tenant, ScriptCard.Default, stop);
        return card?.Steps.Where(text => text.Step == ScriptStep.Greet).Select(text => text.Text).FirstOrDefault();
    }

    /// <summary>The station of an agent; null if there is no such agent.</summary>
    public async Task<IStationGrain?> StationOf(TenantId owner, AgentId agent) =>
        await store.Find<AgentSettings>(owner, agent.Value) is { } settings ? grains.Station(owner, settings.Extension) : null;

    /// <summary>The firm whose call it is says which roles do; an agent of the operator sees what the firm's agents see.</summary>
    private async Task<bool> SeesNumbers(AgentSettings? agent, TenantId firm, CancellationToken stop) =>
        agent is not null && await standing.Account(agent.Owner, agent.User, stop) is { } account && (await standing.Policy(firm, stop)).SeesNumbers.Contains(account.Role == Role.OperatorAgent ? Role.Agent : account.Role);

    private async Task<OfferFirm> Firm(TenantId tenant, CancellationToken stop)
    {
        var look = await store.Find<Branding>(tenant, Branding.OnlyId, stop);
        return new(tenant, look?.Name ?? (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop))?.Name ?? tenant.Value, look?.Colour);
    }

    /// <summary>Who calls, or who is to be called.</summary>
    private static string? Number(Items<PersonalValue> values, CallLive? call)
    {
        var dialled = PersonalFields.Dial(call?.Customer ?? LegId.Called);
        foreach (var value in values) if (value.Field == PersonalFields.CallerNumber || value.Field == dialled) return value.Lookup is { Length: > 0 } canonical ? canonical : value.Value;
        return null;
    }

    private static Items<OfferDigits> Digits(Items<PersonalValue> values, bool plain) => values.Where(v => v.Field.StartsWith(CollectedPrefix, StringComparison.Ordinal))
        .Select(v => new OfferDigits(v.Field[CollectedPrefix.Length..], Seen(v.Value, plain)!)).ToItems();

    private static string? Seen(string? number, bool plain) => plain ? number : NumberMask.Of(number);
}
