using CallCenter.Api.Resources;

namespace CallCenter.Api.Colleagues;

/// <summary>Whom an agent can call, ask and transfer to inside the firm, and what they are doing now. Less than the settings of agents and queues, and for everybody who talks.</summary>
internal static class DirectoryEndpoints
{
    public static void MapDirectory(this IEndpointRouteBuilder api)
    {
        var directory = api.Resource("/directory", "Directory");
        directory.MapGet("/agents", Agents).Demands(Resource.Directory, Rights.Read).WithSummary("The agents and what they are doing now; search finds those whose id, name, user, extension or staff number holds it");
        directory.MapGet("/queues", Queues).Demands(Resource.Directory, Rights.Read).WithSummary("The queues, who waits in them and who is free");
    }

    private static async Task<Ok<Listed<Colleague>>> Agents(Caller caller, [AsParameters] Paging paging, [AsParameters] Sought sought, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var page = sought.Text is { } text ? await store.Search<AgentSettings>(caller.Tenant, text, paging.After, paging.Count, stop) : await store.List<AgentSettings>(caller.Tenant, paging.After, paging.Count, stop);
        var seen = await Task.WhenAll(page.Items.Select(async agent => Colleague.Of(agent, await grains.Agent(new(caller.Tenant, agent.Agent)).Look())));
        return TypedResults.Ok(new Listed<Colleague>(seen.ToItems(), page.Next));
    }

    private static async Task<Ok<Listed<QueueToGo>>> Queues(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var page = await store.List<QueueSettings>(caller.Tenant, paging.After, paging.Count, stop);
        var routing = grains.Routing(caller.Tenant, PoolId.Default);
        var seen = await Task.WhenAll(page.Items.Select(async queue => QueueToGo.Of(queue, await routing.Live(new(caller.Tenant, queue.Queue)))));
        return TypedResults.Ok(new Listed<QueueToGo>(seen.ToItems(), page.Next));
    }
}

/// <summary>An agent as others see it.</summary>
/// <param name="Since">When the present state began; null if the agent never had another.</param>
internal sealed record Colleague(AgentId Id, string Name, string Extension, Presence Presence, AgentWork Work, bool NotResponding, DateTimeOffset? Since, string? StaffNumber)
{
    public static Colleague Of(AgentSettings agent, AgentView now) => new(agent.Agent, agent.Name, agent.Extension, now.Presence, now.Work, now.NotResponding, now.Since == default ? null : now.Since, agent.StaffNumber);
}

/// <summary>A queue as somebody sees it who sends a customer there.</summary>
internal sealed record QueueToGo(QueueId Id, string Name, int Waiting, int AgentsFree)
{
    public static QueueToGo Of(QueueSettings queue, QueueLive now) => new(queue.Queue, queue.Name, now.Waiting, now.AgentsFree);
}
