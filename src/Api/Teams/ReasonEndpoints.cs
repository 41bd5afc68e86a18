namespace CallCenter.Api.Teams;

/// <summary>Why agents may be not ready or on a break: one list of the tenant.</summary>
internal static class ReasonEndpoints
{
    public static void MapReasons(this IEndpointRouteBuilder api)
    {
        var reasons = api.Resource("/reasons", "Reasons");
        reasons.MapGet("", Get).Demands(Resource.Reasons, Rights.Read).WithSummary("The reasons; while there are none, any word is one");
        reasons.MapPut("", Put).Demands(Resource.Reasons, Rights.Write).WithSummary("Replace the list of reasons");
    }

    private static async Task<Tagged<ReasonsAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var reasons = await store.ReasonsOf(caller.Tenant, stop);
        return new(ReasonsAnswer.Of(reasons), reasons.Version);
    }

    private static async Task<Results<Tagged<ReasonsAnswer>, ProblemHttpResult>> Put(Caller caller, Form<ReasonsForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.ReasonsOf(caller.Tenant, stop);
        return await store.Save(now with { Reasons = form.Value.Reasons ?? now.Reasons }, [], caller, condition, ReasonsAnswer.Of, stop);
    }

    public static async Task<PresenceReasons> ReasonsOf(this IConfigurationStore store, TenantId tenant, CancellationToken stop) =>
        await store.Find<PresenceReasons>(tenant, PresenceReasons.OnlyId, stop) ?? PresenceReasons.None(tenant);
}

internal sealed record ReasonsForm(Items<PresenceReason>? Reasons);

internal sealed record ReasonsAnswer(Items<PresenceReason> Reasons)
{
    public static ReasonsAnswer Of(PresenceReasons reasons) => new(reasons.Reasons);
}
