namespace CallCenter.Api.Resources;

/// <summary>Who asks something of a call, and for whom.</summary>
/// <param name="For">Whose part is meant; null = the asker's own.</param>
internal readonly record struct CallAsker(Asker By, AgentId? For);

/// <summary>Finds the agent behind a request.</summary>
internal static class CallAskers
{
    /// <param name="named">The agent that the request names; who does not lead may name no other than its own.</param>
    public static async Task<(CallAsker Asker, Refusal? Refusal)> Asks(this IConfigurationStore store, Caller caller, AgentId? named, CancellationToken stop)
    {
        if (!RightsTable.OnlyOwn(caller.Role, Resource.Conversations))
        {
            var leader = await store.SelfOf(caller, stop);
            if (named is { } led && caller.Led?.Has(led) == false) return (default, Led.NotYours);
            if (named is { } other && await store.FindKnown(caller.Tenant, other, stop) is null) return (default, Refusal.Invalid([new("agent", "There is no such agent")]));
            return (new(new(leader, Leads: true), named), null);
        }
        var self = await store.SelfOf(caller, stop);
        if (named is { } agent && agent != self)
        {
            var found = await store.FindAgent(caller, agent, Resource.Conversations, stop);
            return found.Refusal is { } refusal ? (default, refusal) : (new(new(agent, Leads: false), null), null);
        }
        return self is { } own ? (new(new(own, Leads: false), null), null) : (default, new(RefusalCode.Forbidden, "Nobody who signs in as this user is an agent"));
    }

    /// <summary>Whether who listens may speak in too. It is the listener's own right: nobody lends it to a trainee.</summary>
    /// <param name="listener">The agent who listens; null = the asker's own.</param>
    public static async Task<bool> MaySpeak(this IConfigurationStore store, Caller caller, AgentId? listener, CancellationToken stop)
    {
        if (RightsTable.OnlyListens(caller.Role)) return false;
        return listener is not { } agent || await store.Find<AgentSettings>(caller.Tenant, agent.Value, stop) is not { } settings
            || await store.Find<UserAccount>(caller.Tenant, settings.User, stop) is not { } account || !RightsTable.OnlyListens(account.Role);
    }

    /// <summary>The agent who signs in as that user; most are called alike.</summary>
    public static async Task<AgentSettings?> AgentOf(this IConfigurationStore store, Caller caller, CancellationToken stop)
    {
        return caller.Session is null ? null : await AgentOf(store, caller.Home, caller.User, stop); // a program is nobody
    }

    /// <summary>The same as the calls and records name it that the request concerns.</summary>
    public static async Task<AgentId?> SelfOf(this IConfigurationStore store, Caller caller, CancellationToken stop) =>
        await store.AgentOf(caller, stop) is { } own ? new AgentRef(own.Owner, own.Agent).In(caller.Tenant) : null;

    /// <summary>Whom a tenant's calls name so: one of its own, or one of the operator's who serves it.</summary>
    public static async Task<AgentSettings?> FindKnown(this IConfigurationStore store, TenantId tenant, AgentId known, CancellationToken stop)
    {
        var agent = AgentRef.Of(tenant, known);
        return await store.Find<AgentSettings>(agent.Owner, agent.Agent.Value, stop) is { } settings && settings.Serves(tenant) ? settings : null;
    }

    public static async Task<AgentSettings?> AgentOf(IConfigurationStore store, TenantId tenant, string user, CancellationToken stop)
    {
        if (await store.Find<AgentSettings>(tenant, user, stop) is { } alike && alike.User == user) return alike;
        await foreach (var agent in store.All<AgentSettings>(tenant, stop))
            if (agent.User == user) return agent;
        return null;
    }
}
