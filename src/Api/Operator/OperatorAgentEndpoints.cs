using System.Globalization;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Operator;

/// <summary>The operator's own agents, who serve several client firms.</summary>
internal static class OperatorAgentEndpoints
{
    public static void MapOperatorAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.Resource("/operator/agents", "Operator: agents");
        agents.MapGet("", List).Demands(Resource.OperatorAgents, Rights.Read).WithSummary("The operator's agents; search finds those whose id, name or user holds it");
        agents.MapGet("/{agent:id}", Get).Demands(Resource.OperatorAgents, Rights.Read).WithSummary("One of them");
        agents.MapPut("/{agent:id}", Put).Demands(Resource.OperatorAgents, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Make or change an agent who serves client firms; a member left out keeps its value. Its account is one of the operator's users with the role operatorAgent");
        agents.MapDelete("/{agent:id}", Delete).Demands(Resource.OperatorAgents, Rights.Write).WithSummary("Remove an agent");
        api.Resource("/operator/tenants/{tenant:id}/queues", "Operator: agents").MapGet("", QueuesOf).Demands(Resource.OperatorAgents, Rights.Read).WithSummary("The names of a firm's queues, which agents of the operator may serve");
        api.Resource("/operator-agents", "Agents").MapGet("", ListOfFirm).Demands(Resource.Agents, Rights.Read)
            .WithSummary("The operator's agents who serve the firm, as its calls and records name them, with the firm's queues that they serve. The operator sets them");
    }

    private static async Task<Ok<Listed<OperatorAgentAnswer>>> List([AsParameters] Paging paging, [AsParameters] Sought sought, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<AgentSettings, OperatorAgentAnswer>(TenantId.Operator, paging, sought, OperatorAgentAnswer.Of, stop));

    private static Task<Results<Tagged<OperatorAgentAnswer>, ProblemHttpResult>> Get(AgentId agent, IConfigurationStore store, CancellationToken stop) =>
        store.Show<AgentSettings, OperatorAgentAnswer>(TenantId.Operator, agent.Value, "agent", OperatorAgentAnswer.Of, stop);

    private static async Task<Results<Tagged<OperatorAgentAnswer>, ProblemHttpResult>> Put(Caller caller, AgentId agent, Form<OperatorAgentForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var wanted = form.Value.Over(await store.Find<AgentSettings>(TenantId.Operator, agent.Value, stop) ?? OperatorAgentForm.New(agent));
        return await store.Save(wanted, await References(wanted, store, stop), caller, condition, OperatorAgentAnswer.Of, stop);
    }

    private static async Task<Items<Fault>> References(AgentSettings wanted, IConfigurationStore store, CancellationToken stop)
    {
        var faults = new List<Fault>();
        if (await store.Find<UserAccount>(TenantId.Operator, wanted.User, stop) is null) faults.Add(new("user", "There is no such user"));
        for (var i = 0; i < wanted.Queues.Count; i++)
            if (wanted.Queues[i] is { Tenant.Value: not null, Queue.Value: not null } && await store.Find<QueueSettings>(wanted.Queues[i].Tenant, wanted.Queues[i].Queue.Value, stop) is null) faults.Add(new(string.Create(CultureInfo.InvariantCulture, $"queues[{i}]"), "There is no such queue"));
        for (var i = 0; i < wanted.StaffNumbers.Count; i++)
            if (wanted.StaffNumbers[i].Tenant.Value is not null && await store.IsStaffNumberOfAnother(wanted, wanted.StaffNumbers[i], stop)) faults.Add(new(string.Create(CultureInfo.InvariantCulture, $"staffNumbers[{i}].number"), "is another agent's"));
        return faults.ToItems();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, AgentId agent, IConfigurationStore store, CancellationToken stop) =>
        store.Remove<AgentSettings>(TenantId.Operator, agent.Value, caller, stop);

    private static async Task<Ok<Listed<ServingAgent>>> ListOfFirm(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop)
    {
        var found = new List<ServingAgent>();
        await foreach (var agent in store.OperatorsAgentsOf(caller.Tenant, stop))
        {
            var known = ServingAgent.Of(agent, caller.Tenant);
            if (string.CompareOrdinal(known.Id.Value, paging.After ?? "") <= 0) continue;
            if (found.Count == paging.Count) return TypedResults.Ok(new Listed<ServingAgent>(found.ToItems(), found[^1].Id.Value));
            found.Add(known);
        }
        return TypedResults.Ok(new Listed<ServingAgent>(found.ToItems(), null));
    }

