namespace CallCenter.Grains.Routing;

/// <summary>The agents of a pool as the configuration knows them: the owner's own, and the operator's that serve one of its queues.</summary>
sealed class AgentLister(IConfigurationStore store, TenantId owner)
{

    public async Task<Items<AgentRef>> Read()
    {
        var agents = new List<AgentRef>();
        await Add(owner, agents, static (_, _) => true);
        if (owner != TenantId.Operator) await Add(TenantId.Operator, agents, static (agent, tenant) => agent.Serves(tenant));
        return agents.ToItems();
    }

    async Task Add(TenantId from, List<AgentRef> agents, Func<AgentSettings, TenantId, bool> which)
    {
        await foreach (var agent in store.All<AgentSettings>(from))
            if (which(agent, owner)) agents.Add(new(from, agent.Agent));
    }
}
