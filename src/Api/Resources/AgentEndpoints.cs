using CallCenter.Api.Operator;
using CallCenter.Api.Tables;
using CallCenter.Api.Teams;

namespace CallCenter.Api.Resources;

/// <summary>The tenant's agents.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.Resource("/agents", "Agents");
        agents.MapGet("", List).Demands(Resource.Agents, Rights.Read).WithSummary("The agents; search finds those whose id, name, user, extension or staff number holds it");
        agents.MapGet("/{agent:id}", Get).Demands(Resource.Agents, Rights.ReadOwn).WithSummary("One agent");
        agents.MapPut("/{agent:id}", Put).Demands(Resource.Agents, Rights.Write).WithSummary("Make or change an agent; a member left out keeps its value");
        agents.MapDelete("/{agent:id}", Delete).Demands(Resource.Agents, Rights.Write).WithSummary("Remove an agent");
        agents.MapAgentImport();
        agents.MapPresence();
    }

    private static async Task<Ok<Listed<AgentAnswer>>> List(Caller caller, [AsParameters] Paging paging, [AsParameters] Sought sought, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(caller.Led is { } led ? await OfTeams(caller, led, paging, sought, store, stop) : await store.Page<AgentSettings, AgentAnswer>(caller.Tenant, paging, sought, AgentAnswer.Of, stop));

    /// <summary>A team is small: its agents are read one by one.</summary>
    private static async Task<Listed<AgentAnswer>> OfTeams(Caller caller, Led led, Paging paging, Sought sought, IConfigurationStore store, CancellationToken stop)
    {
        var found = new List<AgentAnswer>();
        foreach (var id in led.Agents.AsEnumerable().Where(id => string.CompareOrdinal(id.Value, paging.After ?? "") > 0))
        {
            if (await store.Find<AgentSettings>(caller.Tenant, id.Value, stop) is not { } agent || !Holds(agent, sought.Text)) continue;
            if (found.Count == paging.Count) return new(found.ToItems(), found[^1].Id.Value);
            found.Add(AgentAnswer.Of(agent));
        }
        return new(found.ToItems(), null);
    }

    private static bool Holds(AgentSettings agent, string? text) =>
        text is null || new[] { agent.Id, agent.Name, agent.User, agent.Extension, agent.StaffNumber ?? "" }.Any(word => word.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static async Task<Results<Tagged<AgentAnswer>, ProblemHttpResult>> Get(Caller caller, AgentId agent, IConfigurationStore store, CancellationToken stop)
    {
        var found = await store.FindAgent(caller, agent, Resource.Agents, stop);
        return found.Agent is { } settings ? new Tagged<AgentAnswer>(AgentAnswer.Of(settings), settings.Version) : SettingAnswers.Refused(found.Refusal);
    }

    /// <summary>The agent, unless the caller may see no agent but itself and this is another.</summary>
    public static async Task<(AgentSettings? Agent, Refusal? Refusal)> FindAgent(this IConfigurationStore store, Caller caller, AgentId agent, Resource resource, CancellationToken stop)
    {
        var settings = await store.Find<AgentSettings>(caller.Tenant, agent.Value, stop);
        if (RightsTable.OnlyOwn(caller.Role, resource) && (settings?.User != caller.User || settings.Owner != caller.Home)) return (null, new(RefusalCode.Forbidden, "An agent may see and change itself only"));
        if (caller.Led?.Has(agent) == false) return (null, Led.NotYours);
        return settings is null ? (null, new(RefusalCode.NotFound, "There is no such agent")) : (settings, null);
    }

    private static async Task<Results<Tagged<AgentAnswer>, ProblemHttpResult>> Put(Caller caller, AgentId agent, Form<AgentForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.Find<AgentSettings>(caller.Tenant, agent.Value, stop);
        var wanted = form.Value.Over(now ?? AgentForm.New(caller.Tenant, agent), caller.Tenant);
        var answer = await store.Save(wanted, await References(wanted, store, stop), caller, condition, AgentAnswer.Of, stop);
        if (answer.Result is Tagged<AgentAnswer>) await LinkExtension(now?.Extension, wanted, caller, store, stop);
        return answer;
    }

    private static async Task<Items<Fault>> References(AgentSettings wanted, IConfigurationStore store, CancellationToken stop)
    {
        var faults = new List<Fault>();
        if (await store.Find<UserAccount>(wanted.Owner, wanted.User, stop) is null) faults.Add(new("user", "There is no such user"));
        if (await store.Find<ExtensionSettings>(wanted.Owner, wanted.Extension, stop) is not { } extension) faults.Add(new("extension", "There is no such extension"));
        else if (extension.Agent is { } other && other != wanted.Agent) faults.Add(new("extension", "This extension is another agent's"));
        if (wanted.StaffNumber is { } number && (await store.OperatorsStaffNumbers(wanted.Owner, stop)).Contains(number)) faults.Add(new("staffNumber", "is another agent's"));
        for (var i = 0; i < wanted.Queues.Count; i++)
            if (await store.Find<QueueSettings>(wanted.Queues[i].Tenant, wanted.Queues[i].Queue.Value, stop) is null) faults.Add(new($"queues[{i}]", "There is no such queue"));
        return faults.ToItems();
    }

    /// <summary>The extension names its agent too, since a phone that registers is looked up by it. Repeating the PUT mends what a crash between the writes left.</summary>
    private static async Task LinkExtension(string? before, AgentSettings now, Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var changed = new List<ISetting>();
        if (before is not null && before != now.Extension && await store.Find<ExtensionSettings>(now.Owner, before, stop) is { } old && old.Agent == now.Agent) changed.Add(old with { Agent = null });
        if (await store.Find<ExtensionSettings>(now.Owner, now.Extension, stop) is { } extension && extension.Agent != now.Agent) changed.Add(extension with { Agent = now.Agent });
        if (changed.Count > 0) await store.PutMany(changed, caller.Author, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, AgentId agent, IConfigurationStore store, CancellationToken stop)
    {
        var settings = await store.Find<AgentSettings>(caller.Tenant, agent.Value, stop);
        var answer = await store.Remove<AgentSettings>(caller.Tenant, agent.Value, caller, stop);
        if (answer.Result is NoContent && settings is not null && await store.Find<ExtensionSettings>(caller.Tenant, settings.Extension, stop) is { } extension && extension.Agent == agent)
            await store.Put(extension with { Agent = null }, caller.Author, stop: stop);
        if (answer.Result is NoContent) await store.LeaveTeams(caller, agent, stop);
        return answer;
    }
}

/// <param name="StaffNumber">工号: 1–16 digits or letters, which are kept as capitals; no other agent has it. Empty = none.</param>
internal sealed record AgentForm(string? Name, string? User, string? Extension, bool? AutoSignIn, int? AfterCallSeconds, int? MaxMisses, RetryDelays? RetryDelays, Items<QueueId>? Queues, Items<ProfileView>? Profiles = null, Items<SkillLevel>? Skills = null, string? StaffNumber = null)
{
    private const int DefaultMisses = 3;

    public static AgentSettings New(TenantId tenant, AgentId agent) =>
        new(tenant, agent, agent.Value, agent.Value, "", AutoSignIn: false, AfterCallSeconds: 0, DefaultMisses, Domain.Agents.RetryDelays.Default, []);

    public AgentSettings Over(AgentSettings now, TenantId tenant) => now with
    {
        Name = Name ?? now.Name,
        User = User ?? now.User,
        Extension = Extension ?? now.Extension,
        AutoSignIn = AutoSignIn ?? now.AutoSignIn,
        AfterCallSeconds = AfterCallSeconds ?? now.AfterCallSeconds,
        MaxMisses = MaxMisses ?? now.MaxMisses,
        RetryDelays = RetryDelays ?? now.RetryDelays,
        Queues = QueuesOver(now, tenant),
        Profiles = Profiles is { } profiles ? profiles.Select(profile => profile.Of(tenant)).Where(profile => !profile.IsUsual).ToItems() : now.Profiles.Without(profile => !QueuesOver(now, tenant).Contains(profile.Queue)),
        Skills = Skills ?? now.Skills,
        StaffNumber = StaffNumber is null ? now.StaffNumber : Domain.Agents.StaffNumber.Of(StaffNumber),
    };

    private Items<QueueRef> QueuesOver(AgentSettings now, TenantId tenant) => Queues is { } queues ? queues.Distinct().Select(queue => new QueueRef(tenant, queue)).ToItems() : now.Queues;
}

internal sealed record AgentAnswer(AgentId Id, string Name, string User, string Extension, bool AutoSignIn, int AfterCallSeconds, int MaxMisses, RetryDelays RetryDelays, Items<QueueId> Queues, Items<ProfileView> Profiles, Items<SkillLevel> Skills, string? StaffNumber)
{
    public static AgentAnswer Of(AgentSettings agent) => new(
        agent.Agent, agent.Name, agent.User, agent.Extension, agent.AutoSignIn, agent.AfterCallSeconds, agent.MaxMisses, agent.RetryDelays,
        agent.Queues.Select(queue => queue.Queue).ToItems(), agent.Profiles.Select(profile => new ProfileView(profile.Queue.Queue, profile.Priority, profile.DelaySeconds)).ToItems(), agent.Skills, agent.StaffNumber);
}

/// <summary>How an agent serves one of its queues; one that is not listed has priority 1 and no delay.</summary>
/// <param name="Priority">1 (first) – 99. While anybody waits in a queue of a lower number, nobody of this one is offered.</param>
/// <param name="DelaySeconds">0–9999. Who has not waited for so long is not offered.</param>
internal readonly record struct ProfileView(QueueId Queue, int Priority = QueueProfile.First, int DelaySeconds = 0)
{
    public QueueProfile Of(TenantId tenant) => new(new(tenant, Queue), Priority, DelaySeconds);
}
