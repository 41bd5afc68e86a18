namespace CallCenter.Grains.Agents;

/// <summary>Agents as whom somebody may take calls.</summary>
static class ServingAgents
{
    static readonly Demand TakesCalls = new(Resource.Presence, Rights.WriteOwn);

    /// <summary>The agent's settings; null if there is no such agent, or nobody may be it: an account that is gone or switched off, or whose role takes no calls, takes none by phone either.</summary>
    public static async Task<AgentSettings?> FindServing(this IConfigurationStore store, TenantId owner, AgentId agent, CancellationToken stop = default) =>
        await store.Find<AgentSettings>(owner, agent.Value, stop) is { } settings && await store.Find<UserAccount>(owner, settings.User, stop) is { Disabled: false } account && RightsTable.Meets(account.Role, TakesCalls) ? settings : null;
}
