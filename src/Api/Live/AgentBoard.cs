using System.Collections.Concurrent;
using CallCenter.Api.Operator;
using CallCenter.Api.Resources;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.Live;

/// <summary>What each agent of a tenant is doing. The agent's grain is asked when its facts say that something changed, one question at a time.</summary>
internal sealed class AgentBoard(TenantId tenant, IGrainFactory grains, IConfigurationStore store, TimeProvider time, ILogger log)
{
    /// <summary>So many grains are woken at once when the board is first looked at.</summary>
    private const int Together = 64;

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AgentId, Slot> slots = new();

    /// <summary>All agents that the configuration has, as they are; the operator's who serve the tenant too.</summary>
    public async Task<List<PresenceView>> All(CancellationToken stop)
    {
        var listed = new List<AgentId>();
        await foreach (var agent in store.All<AgentSettings>(tenant, stop)) listed.Add(agent.Agent);
        await foreach (var agent in store.OperatorsAgentsOf(tenant, stop)) listed.Add(new AgentRef(agent.Owner, agent.Agent).In(tenant));
        await Parallel.ForEachAsync(listed.Where(agent => SlotOf(agent).View is null), new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = stop }, async (agent, _) => await One(agent));
        return [.. listed.Select(agent => SlotOf(agent).View!)];
    }

    public async Task<PresenceView> One(AgentId agent)
    {
        var slot = SlotOf(agent);
        if (slot.View is { } known) return known;
        var seen = await Look(agent) ?? PresenceView.Gone(agent);
        lock (slot) return slot.View ??= seen; // somebody may have looked later, and been faster
    }

    /// <summary>Something happened to an agent: <paramref name="told"/> hears how it is now, if that is something else.</summary>
    public void Changed(AgentId agent, Action<PresenceView> told)
    {
        var slot = SlotOf(agent);
        lock (slot)
        {
            slot.Again = true;
            if (slot.Asking) return;
            slot.Asking = true;
        }
        _ = Ask(agent, slot, told);
    }

    private async Task Ask(AgentId agent, Slot slot, Action<PresenceView> told)
    {
        while (true)
        {
            lock (slot)
            {
                if (!slot.Again)
                {
                    slot.Asking = false;
                    return;
                }
                slot.Again = false;
            }
            try
            {
                var view = await Look(agent);
                lock (slot)
                {
                    if (view is null && slot.View is null) continue; // serves others
                    view ??= PresenceView.Gone(agent);
                    if (view == slot.View) continue;
                    slot.View = view;
                }
                told(view);
            }
            catch (Exception fault) // an outage: the board must not stand still because of it
            {
                log.AgentNotSeen(tenant.Value, agent.Value, fault.GetType().Name);
                lock (slot) slot.Again = true;
                await Task.Delay(AskAgain, time);
            }
        }
    }

    /// <summary>Null: an agent of the operator that does not serve this tenant.</summary>
    private async Task<PresenceView?> Look(AgentId agent)
    {
        var who = AgentRef.Of(tenant, agent);
        if (who.Owner == tenant) return PresenceView.Of(await grains.Agent(who).Look());
        return await store.FindKnown(tenant, agent, default) is null ? null : PresenceView.Of(await grains.Agent(who).Look(), agent, tenant);
    }

    private Slot SlotOf(AgentId agent) => slots.GetOrAdd(agent, static _ => new());

    private sealed class Slot
    {
        public volatile PresenceView? View;
        public bool Asking, Again;
    }
}
