namespace CallCenter.Api.Resources;

/// <summary>What an agent is doing, and the presence it chose.</summary>
internal static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder agents)
    {
        agents.MapGet("/{agent:id}/presence", Look).Demands(Resource.Presence, Rights.ReadOwn).WithSummary("An agent as it is now");
        agents.MapPut("/{agent:id}/presence", Choose).Demands(Resource.Presence, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Choose a presence; notReady and break demand a reason");
    }

    private static async Task<Results<Ok<PresenceView>, ProblemHttpResult>> Look(Caller caller, AgentId agent, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var found = await store.FindAgent(caller, agent, Resource.Presence, stop);
        return found.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(PresenceView.Of(await grains.Agent(new(caller.Tenant, agent)).Look()));
    }

    private static async Task<Results<Ok<PresenceView>, ProblemHttpResult>> Choose(Caller caller, AgentId agent, Form<PresenceForm> form, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var (presence, reason) = (form.Value.Presence, form.Value.Reason);
        if (presence is null) return Problems.Invalid("presence", "is missing");
        if (presence is Presence.NotReady or Presence.Break && string.IsNullOrWhiteSpace(reason)) return Problems.Invalid("reason", "is demanded by notReady and break");
        if (reason is { Length: > 64 }) return Problems.Invalid("reason", "must have at most 64 characters");
        var found = await store.FindAgent(caller, agent, Resource.Presence, stop);
        if (found.Refusal is { } unseen) return unseen.ToProblem();
        var grain = grains.Agent(new(caller.Tenant, agent));
        return await grain.Choose(presence.Value, reason) is { } refusal ? refusal.ToProblem() : TypedResults.Ok(PresenceView.Of(await grain.Look()));
    }
}

/// <param name="Reason">The tenant's reason code.</param>
internal sealed record PresenceForm(Presence? Presence, string? Reason);

/// <param name="Since">When the present state began; null if the agent never had another.</param>
/// <param name="NotResponding">Too many offers were not answered: choose a presence to get calls again.</param>
internal sealed record PresenceView(AgentId Agent, Presence Presence, string? Reason, AgentWork Work, bool NotResponding, DateTimeOffset? Since, CallId? Call)
{
    public static PresenceView Of(AgentView view) => new(view.Agent, view.Presence, view.Reason, view.Work, view.NotResponding, view.Since == default ? null : view.Since, view.Call);
}
