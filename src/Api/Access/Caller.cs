namespace CallCenter.Api.Access;

/// <summary>Who makes a request: a user of a tenant (or of the operator), or one of a tenant's API keys.</summary>
/// <param name="Tenant">Whose data the request concerns; it comes from the token, never from the path.</param>
/// <param name="User">The user's name, or the API key's id.</param>
/// <param name="Session">The session, which can be ended; null for an API key.</param>
/// <param name="Address">The network address of the request.</param>
internal sealed record Caller(TenantId Tenant, string User, Role Role, SessionToken? Session, string? Address)
{
    /// <summary>Whose account it is: the tenant, but of an agent of the operator who has a call of a firm.</summary>
    public TenantId Home { get; init; } = Tenant;

    public Author Author => new(Home, User, Address);

    /// <summary>What a key is narrowed to; empty = all that the role may.</summary>
    public Items<string> Scopes { get; init; }

    /// <summary>Customers' numbers are shown in full.</summary>
    public bool SeesNumbers { get; init; }

    /// <summary>Whom a team leader leads; null for who sees everybody (or, by the role, only oneself).</summary>
    public Led? Led { get; init; }

    /// <summary>The policy of the role demands a second factor, and there is none yet.</summary>
    public bool MustEnrol { get; init; }

    /// <summary>Whether role, scopes and policy meet a demand.</summary>
    public bool May(Demand demand) => RightsTable.Meets(Role, demand) && Scope.Cover(Scopes, demand) && (!MustEnrol || demand.Resource == Resource.Session);

    /// <summary>Handlers take the caller as a parameter; <see cref="Gatekeeper"/> has put it there before.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());
}
