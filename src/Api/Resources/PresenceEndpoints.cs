using CallCenter.Api.Teams;

namespace CallCenter.Api.Resources;

/// <summary>What an agent is doing, and the presence it chose.</summary>
internal static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder agents)
    {
        agents.MapGet("/{agent:id}/presence", Look).Demands(Resource.Presence, Rights.ReadOwn).WithSummary("An agent as it is now");
        agents.MapPut("/{agent:id}/presence", Choose).Demands(Resource.Presence, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Choose a presence; notReady and break demand a reason. A break beyond the team's quota waits for its turn (break.state), and the presence stays");
        agents.MapPost("/{agent:id}/presence/first", PutFirst).Demands(Resource.Presence, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Let an agent who waits for a break be the next");
    }

    private static async Task<Results<Ok<PresenceView>, ProblemHttpResult>> Look(Caller caller, AgentId agent, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var found = await store.FindAgent(caller, agent, Resource.Presence, stop);
        return found.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(PresenceView.Of(await grains.Agent(new(caller.Tenant, agent)).Look()));
    }

    private static async Task<Results<Ok<PresenceView>, ProblemHttpResult>> Choose(Caller caller, AgentId agent, Form<PresenceForm> form, IConfigurationStore store, BreakDoor breaks, IGrainFactory grains, CancellationToken stop)
    {
        var (presence, reason) = (form.Value.Presence, form.Value.Reason);
        if (presence is null) return Problems.Invalid("presence", "is missing");
        if (presence is Presence.NotReady or Presence.Break && string.IsNullOrWhiteSpace(reason)) return Problems.Invalid("reason", "is demanded by notReady and break");
        if (reason is { Length: > 64 }) return Problems.Invalid("reason", "must have at most 64 characters");
        var found = await store.FindAgent(caller, agent, Resource.Presence, stop);
        if (found.Refusal is { } unseen) return unseen.ToProblem();
        var reasons = await store.ReasonsOf(caller.Tenant, stop);
        if (presence is Presence.NotReady or Presence.Break && !reasons.Admits(presence.Value, reason)) return Problems.Invalid("reason", "is no reason of yours for this presence");
        var grain = grains.Agent(new(caller.Tenant, agent));
        var refusal = presence == Presence.Break && await breaks.Enter(caller, agent, reasons.Find(reason), stop) is var (terms, place)
            ? await grain.ChooseBreak(reason, terms, place)
            : await grain.Choose(presence.Value, reason);
        return refusal is not null ? refusal.ToProblem() : TypedResults.Ok(PresenceView.Of(await grain.Look()));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PutFirst(Caller caller, AgentId agent, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        var found = await store.FindAgent(caller, agent, Resource.Presence, stop);
        if (found.Refusal is { } unseen) return unseen.ToProblem();
        return await grains.Agent(new(caller.Tenant, agent)).PutFirst() is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }
}

/// <param name="Reason">The tenant's reason code.</param>
internal sealed record PresenceForm(Presence? Presence, string? Reason);

/// <param name="Since">When the present state began; null if the agent never had another.</param>
/// <param name="NotResponding">Too many offers were not answered: choose a presence to get calls again.</param>
/// <param name="Break">The break that goes on or is waited for.</param>
/// <param name="HelpSince">Since when the agent asks for help in its call.</param>
/// <param name="Elsewhere">An agent of the operator has to do with another firm's call. Nothing else is said of that.</param>
internal sealed record PresenceView(AgentId Agent, Presence Presence, string? Reason, AgentWork Work, bool NotResponding, DateTimeOffset? Since, CallId? Call, BreakView? Break, DateTimeOffset? HelpSince, bool Elsewhere = false)
{
    /// <summary>An agent of the operator, as a firm that it serves sees it.</summary>
    public static PresenceView Of(AgentView view, AgentId known, TenantId tenant) => view.Contact is { } contact && contact.Tenant != tenant
        ? new(known, view.Presence, null, AgentWork.Talking, false, null, null, null, null, Elsewhere: true)
        : Of(view) with { Agent = known };

    /// <summary>One who serves the firm no more.</summary>
    public static PresenceView Gone(AgentId agent) => new(agent, Presence.SignedOut, null, AgentWork.Idle, false, null, null, null, null);

    public static PresenceView Of(AgentView view) => new(view.Agent, view.Presence, view.Reason, view.Work, view.NotResponding, view.Since == default ? null : view.Since, view.Call, view.Break, view.HelpSince);
}
