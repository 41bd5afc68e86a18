namespace CallCenter.Api.OpenId;

/// <summary>The firm's identity provider, as its admin sets it. The client's secret comes in and never goes out.</summary>
internal static class ProviderEndpoints
{
    public static void MapIdentityProvider(this IEndpointRouteBuilder api)
    {
        var provider = api.Resource("/identity-provider", "Identity provider");
        provider.MapGet("", Get).Demands(Resource.AccessPolicy, Rights.Read).WithSummary("By which identity provider people sign in (OpenID Connect)");
        provider.MapPut("", Put).Demands(Resource.AccessPolicy, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Change it; a member left out keeps its value. It is asked for its own description before anybody is sent there");
        api.Resource("/operator/tenants/{tenant:id}/identity-provider", "Operator: tenants").MapDelete("", Remove).Demands(Resource.TenantUsers, Rights.Write).WithSummary("Remove a tenant's identity provider, as when it is gone and nobody gets in: passwords open again");
    }

    private static async Task<Tagged<ProviderAnswer>> Get(Caller caller, IConfigurationStore store, ApiOptions options, CancellationToken stop)
    {
        var (now, back) = (await Find(caller, store, stop), await Back(caller, store, options, stop));
        return new(ProviderAnswer.Of(now, back), now.Version);
    }

    private static async Task<IdentityProvider> Find(Caller caller, IConfigurationStore store, CancellationToken stop) =>
        await store.Find<IdentityProvider>(caller.Tenant, IdentityProvider.OnlyId, stop) ?? IdentityProvider.None(caller.Tenant);

    /// <summary>What is to be entered at the provider as the address that it may lead back to, on the firm's main host.</summary>
    private static async Task<Uri> Back(Caller caller, IConfigurationStore store, ApiOptions options, CancellationToken stop) =>
        new(options.PublicAddress(caller.Tenant == TenantId.Operator ? null : (await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop))?.Domain), OpenIdEndpoints.CallbackPath);

    private static async Task<Results<Tagged<ProviderAnswer>, ProblemHttpResult>> Put(
        Caller caller, Form<ProviderForm> form, [AsParameters] Precondition condition, IConfigurationStore store, ITenantCipher cipher, ProviderBook book, NetworkReach reach, Standing standing, ApiOptions options, CancellationToken stop)
    {
        var now = await Find(caller, store, stop);
        if (form.Value.ClientSecret is { Length: > ProviderForm.LongestSecret }) return Problems.Invalid("clientSecret", "is too long");
        var wanted = form.Value.Over(now, form, text => cipher.Seal(caller.Tenant, text));
        var doubts = wanted.Check().IsEmpty ? await Doubts(wanted, now, caller, book, reach, standing, stop) : [];
        var back = await Back(caller, store, options, stop);
        return await store.Save(wanted, doubts, caller, condition, stored => ProviderAnswer.Of(stored, back), stop);
    }

    /// <summary>What would shut people out.</summary>
    private static async Task<Items<Fault>> Doubts(IdentityProvider wanted, IdentityProvider now, Caller caller, ProviderBook book, NetworkReach reach, Standing standing, CancellationToken stop)
    {
        if (!wanted.Enabled) return [];
        if (!reach.Allows(new Uri(wanted.Issuer))) return [new Fault("issuer", "must be an address that begins with https://")];
        if ((!now.Enabled || now.Issuer != wanted.Issuer) && await book.Of(wanted.Issuer, stop) is null) return [new Fault("issuer", "does not answer as an identity provider does")];
        if (wanted.Alone && !now.Alone && !await CameByIt(caller, standing, stop)) return [new Fault("passwords", "stay until you have signed in by the provider yourself: you might lock yourself out")];
        return [];
    }

    private static async Task<bool> CameByIt(Caller caller, Standing standing, CancellationToken stop) =>
        caller.Session is { } session && await standing.Session(caller.Tenant, session.Id, stop) is { } record && SessionAbout.Of(record).FromProvider;

    private static Task<Results<NoContent, ProblemHttpResult>> Remove(Caller caller, string tenant, IConfigurationStore store, CancellationToken stop) =>
        store.Remove<IdentityProvider>(new(tenant), IdentityProvider.OnlyId, caller, stop);
}

/// <param name="ClientSecret">Left out: it stays as it is; empty: the client is a public one.</param>
/// <param name="UserClaim">Null = email, or preferred_username where a token has none.</param>
/// <param name="Groups">The first that fits gives the role; empty = roles are given here.</param>
/// <param name="NewRole">Null = accounts must exist.</param>
/// <param name="TrustsFactor">Who showed a second factor there is not asked for another here.</param>
/// <param name="Passwords">Passwords open accounts too.</param>
internal sealed record ProviderForm(
    bool? Enabled, string? Name, string? Issuer, string? ClientId, string? ClientSecret, Items<string>? Scopes, string? UserClaim, string? GroupsClaim, Items<GroupRole>? Groups, Role? NewRole, bool? TrustsFactor, bool? Passwords)
{
    public const int LongestSecret = 1000;

    public IdentityProvider Over(IdentityProvider now, Form<ProviderForm> form, Func<string, Secret> seal) => now with
    {
        Enabled = Enabled ?? now.Enabled,
        Name = form.Has("name") ? Text(Name) : now.Name,
        Issuer = Issuer ?? now.Issuer,
        ClientId = ClientId ?? now.ClientId,
        ClientSecret = ClientSecret switch { null => now.ClientSecret, "" => new(""), { } text => seal(text) },
        Scopes = Scopes ?? now.Scopes,
        UserClaim = form.Has("userClaim") ? Text(UserClaim) : now.UserClaim,
        GroupsClaim = form.Has("groupsClaim") ? Text(GroupsClaim) : now.GroupsClaim,
        Groups = Groups ?? now.Groups,
        NewRole = form.Has("newRole") ? NewRole : now.NewRole,
        TrustsFactor = TrustsFactor ?? now.TrustsFactor,
        Passwords = Passwords ?? now.Passwords,
    };

    /// <summary>An empty field of a form is none.</summary>
    private static string? Text(string? given) => string.IsNullOrEmpty(given) ? null : given;
}

/// <param name="HasSecret">Whether one is kept; it is never shown.</param>
/// <param name="Callback">To be entered at the provider, as is the same path on each other host of the firm.</param>
internal sealed record ProviderAnswer(
    bool Enabled, string? Name, string Issuer, string ClientId, bool HasSecret, Items<string> Scopes, string? UserClaim, string? GroupsClaim, Items<GroupRole> Groups, Role? NewRole, bool TrustsFactor, bool Passwords, string Callback)
{
    public static ProviderAnswer Of(IdentityProvider provider, Uri back) => new(
        provider.Enabled, provider.Name, provider.Issuer, provider.ClientId, provider.ClientSecret.Value.Length > 0, provider.Scopes, provider.UserClaim, provider.GroupsClaim, provider.Groups, provider.NewRole,
        provider.TrustsFactor, provider.Passwords, back.ToString());
}
