using CallCenter.Api.Resources;

namespace CallCenter.Api.Teams;

/// <summary>Raised hands (举手): an agent in a call asks for help, and who leads sees it on the board.</summary>
internal static class HelpEndpoints
{
    public static void MapHelp(this IEndpointRouteBuilder api)
    {
        var help = api.Resource("/me/help", "Help");
        help.MapPost("", Raise).Demands(Resource.Conversations, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Ask for help in the call in which one is; it ends with the call");
        help.MapDelete("", Lower).Demands(Resource.Conversations, Rights.WriteOwn).WithSummary("Ask no more");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Raise(Caller caller, Form<HelpForm> form, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (form.Value.Call is not { } call) return Problems.Invalid("call", "is missing");
        if (await store.SelfOf(caller, stop) is not { } self) return Problems.NotFound("agent who signs in as this user");
        return await grains.Agent(AgentRef.Of(caller.Tenant, self)).AskHelp(call) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Lower(Caller caller, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await store.SelfOf(caller, stop) is not { } self) return Problems.NotFound("agent who signs in as this user");
        await grains.Agent(AgentRef.Of(caller.Tenant, self)).AskHelp(null);
        return TypedResults.NoContent();
    }
}

/// <param name="Call">The call in which one is.</param>
internal sealed record HelpForm(CallId? Call);
