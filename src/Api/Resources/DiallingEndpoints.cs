namespace CallCenter.Api.Resources;

/// <summary>Who of the tenant may call out to what, showing which number; within what the operator allows.</summary>
internal static class DiallingEndpoints
{
    public static void MapDialling(this IEndpointRouteBuilder api)
    {
        var dialling = api.Resource("/dialling", "Dialling");
        dialling.MapGet("", Get).Demands(Resource.Dialling, Rights.Read).WithSummary("The dial plan, the numbers to show, the limits, and what the operator allows");
        dialling.MapPut("", Put).Demands(Resource.Dialling, Rights.Write).WithSummary("Change how the tenant calls out; a member left out keeps its value");
        dialling.MapGet("/live", Live).Demands(Resource.Dialling, Rights.Read).WithSummary("Channels in use and the day's spend at this moment");
    }

    private static async Task<Tagged<DiallingAnswer>> Get(Caller caller, IConfigurationStore store, CancellationToken stop)
    {
        var settings = await store.Find<DialSettings>(caller.Tenant, DialSettings.TheId, stop) ?? DialSettings.Nothing(caller.Tenant);
        return new(DiallingAnswer.Of(settings, await store.CeilingOf(caller.Tenant, stop)), settings.Version);
    }

    private static async Task<Results<Tagged<DiallingAnswer>, ProblemHttpResult>> Put(Caller caller, Form<DiallingForm> form, [AsParameters] Precondition condition, IConfigurationStore store, CancellationToken stop)
    {
        var now = await store.Find<DialSettings>(caller.Tenant, DialSettings.TheId, stop) ?? DialSettings.Nothing(caller.Tenant);
        var wanted = form.Value.Over(now, form);
        var ceiling = await store.CeilingOf(caller.Tenant, stop);
        var faults = wanted.Beyond(ceiling).AddRange(await References(wanted, store, stop));
        return await store.Save(wanted, faults, caller, condition, s => DiallingAnswer.Of(s, ceiling), stop);
    }

    private static async Task<Ok<DialFigures>> Live(Caller caller, IGrainFactory grains) => TypedResults.Ok(await grains.Tenant(caller.Tenant).Dialling());

    public static async Task<DialCeiling> CeilingOf(this IConfigurationStore store, TenantId tenant, CancellationToken stop) =>
        await store.Find<DialCeiling>(TenantId.Operator, tenant.Value, stop) ?? DialCeiling.Nothing(tenant);

    /// <summary>A number to show must be the tenant's own and marked; agents and queues must be there.</summary>
    private static async Task<Items<Fault>> References(DialSettings wanted, IConfigurationStore store, CancellationToken stop)
    {
        var faults = new List<Fault>();
        if (wanted.DefaultShown is { } shown && await WhyNotShown(wanted.Owner, shown, store, stop) is { } why) faults.Add(new("defaultShown", why));
        for (var i = 0; i < wanted.Shown.Count; i++)
        {
            if (wanted.Shown[i] is not { } one) continue; // told by its own check
            if (one.Number is { } number && await WhyNotShown(wanted.Owner, number, store, stop) is { } reason) faults.Add(new($"shown[{i}].number", reason));
            if (one.Agent is { } agent && await store.Find<AgentSettings>(wanted.Owner, agent.Value, stop) is null) faults.Add(new($"shown[{i}].agent", "There is no such agent"));
            if (one.Queue is { } queue && await store.Find<QueueSettings>(wanted.Owner, queue.Value, stop) is null) faults.Add(new($"shown[{i}].queue", "There is no such queue"));
        }
        return faults.ToItems();
    }

    private static async Task<string?> WhyNotShown(TenantId tenant, string number, IConfigurationStore store, CancellationToken stop) =>
        await store.FindNumber(number, stop) is not { } found || found.Tenant != tenant ? "is not a number of yours"
        : found.MayCallOut ? null : "is not marked as allowed to call out";
}

/// <summary>Members left out keep their value; a limit that is null is none.</summary>
internal sealed record DiallingForm(string? OutsidePrefix, string? AreaCode, Items<DialRule>? Rules, bool? International, string? DefaultShown, Items<ShownNumber>? Shown, DialLimits? Limits, NightCurb? Night, bool? Recording, bool? AnswerDetection)
{
    public DialSettings Over(DialSettings now, Form<DiallingForm> form) => now with
    {
        OutsidePrefix = form.Has("outsidePrefix") ? OutsidePrefix : now.OutsidePrefix,
        AreaCode = form.Has("areaCode") ? AreaCode : now.AreaCode,
        Rules = Rules ?? now.Rules,
        International = International ?? now.International,
        DefaultShown = form.Has("defaultShown") ? Canonical(DefaultShown) : now.DefaultShown,
        Shown = Shown is { } shown ? shown.Change(s => s?.Number is not null, s => s with { Number = Canonical(s.Number)! }) : now.Shown,
        Limits = form.Has("limits") ? Limits ?? DialLimits.None : now.Limits,
        Night = form.Has("night") ? Night : now.Night,
        Recording = Recording ?? now.Recording,
        AnswerDetection = AnswerDetection ?? now.AnswerDetection,
    };

    /// <summary>People write a number as they like; what is no number is told so later.</summary>
    private static string? Canonical(string? number) => PhoneNumber.TryParse(number, out var parsed) ? parsed.Canonical : number;
}

/// <param name="AnswerDetection">Of outbound calls it is judged by the sound whether a person or a machine answers: <c>answer</c> of the call's record.</param>
/// <param name="Allowed">What the operator allows at the most; a call must pass both plans.</param>
internal sealed record DiallingAnswer(string? OutsidePrefix, string? AreaCode, Items<DialRule> Rules, bool International, string? DefaultShown, Items<ShownNumber> Shown, DialLimits Limits, NightCurb? Night, bool Recording, bool AnswerDetection, DialCeilingAnswer Allowed)
{
    public static DiallingAnswer Of(DialSettings s, DialCeiling ceiling) =>
        new(s.OutsidePrefix, s.AreaCode, s.Rules, s.International, s.DefaultShown, s.Shown, s.Limits, s.Night, s.Recording, s.AnswerDetection, DialCeilingAnswer.Of(ceiling));
}

/// <param name="Trunk">Null = the first one that takes outbound calls.</param>
internal sealed record DialCeilingAnswer(Items<DialRule> Rules, bool International, int? Channels, decimal? SpendPerDay, string Currency, Items<DialPrice> Prices, string? Trunk)
{
    public static DialCeilingAnswer Of(DialCeiling c) => new(c.Rules, c.International, c.Channels, c.SpendPerDay, c.Currency, c.Prices, c.Trunk);
}
