namespace CallCenter.Api.Resources;

/// <summary>The operator's client firms.</summary>
internal static class OperatorTenantEndpoints
{
    public static void MapOperatorTenants(this IEndpointRouteBuilder api)
    {
        var tenants = api.Resource("/operator/tenants", "Operator: tenants");
        tenants.MapGet("", List).Demands(Resource.Tenants, Rights.Read).WithSummary("The tenants");
        tenants.MapGet("/{tenant:id}", Get).Demands(Resource.Tenants, Rights.Read).WithSummary("One tenant");
        tenants.MapPut("/{tenant:id}", Put).Demands(Resource.Tenants, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Make or change a tenant; a member left out keeps its value");
        tenants.MapPut("/{tenant:id}/users/{user:id}", PutUser).Demands(Resource.TenantUsers, Rights.Write).WithSummary("Give a tenant a user, such as its first admin");
    }

    private static async Task<Ok<Listed<TenantAnswer>>> List([AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<TenantSettings, TenantAnswer>(TenantId.Operator, paging, TenantAnswer.Of, stop));

    private static Task<Results<Tagged<TenantAnswer>, ProblemHttpResult>> Get(TenantId tenant, IConfigurationStore store, CancellationToken stop) =>
        store.Show<TenantSettings, TenantAnswer>(TenantId.Operator, tenant.Value, "tenant", TenantAnswer.Of, stop);

    private static async Task<Results<Tagged<TenantAnswer>, ProblemHttpResult>> Put(Caller caller, string tenant, Form<TenantForm> form, [AsParameters] Precondition condition, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        if (!TenantId.TryParse(tenant, null, out var id) || id == TenantId.Operator) return Problems.Invalid("tenant", "is not an id that a tenant may have");
        var now = await store.Find<TenantSettings>(TenantId.Operator, tenant, stop);
        var wanted = form.Value.Over(now ?? TenantForm.New(id), clearLimit: form.Has("callLimit"));
        if (now is not null && now.Domain != wanted.Domain && !(await store.List<ExtensionSettings>(id, null, 1, stop)).Items.IsEmpty)
            return Problems.Of(RefusalCode.Conflict, "The passwords of the tenant's extensions hold for its present domain only; remove the extensions first");
        var answer = await store.Save(wanted, await DomainFaults(wanted, store, stop), caller, condition, TenantAnswer.Of, stop);
        standing.ForgetTenant(id);
        return answer;
    }

    private static async Task<Items<Fault>> DomainFaults(TenantSettings wanted, IConfigurationStore store, CancellationToken stop) =>
        await store.FindTenantByDomain(wanted.Domain, stop) is { } other && (other.Tenant != wanted.Tenant || other.Domain != wanted.Domain) ? [new Fault("domain", other.Tenant == wanted.Tenant ? "is one of its further host names" : "is another tenant's")] : [];

    private static async Task<Results<Tagged<UserAnswer>, ProblemHttpResult>> PutUser(Caller caller, TenantId tenant, string user, Form<UserForm> form, [AsParameters] Precondition condition, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is null) return Problems.NotFound("tenant");
        return await UserEndpoints.Write(tenant, user, form.Value, await store.Find<UserAccount>(tenant, user, stop), caller, condition, store, standing, stop);
    }
}

/// <param name="Suspended">Nobody signs in, its numbers are not served, and its phones reach emergency numbers only; everything is kept.</param>
internal sealed record TenantForm(string? Name, string? Domain, string? TimeZone, string? Language, int? Seats, int? CallLimit, bool? Suspended)
{
    public static TenantSettings New(TenantId tenant) => new(tenant, tenant.Value, "", "Asia/Shanghai", "zh-CN", Seats: 0, CallLimit: null);

    public TenantSettings Over(TenantSettings now, bool clearLimit) => now with
    {
        Name = Name ?? now.Name,
        Domain = Domain?.ToLowerInvariant() ?? now.Domain,
        TimeZone = TimeZone ?? now.TimeZone,
        Language = Language ?? now.Language,
        Seats = Seats ?? now.Seats,
        CallLimit = clearLimit ? CallLimit : now.CallLimit,
        Suspended = Suspended ?? now.Suspended,
    };
}

/// <param name="Domain">The tenant's host, which is its SIP domain too.</param>
/// <param name="CallLimit">Calls at the same time; null = no limit.</param>
internal sealed record TenantAnswer(TenantId Id, string Name, string Domain, string TimeZone, string Language, int Seats, int? CallLimit, bool Suspended)
{
    public static TenantAnswer Of(TenantSettings tenant) => new(tenant.Tenant, tenant.Name, tenant.Domain, tenant.TimeZone, tenant.Language, tenant.Seats, tenant.CallLimit, tenant.Suspended);
}
