namespace CallCenter.Api.Desk;

/// <summary>What becomes of calls whose agent is lost: one set of rules of the tenant.</summary>
internal static class StationRuleEndpoints
{
    public static void MapStationRules(this IEndpointRouteBuilder api)
    {
        var rules = api.Resource("/station-rules", "Desk");
        rules.MapGet("", Get).Demands(Resource.StationRules, Rights.Read).WithSummary("What becomes of calls whose agent is lost, and whether agents may be called at outside numbers");
        rules.MapPut("", Put).Demands(Resource.StationRules, Rights.Write)
            .WithSummary("Say how long a lost browser is waited for (5–300 s), and whether the call ends then or the customer waits again, and whether agents may be called at outside numbers; in force at once");
    }

    private static async Task<Tagged<StationRulesAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var rules = await RulesOf(store, caller.Tenant, stop);
        return new(StationRulesAnswer.Of(rules), rules.Version);
    }

    private static async Task<Results<Tagged<StationRulesAnswer>, ProblemHttpResult>> Put(Caller caller, Form<StationRulesForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await RulesOf(store, caller.Tenant, stop);
        var rules = now with { GraceSeconds = form.Value.GraceSeconds ?? now.GraceSeconds, WhenAgentIsLost = form.Value.WhenAgentIsLost ?? now.WhenAgentIsLost, OutsideNumbers = form.Value.OutsideNumbers ?? now.OutsideNumbers };
        return await store.Save(rules, [], caller, condition, StationRulesAnswer.Of, stop);
    }

    private static async Task<StationRules> RulesOf(IConfigurationStore store, TenantId tenant, CancellationToken stop) =>
        await store.Find<StationRules>(tenant, StationRules.OnlyId, stop) ?? StationRules.Default(tenant);
}

/// <param name="GraceSeconds">How long a browser that is not heard is waited for, 5–300; while the customer hears music.</param>
/// <param name="WhenAgentIsLost">And then, as where a phone's line is cut: the call ends, or who came by a queue waits there again, first.</param>
/// <param name="OutsideNumbers">Agents may have themselves called at an outside telephone number.</param>
internal sealed record StationRulesForm(int? GraceSeconds, AgentLoss? WhenAgentIsLost, bool? OutsideNumbers);

internal sealed record StationRulesAnswer(int GraceSeconds, AgentLoss WhenAgentIsLost, bool OutsideNumbers)
{
    public static StationRulesAnswer Of(StationRules rules) => new(rules.GraceSeconds, rules.WhenAgentIsLost, rules.OutsideNumbers);
}
