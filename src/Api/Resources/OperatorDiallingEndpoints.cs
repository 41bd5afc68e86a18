namespace CallCenter.Api.Resources;

/// <summary>What the operator lets each tenant call, and what calls cost it.</summary>
internal static class OperatorDiallingEndpoints
{
    public static void MapOperatorDialling(this IEndpointRouteBuilder api)
    {
        var dialling = api.Resource("/operator/tenants/{tenant:id}/dialling", "Operator: dialling");
        dialling.MapGet("", Get).Demands(Resource.Ceilings, Rights.Read).WithSummary("What a tenant may call at the most");
        dialling.MapPut("", Put).Demands(Resource.Ceilings, Rights.Write).WithSummary("Change what a tenant may call at the most; a member left out keeps its value");
    }

    private static async Task<Results<Tagged<DialCeilingAnswer>, ProblemHttpResult>> Get(TenantId tenant, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null) return Problems.NotFound("tenant");
        var ceiling = await store.CeilingOf(tenant, stop);
        return new Tagged<DialCeilingAnswer>(DialCeilingAnswer.Of(ceiling), ceiling.Version);
    }

    private static async Task<Results<Tagged<DialCeilingAnswer>, ProblemHttpResult>> Put(Caller caller, TenantId tenant, Form<DialCeilingForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null) return Problems.NotFound("tenant");
        var wanted = form.Value.Over(await store.CeilingOf(tenant, stop), form);
        return await store.Save(wanted, await TrunkFaults(wanted, store, stop), caller, condition, DialCeilingAnswer.Of, stop);
    }

    private static async Task<Items<Fault>> TrunkFaults(DialCeiling wanted, IConfigurationStore store, CancellationToken stop)
    {
        if (wanted.Trunk is not { } id) return [];
        if (await store.Find<TrunkSettings>(TenantId.Operator, id, stop) is not { } trunk) return [new Fault("trunk", "There is no such trunk")];
        return trunk.Outbound is null ? [new Fault("trunk", "takes no outbound calls")] : [];
    }
}

internal sealed record DialCeilingForm(Items<DialRule>? Rules, bool? International, int? Channels, decimal? SpendPerDay, string? Currency, Items<DialPrice>? Prices, string? Trunk)
{
    public DialCeiling Over(DialCeiling now, Form<DialCeilingForm> form) => now with
    {
        Rules = Rules ?? now.Rules,
        International = International ?? now.International,
        Channels = form.Has("channels") ? Channels : now.Channels,
        SpendPerDay = form.Has("spendPerDay") ? SpendPerDay : now.SpendPerDay,
        Currency = Currency ?? now.Currency,
        Prices = Prices ?? now.Prices,
        Trunk = form.Has("trunk") ? Trunk : now.Trunk,
    };
}
