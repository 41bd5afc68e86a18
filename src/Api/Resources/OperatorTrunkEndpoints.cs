namespace CallCenter.Api.Resources;

/// <summary>The operator's SIP trunks.</summary>
internal static class OperatorTrunkEndpoints
{
    public static void MapOperatorTrunks(this IEndpointRouteBuilder api)
    {
        var trunks = api.Resource("/operator/trunks", "Operator: trunks");
        trunks.MapGet("", List).Demands(Resource.Operator, Rights.Read).WithSummary("The trunks");
        trunks.MapGet("/{trunk:id}", Get).Demands(Resource.Operator, Rights.Read).WithSummary("One trunk");
        trunks.MapPut("/{trunk:id}", Put).Demands(Resource.Operator, Rights.Write).WithSummary("Make or change a trunk; a member left out keeps its value");
        trunks.MapDelete("/{trunk:id}", Delete).Demands(Resource.Operator, Rights.Write).WithSummary("Remove a trunk");
    }

    private static async Task<Ok<Listed<TrunkAnswer>>> List([AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<TrunkSettings, TrunkAnswer>(TenantId.Operator, paging, TrunkAnswer.Of, stop));

    private static Task<Results<Tagged<TrunkAnswer>, ProblemHttpResult>> Get(string trunk, IConfigurationStore store, CancellationToken stop) =>
        store.Show<TrunkSettings, TrunkAnswer>(TenantId.Operator, trunk, "trunk", TrunkAnswer.Of, stop);

    private static async Task<Results<Tagged<TrunkAnswer>, ProblemHttpResult>> Put(Caller caller, string trunk, Form<TrunkForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.Find<TrunkSettings>(TenantId.Operator, trunk, stop);
        var wanted = new TrunkSettings(trunk, form.Value.AcceptFrom ?? now?.AcceptFrom ?? [], form.Value.Target ?? now?.Target ?? "", Outbound: form.Has("outbound") ? form.Value.Outbound : now?.Outbound);
        return await store.Save(wanted, [], caller, condition, TrunkAnswer.Of, stop);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string trunk, IConfigurationStore store, CancellationToken stop) =>
        store.Remove<TrunkSettings>(TenantId.Operator, trunk, caller, stop);
}

/// <param name="AcceptFrom">CIDR blocks whose calls are taken without registration.</param>
/// <param name="Target">host:port for outbound calls.</param>
/// <param name="Outbound">How it takes outbound calls; null = it takes none.</param>
internal sealed record TrunkForm(Items<string>? AcceptFrom, string? Target, TrunkOutbound? Outbound);

internal sealed record TrunkAnswer(string Id, Items<string> AcceptFrom, string Target, TrunkOutbound? Outbound)
{
    public static TrunkAnswer Of(TrunkSettings trunk) => new(trunk.Id, trunk.AcceptFrom, trunk.Target, trunk.Outbound);
}