    private static async Task<Results<Ok<Listed<QueueName>>, ProblemHttpResult>> QueuesOf(TenantId tenant, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null
            ? Problems.NotFound("tenant")
            : TypedResults.Ok(await store.Page<QueueSettings, QueueName>(tenant, paging, queue => new QueueName(queue.Queue, queue.Name), stop));

    /// <summary>The operator's agents who serve a firm, by id.</summary>
    public static async IAsyncEnumerable<AgentSettings> OperatorsAgentsOf(this IConfigurationStore store, TenantId tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (tenant == TenantId.Operator) yield break;
        await foreach (var agent in store.All<AgentSettings>(TenantId.Operator, stop))
            if (agent.Serves(tenant)) yield return agent;
    }

    /// <summary>Staff numbers by which the operator's agents are known in a firm.</summary>
    public static async Task<HashSet<string>> OperatorsStaffNumbers(this IConfigurationStore store, TenantId tenant, CancellationToken stop)
    {
        var taken = new HashSet<string>();
        await foreach (var agent in store.OperatorsAgentsOf(tenant, stop))
            if (agent.StaffNumberIn(tenant) is { } number) taken.Add(number);
        return taken;
    }

    private static async Task<bool> IsStaffNumberOfAnother(this IConfigurationStore store, AgentSettings agent, FirmStaffNumber wanted, CancellationToken stop)
    {
        await foreach (var own in store.All<AgentSettings>(wanted.Tenant, stop))
            if (own.StaffNumber == wanted.Number) return true;
        await foreach (var other in store.OperatorsAgentsOf(wanted.Tenant, stop))
            if (other.Agent != agent.Agent && other.StaffNumberIn(wanted.Tenant) == wanted.Number) return true;
        return false;
    }
}

/// <param name="User">One of the operator's, who signs in without a firm.</param>
/// <param name="Queues">Each with its firm. Of all who wait there, whatever the firm, the agent gets who waits longest.</param>
/// <param name="StaffNumbers">工号 in each firm: 1–16 digits or letters, which are kept as capitals; nobody else in that firm has it.</param>
internal sealed record OperatorAgentForm(string? Name, string? User, bool? AutoSignIn, int? AfterCallSeconds, int? MaxMisses, RetryDelays? RetryDelays, Items<QueueRef>? Queues, Items<FirmStaffNumber>? StaffNumbers, Items<SkillLevel>? Skills = null)
{
    public static AgentSettings New(AgentId agent) => AgentForm.New(TenantId.Operator, agent) with { Extension = agent.Value };

    /// <summary>A number of a firm that is served no more is nobody's.</summary>
    public AgentSettings Over(AgentSettings now)
    {
        var wanted = now with
        {
            Name = Name ?? now.Name,
            User = User ?? now.User,
            AutoSignIn = AutoSignIn ?? now.AutoSignIn,
            AfterCallSeconds = AfterCallSeconds ?? now.AfterCallSeconds,
            MaxMisses = MaxMisses ?? now.MaxMisses,
            RetryDelays = RetryDelays ?? now.RetryDelays,
            Queues = Queues is { } queues ? queues.Distinct().ToItems() : now.Queues,
            Skills = Skills ?? now.Skills,
        };
        return wanted with { StaffNumbers = StaffNumbers is { } given ? given.Select(one => one with { Number = StaffNumber.Of(one.Number) ?? "" }).ToItems() : now.StaffNumbers.Without(one => !wanted.Serves(one.Tenant)) };
    }
}

internal sealed record OperatorAgentAnswer(AgentId Id, string Name, string User, bool AutoSignIn, int AfterCallSeconds, int MaxMisses, RetryDelays RetryDelays, Items<QueueRef> Queues, Items<FirmStaffNumber> StaffNumbers, Items<SkillLevel> Skills)
{
    public static OperatorAgentAnswer Of(AgentSettings agent) =>
        new(agent.Agent, agent.Name, agent.User, agent.AutoSignIn, agent.AfterCallSeconds, agent.MaxMisses, agent.RetryDelays, agent.Queues, agent.StaffNumbers, agent.Skills);
}

internal sealed record QueueName(QueueId Id, string Name);

/// <summary>An agent of the operator, as a firm that it serves sees it.</summary>
/// <param name="Id">As the firm's calls and records name it.</param>
/// <param name="StaffNumber">In this firm.</param>
internal sealed record ServingAgent(AgentId Id, string Name, string? StaffNumber, Items<QueueId> Queues)
{
    public static ServingAgent Of(AgentSettings agent, TenantId tenant) => new(
        new AgentRef(agent.Owner, agent.Agent).In(tenant), agent.Name, agent.StaffNumberIn(tenant), agent.Queues.Where(queue => queue.Tenant == tenant).Select(queue => queue.Queue).ToItems());
}
