using System.Collections.Frozen;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Access;

/// <summary>
/// An agent of the operator has account, presence and station with the operator. What is a firm's it sees and does for a call of its own only, which the request names in its path or as
/// <c>?call=</c>. Whose call that is nobody claims: the agent's grain says it, of the call that the agent has and of the one it had last, which may still be to be written down.
/// </summary>
internal sealed class ServedFirm(IConfigurationStore store, IGrainFactory grains, Standing standing, TimeProvider time)
{
    /// <summary>As the query has it.</summary>
    public const string CallName = "call";

    /// <summary>What stays with the operator, unless it is about a call.</summary>
    private static readonly FrozenSet<Resource> AtHome = new[] { Resource.Session, Resource.Agents, Resource.Presence, Resource.Station, Resource.Reasons }.ToFrozenSet();

    /// <summary>The caller as the firm has it, if the request concerns one; or why not.</summary>
    public async Task<(Caller Caller, ProblemHttpResult? Refusal)> Enter(Caller caller, Demand demand, HttpContext http)
    {
        if (caller.Role != Role.OperatorAgent) return (caller, null);
        var inPath = http.Request.RouteValues.TryGetValue(CallName, out var named);
        if (!inPath && AtHome.Contains(demand.Resource)) return (caller, null);
        if (!CallId.TryParse(inPath ? named as string : http.Request.Query[CallName].ToString(), null, out var call)) return (caller, Problems.Invalid(CallName, "is missing"));
        var stop = http.RequestAborted;
        return await store.AgentOf(caller, stop) is { } agent && await FirmOf(agent, call, stop) is { } firm ? (await In(firm, caller, stop), null) : (caller, Problems.NotFound("call"));
    }

    private async Task<TenantId?> FirmOf(AgentSettings agent, CallId call, CancellationToken stop)
    {
        var now = await grains.Agent(new(agent.Owner, agent.Agent)).Look();
        if (now.Contact is { } present && present.Call == call) return present.Tenant;
        if (now.LastContact is not { } left || left.Contact.Call != call || time.GetUtcNow() - left.At > AgentLimits.Finishing) return null;
        return agent.Serves(left.Contact.Tenant) && !await standing.IsSuspended(left.Contact.Tenant, stop) ? left.Contact.Tenant : null;
    }

    /// <summary>There it is what the firm's own agents are, and sees of numbers what they see.</summary>
    private async Task<Caller> In(TenantId firm, Caller caller, CancellationToken stop) =>
        caller with { Tenant = firm, Role = Role.Agent, SeesNumbers = (await standing.Policy(firm, stop)).SeesNumbers.Contains(Role.Agent) };
}
