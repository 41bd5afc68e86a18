using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Summaries;

/// <summary>The tree of call types, the results and the own fields of summaries. Each change is a version; a summary keeps the one it was made with.</summary>
internal static class CallTypeEndpoints
{
    public static void MapCallTypes(this IEndpointRouteBuilder api)
    {
        var types = api.Resource("/call-types", "Summaries");
        types.MapGet("", Get).Demands(Resource.CallTypes, Rights.Read).WithSummary("The call types in force, or in the version that is asked for");
        types.MapPut("", Put).Demands(Resource.CallTypes, Rights.Write).WithSummary("Change them: up to four levels, each type behind the one it belongs to. A member left out keeps its value");
    }

    public static async Task<CallTypes> CallTypesOf(this IConfigurationStore store, TenantId owner, CancellationToken stop) =>
        await store.Find<CallTypes>(owner, CallTypes.OnlyId, stop) ?? CallTypes.Nothing(owner);

    /// <summary>In a version, which is mostly the present one.</summary>
    public static async Task<CallTypes?> CallTypesOf(this IConfigurationStore store, CallTypes present, long version, CancellationToken stop) =>
        present.Version == version ? present : await store.FindVersion<CallTypes>(present.Owner, CallTypes.OnlyId, version, stop);

    private static async Task<Results<Tagged<CallTypesAnswer>, ProblemHttpResult>> Get(Caller caller, [AsParameters] VersionQuery query, IConfigurationStore store, CancellationToken stop)
    {
        var present = await store.CallTypesOf(caller.Tenant, stop);
        return await store.CallTypesOf(present, query.Number ?? present.Version, stop) is { } types ? new Tagged<CallTypesAnswer>(CallTypesAnswer.Of(types), types.Version) : Problems.NotFound("version");
    }

    private static async Task<Results<Tagged<CallTypesAnswer>, ProblemHttpResult>> Put(Caller caller, Form<CallTypesForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.CallTypesOf(caller.Tenant, stop);
        var wanted = now with { Types = form.Value.Types ?? now.Types, Results = form.Value.Results ?? now.Results, Fields = form.Value.Fields ?? now.Fields };
        return await store.Save(wanted, [], caller, condition, CallTypesAnswer.Of, stop);
    }
}

/// <param name="Version">Left out = the one in force. Text here, so that a wrong one is named in the answer.</param>
internal readonly record struct VersionQuery([FromQuery] string? Version) : IChecked
{
    public long? Number => long.TryParse(Version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public Items<Fault> Faults => string.IsNullOrEmpty(Version) || Number is not null ? [] : [new Fault("version", "is not a version")];
}

internal sealed record CallTypesForm(Items<CallType>? Types, Items<SummaryResult>? Results, Items<SummaryField>? Fields);

/// <param name="Version">Named by the summaries that are made with it; 0 = nothing was ever set.</param>
internal sealed record CallTypesAnswer(long Version, Items<CallType> Types, Items<SummaryResult> Results, Items<SummaryField> Fields)
{
    public static CallTypesAnswer Of(CallTypes types) => new(types.Version, types.Types, types.Results, types.Fields);
}
