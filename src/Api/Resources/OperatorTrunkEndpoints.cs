namespace CallCenter.Api.Resources;

/// <summary>The operator's SIP trunks.</summary>
internal static class OperatorTrunkEndpoints
{
    public static void MapOperatorTrunks(this IEndpointRouteBuilder api)
    {
        var trunks = api.Resource("/operator/trunks", "Operator: trunks");
        trunks.MapGet("", List).Demands(Resource.Trunks, Rights.Read).WithSummary("The trunks");
        trunks.MapGet("/{trunk:id}", Get).Demands(Resource.Trunks, Rights.Read).WithSummary("One trunk");
        trunks.MapPut("/{trunk:id}", Put).Demands(Resource.Trunks, Rights.Write).WithSummary("Make or change a trunk; a member left out keeps its value");
        trunks.MapDelete("/{trunk:id}", Delete).Demands(Resource.Trunks, Rights.Write).WithSummary("Remove a trunk");
    }

    private static async Task<Ok<Listed<TrunkAnswer>>> List([AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<TrunkSettings, TrunkAnswer>(TenantId.Operator, paging, TrunkAnswer.Of, stop));

    private static Task<Results<Tagged<TrunkAnswer>, ProblemHttpResult>> Get(string trunk, IConfigurationStore store, CancellationToken stop) =>
        store.Show<TrunkSettings, TrunkAnswer>(TenantId.Operator, trunk, "trunk", TrunkAnswer.Of, stop);

    private static async Task<Results<Tagged<TrunkAnswer>, ProblemHttpResult>> Put(Caller caller, string trunk, Form<TrunkForm> form, [AsParameters] Precondition condition, IConfigurationStore store, ITenantCipher cipher, CancellationToken stop)
    {
        var now = await store.Find<TrunkSettings>(TenantId.Operator, trunk, stop);
        var user = form.Has("user") ? form.Value.User : now?.Login?.User;
        if (Check(form.Value.Password, user) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var password = form.Value.Password is { } given ? cipher.Seal(TenantId.Operator, given) : now?.Login?.Password ?? default;
        var wanted = new TrunkSettings(
            trunk, form.Value.AcceptFrom ?? now?.AcceptFrom ?? [], form.Value.Target ?? now?.Target ?? "",
            Outbound: form.Has("outbound") ? form.Value.Outbound : now?.Outbound, Login: user is null ? null : new(user, password), Probe: form.Value.Probe ?? now?.Probe ?? true);
        return await store.Save(wanted, [], caller, condition, TrunkAnswer.Of, stop);
    }

    /// <summary>A carrier chooses its own passwords, so that short ones pass.</summary>
    private static Items<Fault> Check(string? password, string? user) => password switch
    {
        null => [],
        _ when user is null => [new Fault("user", "is missing")],
        { Length: 0 or > Passwords.Longest } => [new Fault("password", $"must have 1–{Passwords.Longest} characters")],
        _ => [],
    };

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string trunk, IConfigurationStore store, CancellationToken stop) =>
        store.Remove<TrunkSettings>(TenantId.Operator, trunk, caller, stop);
}

/// <param name="AcceptFrom">CIDR blocks whose calls are taken without registration.</param>
/// <param name="Target">host:port for outbound calls.</param>
/// <param name="Outbound">How it takes outbound calls; null = it takes none.</param>
/// <param name="User">The account that answers the trunk's challenges; null = it knows us by our address, and the password is forgotten.</param>
/// <param name="Password">Of that account; kept sealed, and never shown.</param>
/// <param name="Probe">Whether it is asked every 30 s if it is there; a new one is.</param>
internal sealed record TrunkForm(Items<string>? AcceptFrom, string? Target, TrunkOutbound? Outbound, string? User, string? Password, bool? Probe);

internal sealed record TrunkAnswer(string Id, Items<string> AcceptFrom, string Target, TrunkOutbound? Outbound, string? User, bool Probe)
{
    public static TrunkAnswer Of(TrunkSettings trunk) => new(trunk.Id, trunk.AcceptFrom, trunk.Target, trunk.Outbound, trunk.Login?.User, trunk.Probe);
}
