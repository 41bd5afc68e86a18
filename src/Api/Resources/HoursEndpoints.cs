using CallCenter.Domain.Hours;

namespace CallCenter.Api.Resources;

/// <summary>Opening hours: when a firm, or a part of it, is open. Flows ask for them.</summary>
internal static class HoursEndpoints
{
    public static void MapHours(this IEndpointRouteBuilder api)
    {
        var hours = api.Resource("/hours", "Hours");
        hours.MapGet("", List).Demands(Resource.Hours, Rights.Read).WithSummary("The opening hours");
        hours.MapGet("/{hours:id}", Get).Demands(Resource.Hours, Rights.Read).WithSummary("One of them");
        hours.MapPut("/{hours:id}", Put).Demands(Resource.Hours, Rights.Write).WithSummary("Make or change opening hours; a member left out keeps its value");
        hours.MapDelete("/{hours:id}", Delete).Demands(Resource.Hours, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove opening hours for which no flow asks");
    }

    private static async Task<Ok<Listed<HoursSummary>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<HoursSettings, HoursSummary>(caller.Tenant, paging, h => new(h.Id, h.Name, h.TimeZone), stop));

    private static async Task<Results<Tagged<HoursAnswer>, ProblemHttpResult>> Get(Caller caller, string hours, IConfigurationStore store, CancellationToken stop) =>
        await store.Show<HoursSettings, HoursAnswer>(caller.Tenant, hours, "opening hours", HoursAnswer.Of, stop);

    private static async Task<Results<Tagged<HoursAnswer>, ProblemHttpResult>> Put(Caller caller, string hours, Form<HoursForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.Find<HoursSettings>(caller.Tenant, hours, stop) ?? new HoursSettings(caller.Tenant, hours, hours, null, [], []);
        return await store.Save(form.Value.Over(now, form), [], caller, condition, HoursAnswer.Of, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string hours, IConfigurationStore store, CancellationToken stop)
    {
        if (await FlowEndpoints.First(caller.Tenant, flow => flow.Nodes.OfType<HoursNode>().Any(node => node.Hours == hours), store, stop) is { } flow) return Problems.Of(RefusalCode.Conflict, $"The flow {flow} asks for these hours");
        return await store.Remove<HoursSettings>(caller.Tenant, hours, caller, stop);
    }
}

/// <param name="TimeZone">IANA; null = the tenant's.</param>
/// <param name="Week">Weekly times; one that ends at or before its beginning ends on the next day.</param>
internal sealed record HoursForm(string? Name, string? TimeZone, Items<WeekTime>? Week, Items<HoursException>? Exceptions)
{
    public HoursSettings Over(HoursSettings now, Form<HoursForm> form) => now with
    {
        Name = Name ?? now.Name,
        TimeZone = form.Has("timeZone") ? TimeZone : now.TimeZone,
        Week = Week ?? now.Week,
        Exceptions = Exceptions ?? now.Exceptions,
    };
}

internal sealed record HoursSummary(string Id, string Name, string? TimeZone);

internal sealed record HoursAnswer(string Id, string Name, string? TimeZone, Items<WeekTime> Week, Items<HoursException> Exceptions)
{
    public static HoursAnswer Of(HoursSettings h) => new(h.Id, h.Name, h.TimeZone, h.Week, h.Exceptions);
}
