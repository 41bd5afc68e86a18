namespace CallCenter.Api.Resources;

/// <summary>The operator's stock of numbers, and whose each is.</summary>
internal static class OperatorNumberEndpoints
{
    public static void MapOperatorNumbers(this IEndpointRouteBuilder api)
    {
        var numbers = api.Resource("/operator/numbers", "Operator: numbers");
        numbers.MapGet("", List).Demands(Resource.Stock, Rights.Read).WithSummary("The stock of numbers");
        numbers.MapGet("/{number}", Get).Demands(Resource.Stock, Rights.Read).WithSummary("One number, by its id or as dialled");
        numbers.MapPut("/{number}", Put).Demands(Resource.Stock, Rights.Write).WithSummary("Give a number to a tenant");
        numbers.MapDelete("/{number}", Delete).Demands(Resource.Stock, Rights.Write).WithSummary("Take a number out of the stock");
    }

    private static async Task<Ok<Listed<StockNumber>>> List([AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<NumberSettings, StockNumber>(TenantId.Operator, paging, StockNumber.Of, stop));

    private static async Task<Results<Tagged<StockNumber>, ProblemHttpResult>> Get(string number, IConfigurationStore store, CancellationToken stop) =>
        await store.FindNumber(number, stop) is { } found ? new Tagged<StockNumber>(StockNumber.Of(found), found.Version) : Problems.NotFound("number");

    private static async Task<Results<Tagged<StockNumber>, ProblemHttpResult>> Put(Caller caller, string number, Form<StockNumberForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        if (!PhoneNumber.TryParse(number, out var parsed)) return Problems.Invalid("number", "is not a telephone number");
        var now = await store.FindNumber(number, stop);
        if ((form.Value.Tenant ?? now?.Tenant) is not { } tenant) return Problems.Invalid("tenant", "is missing");
        var flow = form.Has("flow") ? form.Value.Flow : now?.Tenant == tenant ? now.Flow : null; // a new owner has other flows
        var wanted = new NumberSettings(parsed.Canonical, form.Value.Display ?? now?.Display ?? parsed.Dialled, tenant, flow, MayCallOut: form.Value.MayCallOut ?? (now?.Tenant == tenant && now.MayCallOut));
        var faults = await NumberEndpoints.FlowFaults(wanted, store, stop);
        if (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null) faults = faults.Add(new("tenant", "There is no such tenant"));
        return await store.Save(wanted, faults, caller, condition, StockNumber.Of, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string number, IConfigurationStore store, CancellationToken stop) =>
        await store.FindNumber(number, stop) is { } found ? await store.Remove<NumberSettings>(TenantId.Operator, found.Id, caller, stop) : Problems.NotFound("number");
}

/// <param name="Display">As people write it.</param>
/// <param name="MayCallOut">The tenant may show it to whom it calls; never a 400 or 800 number. Off for a new owner.</param>
internal sealed record StockNumberForm(string? Display, TenantId? Tenant, FlowId? Flow, bool? MayCallOut);

internal sealed record StockNumber(string Id, string Display, TenantId Tenant, FlowId? Flow, bool MayCallOut)
{
    public static StockNumber Of(NumberSettings number) => new(number.Id, number.Display, number.Tenant, number.Flow, number.MayCallOut);
}
