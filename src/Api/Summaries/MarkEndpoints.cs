using CallCenter.Api.Customers;
using CallCenter.Api.Resources;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Summaries;

/// <summary>Buttons for callers who threaten, or only disturb.</summary>
internal static class MarkEndpoints
{
    public static void MapMarks(this IEndpointRouteBuilder api)
    {
        var marks = api.Resource("/calls/{call:id}/marks", "Summaries");
        marks.MapGet("", List).Demands(Resource.Summaries, Rights.ReadOwn).WithSummary("How the agents of a call have marked it");
        marks.MapPost("", Post).Demands(Resource.Summaries, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Mark a call as a nuisance or a threat. At a threat the first leader who is free is rung to listen in; nobody in the call hears of it");
    }

    private static async Task<Results<Ok<Listed<MarkAnswer>>, ProblemHttpResult>> List(Caller caller, CallId call, ISummaryBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, CancellationToken stop) =>
        await reports.SeenCall(caller, call, store, grains, stop) is { } record
            ? TypedResults.Ok(new Listed<MarkAnswer>((await book.Marks(caller.Tenant, call, record.Agents, stop)).Select(mark => new MarkAnswer(mark.Mark, mark.At, mark.Agent, null)).ToItems(), null))
            : Problems.NotFound("call");

    private static async Task<Results<Ok<MarkAnswer>, ProblemHttpResult>> Post(Caller caller, CallId call, Form<MarkForm> form, ISummaryBook book, IReports reports, IConfigurationStore store, IGrainFactory grains, TimeProvider time, CancellationToken stop)
    {
        if (form.Value.Mark is not { } mark) return Problems.Invalid("mark", "is missing");
        if (await reports.SeenCall(caller, call, store, grains, stop) is null) return Problems.NotFound("call");
        if (await store.SelfOf(caller, stop) is not { } self) return Problems.Of(RefusalCode.Conflict, "Nobody who signs in as this user is an agent");
        var leader = mark == CallMark.Threat ? await BringLeader(caller.Tenant, call, self, store, grains, time, stop) : null; // first help, then the book
        var marked = new CallMarked(time.GetUtcNow(), call, self, mark);
        await book.Mark(caller.Tenant, marked);
        return TypedResults.Ok(new MarkAnswer(mark, marked.At, self, leader));
    }

    /// <summary>The first of those who lead, are signed in and have no call of their own; null if there is nobody, or the call is over.</summary>
    private static async Task<AgentId?> BringLeader(TenantId tenant, CallId call, AgentId threatened, IConfigurationStore store, IGrainFactory grains, TimeProvider time, CancellationToken stop)
    {
        if (await grains.Call(tenant, call).Look() is null) return null;
        var leaders = new HashSet<string>();
        await foreach (var account in store.All<UserAccount>(tenant, stop))
            if (account is { Role: Role.TeamLeader or Role.DutyManager, Disabled: false }) leaders.Add(account.Id);
        await foreach (var agent in store.All<AgentSettings>(tenant, stop))
        {
            if (agent.Agent == threatened || !leaders.Contains(agent.User)) continue;
            if (await grains.Agent(new(tenant, agent.Agent)).Look() is not { Presence: not Presence.SignedOut, Work: AgentWork.Idle }) continue;
            if (await grains.Call(tenant, call).Ask(new Listen(time.GetUtcNow(), new(agent.Agent, Leads: true), null, threatened, ListenMode.Monitor, MaySpeak: true)) is null) return agent.Agent;
        }
        return null;
    }
}

internal sealed record MarkForm(CallMark? Mark);

/// <param name="Leader">Who is rung to listen in; null = nobody, and in lists.</param>
internal sealed record MarkAnswer(CallMark Mark, DateTimeOffset At, AgentId Agent, AgentId? Leader);
