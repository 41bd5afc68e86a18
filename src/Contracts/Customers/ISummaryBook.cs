using CallCenter.Domain.Summaries;

namespace CallCenter.Contracts.Customers;

/// <summary>
/// What agents write down of calls: one summary for each agent of a call, a draft until it is final. Once the task of a write completes it survives any
/// crash. Note and fields are sealed; that a call was summarized, and as what, is a fact.
/// </summary>
public interface ISummaryBook
{
    /// <summary>All of a call, the newest first.</summary>
    Task<Items<Summary>> Of(TenantId owner, CallId call, CancellationToken stop = default);

    /// <summary>Writes one over whatever its agent wrote of that call before; but no draft over a final one, which a draft that comes late would be.</summary>
    Task<Written<Summary>> Put(Summary summary, CancellationToken stop = default);

    /// <summary>Writes down that an agent marked a call; the same mark again counts once.</summary>
    Task Mark(TenantId owner, CallMarked mark);

    /// <summary>How these agents have marked a call.</summary>
    Task<Items<CallMarked>> Marks(TenantId owner, CallId call, Items<AgentId> agents, CancellationToken stop = default);

    /// <summary>Which of these calls have a final one, whoever's.</summary>
    Task<Items<CallId>> Summarized(TenantId owner, Items<CallId> calls, CancellationToken stop = default);
}
