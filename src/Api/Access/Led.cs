using System.Collections.Frozen;
using CallCenter.Domain.Teams;

namespace CallCenter.Api.Access;

/// <summary>
/// Whom a team leader leads: the agents of the own teams, and oneself. A call is theirs if one of them had a part in it, or nobody has yet and it is in
/// a queue that one of them serves. What is not theirs is not the leader's to see or to touch.
/// </summary>
internal sealed class Led(FrozenSet<AgentId> agents, FrozenSet<QueueId> queues) : IEquatable<Led>
{
    public static readonly Refusal NotYours = new(RefusalCode.Forbidden, "This agent is of no team that you lead");

    /// <summary>By id.</summary>
    public Items<AgentId> Agents { get; } = agents.OrderBy(agent => agent.Value, StringComparer.Ordinal).ToItems();

    public FrozenSet<QueueId> Queues => queues;

    /// <summary>What of the call records is theirs.</summary>
    public CallScope Scope => new(Agents, queues.Order(Comparer<QueueId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))).ToItems());

    public bool Has(AgentId agent) => agents.Contains(agent);

    public bool Has(QueueId queue) => queues.Contains(queue);

    public bool Has(CallRecord call) => Has(call.Agents, call.Queue);

    public bool Has(CallLive call) => Has(call.Legs.Where(leg => leg.Agent is not null).Select(leg => leg.Agent!.Value).Concat(call.Reaches.Where(reach => reach.Agent is not null).Select(reach => reach.Agent!.Value)).ToItems(), call.Queue);

    /// <param name="part">The agents who have a part in it.</param>
    public bool Has(Items<AgentId> part, QueueId? queue)
    {
        foreach (var agent in part)
            if (agents.Contains(agent)) return true;
        return part.IsEmpty && queue is { } waits && queues.Contains(waits);
    }

    /// <summary>Null where there is no team: then a leader leads everybody.</summary>
    /// <param name="user">Null for a program, which leads nobody.</param>
    public static async Task<Led?> Read(IConfigurationStore store, TenantId tenant, string? user, CancellationToken stop)
    {
        var teams = new List<TeamSettings>();
        await foreach (var team in store.All<TeamSettings>(tenant, stop)) teams.Add(team);
        if (teams.Count == 0) return null;
        if (user is null) return new([], []);
        var agents = new TeamMap(teams).LedBy(user).ToHashSet();
        if (await Resources.CallAskers.AgentOf(store, tenant, user, stop) is { } self) agents.Add(self.Agent);
        var queues = new HashSet<QueueId>();
        foreach (var agent in agents)
            if (await store.Find<AgentSettings>(tenant, agent.Value, stop) is { } settings)
                queues.UnionWith(settings.Queues.Where(queue => queue.Tenant == tenant).Select(queue => queue.Queue));
        return new(agents.ToFrozenSet(), queues.ToFrozenSet());
    }

    public bool Equals(Led? other) => other is not null && Agents == other.Agents && queues.SetEquals(other.Queues);

    public override bool Equals(object? obj) => Equals(obj as Led);

    public override int GetHashCode() => Agents.GetHashCode();
}
