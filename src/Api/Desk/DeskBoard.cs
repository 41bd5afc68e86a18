using System.Collections.Concurrent;
using CallCenter.Api.Live;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.Desk;

/// <summary>
/// What stands on the screens of a tenant's agents: offers, the own station, the call, which is another tenant's where they are the operator's. Of each agent it is told in the order in which
/// it happened.
/// </summary>
internal sealed class DeskBoard(TenantId tenant, IGrainFactory grains, DeskOffers offers, Func<LiveFeed> feed, ILogger log)
{
    private readonly ConcurrentDictionary<AgentId, Line> lines = new();

    /// <summary>Who is in which call.</summary>
    private readonly ConcurrentDictionary<Contact, Items<AgentId>> inCalls = new();

    public async Task<DeskView> Look(AgentId agent, CancellationToken stop)
    {
        var (view, station) = (await grains.Agent(new(tenant, agent)).Look(), await Station(agent, null));
        if (view.Contact is not { } contact) return new(station, [], null);
        if (view.Work == AgentWork.Offered) return new(station, [await offers.Of(tenant, agent, contact, view.Epoch, view.Until ?? default, rings: false, stop)], null);
        if (view.Work != AgentWork.Talking) return new(station, [], null);
        Enters(contact, agent);
        return new(station, [], await grains.Call(contact.Tenant, contact.Call).Look(), await offers.Of(tenant, agent, contact, view.Epoch, view.Until ?? default, rings: false, stop));
    }

    /// <summary>An agent's own facts.</summary>
    public void Told(AgentId agent, Items<Fact> facts)
    {
        foreach (var fact in facts)
            switch (fact)
            {
                case OfferMade f: Say(agent, "offer", async () => await offers.Of(tenant, agent, f.Contact, f.Epoch, f.Until, rings: false)); break;
                case OfferTaken f: Say(agent, "offerGone", () => Done(new OfferGoneTold(f.Contact.Call, f.Epoch, "answered"))); break;
                case OfferClosed f: Say(agent, "offerGone", () => Done(new OfferGoneTold(f.Contact.Call, f.Epoch, Http.Names.Of(f.Why)))); break;
                case StationFellSilent: Turned(agent, "lost"); break;
                case StationReturned or AgentSignedIn: Turned(agent, "back"); break;
                case AgentSignedOut: Turned(agent, null); break;
            }
    }

    /// <summary>The facts of a call.</summary>
    public void Told(Contact call, Items<Fact> facts)
    {
        foreach (var fact in facts)
            switch (fact)
            {
                case OfferAlerting f when Own(call, f.Agent) is { } agent: Say(agent, "ring", () => Done(new RingTold(call.Call, f.Epoch))); break;
                case AgentJoined f when Own(call, f.Agent) is { } agent: Enters(call, agent); break;
                case Domain.Calls.Conversations.ListenerJoined f when Own(call, f.Agent) is { } agent: Enters(call, agent); break;
                case AgentLeft f when Own(call, f.Agent) is { } agent: Leaves(call, agent); break;
            }
        if (!inCalls.TryGetValue(call, out var inside)) return;
        foreach (var agent in inside) Say(agent, "call", async () => new CallTold(call.Call, await grains.Call(call.Tenant, call.Call).Look()));
    }

    /// <summary>Whom that call names so; null if it is none of this board's agents.</summary>
    private AgentId? Own(Contact call, AgentId known) => AgentRef.Of(call.Tenant, known) is var agent && agent.Owner == tenant ? agent.Agent : null;

    /// <summary>The agent's station is another, or connected otherwise, than before.</summary>
    public void Turned(AgentId agent, string? why) => Say(agent, "station", async () => await Station(agent, why));

    private async Task<StationTold> Station(AgentId agent, string? why)
    {
        if (await offers.StationOf(tenant, agent) is not { } station) return new(StationKind.Phone, false, null, null, null, why);
        var now = await station.Look();
        return new(now.Kind, now.Connected, now.Browser?.Connection, now.Browser?.Client, now.Since, why);
    }

    private void Enters(Contact call, AgentId agent) => inCalls.AddOrUpdate(call, [agent], (_, inside) => inside.Contains(agent) ? inside : inside.Add(agent));

    private void Leaves(Contact call, AgentId agent)
    {
        if (inCalls.TryGetValue(call, out var inside) && inside.Without(one => one == agent) is var left && !(left.IsEmpty ? inCalls.TryRemove(call, out _) : inCalls.TryUpdate(call, left, inside))) return;
        Say(agent, "call", () => Done(new CallTold(call.Call, null)));
    }

    private static Task<object> Done(object told) => Task.FromResult(told);

    private void Say(AgentId agent, string kind, Func<Task<object>> made) => lines.GetOrAdd(agent, static _ => new()).Then(async () =>
    {
        try
        {
            feed().Told(agent, kind, await made().ConfigureAwait(false));
        }
        catch (Exception fault) // an outage: the next thing that happens is told again
        {
            log.AgentNotSeen(tenant.Value, agent.Value, fault.GetType().Name);
        }
    });

    /// <summary>One after the other.</summary>
    private sealed class Line
    {
        private readonly Lock gate = new();
        private Task last = Task.CompletedTask;

        public void Then(Func<Task> work)
        {
            lock (gate) last = After(last, work);
        }

        private static async Task After(Task before, Func<Task> work)
        {
            await before.ConfigureAwait(false);
            await work().ConfigureAwait(false);
        }
    }
}
