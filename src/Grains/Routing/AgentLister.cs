namespace CallCenter.Grains.Routing;

/// <summary>The agents of a pool as the configuration knows them: the owner's own, and the operator's that serve one of its queues.</summary>
sealed class AgentLister(IConfigurationStore store, TenantId owner)
{
    const int PageSize = 1000;

    public async Task<Items<AgentRef>> Read()
    {
        var agents = new List<AgentRef>();
        await Add(owner, agents, static (_, _) => true);
        if (owner != TenantId.Operator) await Add(TenantId.Operator, agents, Serves);
        return agents.ToItems();
    }

    async Task Add(TenantId from, List<AgentRef> agents, Func<AgentSettings, TenantId, bool> which)
    {
        string? after = null;
        do
        {
            var page = await store.List<AgentSettings>(from, after, PageSize);
            foreach (var agent in page.Items)
                if (which(agent, owner)) agents.Add(new(from, agent.Agent));
            after = page.Next;
        }
        while (after is not null);
    }

    static bool Serves(AgentSettings agent, TenantId tenant)
    {
        foreach (var queue in agent.Queues)
            if (queue.Tenant == tenant) return true;
        return false;
    }
}
