namespace CallCenter.Api.Resources;

/// <summary>The access numbers (接入号) that the operator gave to the tenant; the tenant chooses the flow.</summary>
internal static class NumberEndpoints
{
    public static void MapNumbers(this IEndpointRouteBuilder api)
    {
        var numbers = api.Resource("/numbers", "Numbers");
        numbers.MapGet("", List).Demands(Resource.Numbers, Rights.Read).WithSummary("The tenant's numbers");
        numbers.MapGet("/{number}", Get).Demands(Resource.Numbers, Rights.Read).WithSummary("One number, by its id or as dialled");
        numbers.MapPut("/{number}", Put).Demands(Resource.Numbers, Rights.Write).WithSummary("Choose the flow that serves a number; null = nobody answers");
    }

    private static async Task<Ok<Listed<NumberAnswer>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok((await store.NumbersOf(caller.Tenant, paging.After, paging.Count, stop)).Seen(NumberAnswer.Of));

    private static async Task<Results<Tagged<NumberAnswer>, ProblemHttpResult>> Get(Caller caller, string number, IConfigurationStore store, CancellationToken stop) =>
        await Find(caller.Tenant, number, store, stop) is { } found ? new Tagged<NumberAnswer>(NumberAnswer.Of(found), found.Version) : Problems.NotFound("number");

    private static async Task<Results<Tagged<NumberAnswer>, ProblemHttpResult>> Put(Caller caller, string number, Form<NumberForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        if (await Find(caller.Tenant, number, store, stop) is not { } now) return Problems.NotFound("number");
        var wanted = now with { Flow = form.Has("flow") ? form.Value.Flow : now.Flow };
        return await store.Save(wanted, await FlowFaults(wanted, store, stop), caller, condition, NumberAnswer.Of, stop);
    }

    public static async Task<Items<Fault>> FlowFaults(NumberSettings number, IConfigurationStore store, CancellationToken stop) =>
        number.Flow is { } flow && await store.Find<FlowSettings>(number.Tenant, flow.Value, stop) is null ? [new Fault("flow", "There is no such flow")] : [];

    private static async Task<NumberSettings?> Find(TenantId tenant, string number, IConfigurationStore store, CancellationToken stop) =>
        await store.FindNumber(number, stop) is { } found && found.Tenant == tenant ? found : null;

    /// <summary>A number of the stock, by its id or as dialled.</summary>
    public static async Task<NumberSettings?> FindNumber(this IConfigurationStore store, string number, CancellationToken stop) =>
        PhoneNumber.TryParse(number, out var parsed) ? await store.Find<NumberSettings>(TenantId.Operator, parsed.Canonical, stop) : null;
}

internal sealed record NumberForm(FlowId? Flow);

/// <param name="Id">Canonical.</param>
/// <param name="Display">As people write it.</param>
/// <param name="MayCallOut">It may be shown to whom the tenant calls; the operator says so.</param>
internal sealed record NumberAnswer(string Id, string Display, FlowId? Flow, bool MayCallOut)
{
    public static NumberAnswer Of(NumberSettings number) => new(number.Id, number.Display, number.Flow, number.MayCallOut);
}
