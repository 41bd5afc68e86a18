namespace CallCenter.Api.Resources;

/// <summary>Who takes calls of which queue. A membership stands in the agent's settings.</summary>
internal static class MembershipEndpoints
{
    /// <summary>Two admins may change one agent at the same time; the slower one reads again.</summary>
    private const int Attempts = 5;

    public static void MapMembership(this IEndpointRouteBuilder queues)
    {
        queues.MapPut("/{queue:id}/agents/{agent:id}", Join).Demands(Resource.Queues, Rights.Write).WithSummary("Let an agent take calls of a queue");
        queues.MapDelete("/{queue:id}/agents/{agent:id}", Leave).Demands(Resource.Queues, Rights.Write).WithSummary("Let an agent take no more calls of a queue");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Join(Caller caller, QueueId queue, AgentId agent, IConfigurationStore store, CancellationToken stop) =>
        Change(caller, queue, agent, store, (queues, member) => queues.Contains(member) ? queues : queues.Add(member), stop);

    private static Task<Results<NoContent, ProblemHttpResult>> Leave(Caller caller, QueueId queue, AgentId agent, IConfigurationStore store, CancellationToken stop) =>
        Change(caller, queue, agent, store, (queues, member) => queues.Without(one => one == member), stop);

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(Caller caller, QueueId queue, AgentId agent, IConfigurationStore store, Func<Items<QueueRef>, QueueRef, Items<QueueRef>> change, CancellationToken stop)
    {
        if (await store.Find<QueueSettings>(caller.Tenant, queue.Value, stop) is null) return Problems.NotFound("queue");
        for (var attempt = 1; ; attempt++)
        {
            if (await store.Find<AgentSettings>(caller.Tenant, agent.Value, stop) is not { } settings) return Problems.NotFound("agent");
            var queues = change(settings.Queues, new(caller.Tenant, queue));
            if (queues == settings.Queues) return TypedResults.NoContent();
            var written = await store.Put(settings with { Queues = queues, Profiles = settings.Profiles.Without(profile => !queues.Contains(profile.Queue)) }, caller.Author, settings.Version, stop);
            if (written.Refusal is null) return TypedResults.NoContent();
            if (written.Refusal.Code != RefusalCode.StaleVersion || attempt == Attempts) return written.Refusal.ToProblem();
        }
    }
}
