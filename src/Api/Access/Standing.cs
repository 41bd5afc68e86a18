using CallCenter.Contracts.Access;

namespace CallCenter.Api.Access;

/// <summary>What a request needs to know of its caller: the account, the key, the session, the owner's policy. All of it from memory while it is fresh.</summary>
internal sealed class Standing(IConfigurationStore store, IAccessRecords records, TimeProvider time)
{
    private readonly Believed<UserAccount?> accounts = new(time);
    private readonly Believed<ApiKey?> keys = new(time);
    private readonly Believed<AccessPolicy> policies = new(time);
    private readonly Believed<AccessRecord?> sessions = new(time);
    private readonly Believed<bool> factors = new(time);
    private readonly Believed<bool> suspended = new(time);
    private readonly Believed<Led?> led = new(time);

    public ValueTask<UserAccount?> Account(TenantId owner, string user, CancellationToken stop) => accounts.Get(owner, user, () => store.Find<UserAccount>(owner, user, stop));

    public ValueTask<ApiKey?> Key(TenantId owner, string key, CancellationToken stop) => keys.Get(owner, key, () => store.Find<ApiKey>(owner, key, stop));

    public ValueTask<AccessPolicy> Policy(TenantId owner, CancellationToken stop) =>
        policies.Get(owner, AccessPolicy.OnlyId, async () => await store.Find<AccessPolicy>(owner, AccessPolicy.OnlyId, stop) ?? AccessPolicy.Default(owner));

    /// <summary>Null once it has ended.</summary>
    public ValueTask<AccessRecord?> Session(TenantId owner, string session, CancellationToken stop) => sessions.Get(owner, session, () => records.Find(owner, AccessKind.Session, session, stop));

    public ValueTask<bool> HasSecondFactor(TenantId owner, string user, CancellationToken stop) =>
        factors.Get(owner, user, async () => await records.Find(owner, AccessKind.SecondFactor, user, stop) is { } factor && SecondFactorState.Of(factor).Confirmed);

    /// <summary>Whether the operator serves that tenant no more for now.</summary>
    public ValueTask<bool> IsSuspended(TenantId tenant, CancellationToken stop) => tenant == TenantId.Operator ? ValueTask.FromResult(false)
        : suspended.Get(TenantId.Operator, tenant.Value, async () => await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop) is { Suspended: true });

    /// <summary>Whom somebody leads whose role is narrowed by teams; null for all others, and where there are no teams.</summary>
    /// <param name="user">Null for a program.</param>
    public ValueTask<Led?> LedBy(TenantId owner, Role role, string? user, CancellationToken stop) =>
        role != Role.TeamLeader ? ValueTask.FromResult<Led?>(null) : led.Get(owner, user ?? "", () => Access.Led.Read(store, owner, user, stop));

    public void ForgetTeams() => led.ForgetAll();

    public void ForgetTenant(TenantId tenant) => suspended.Forget(TenantId.Operator, tenant.Value);

    public void ForgetAccount(TenantId owner, string user)
    {
        accounts.Forget(owner, user);
        factors.Forget(owner, user);
    }

    public void ForgetAccounts() => accounts.ForgetAll();

    public void ForgetKey(TenantId owner, string key) => keys.Forget(owner, key);

    public void ForgetPolicy(TenantId owner) => policies.Forget(owner, AccessPolicy.OnlyId);

    /// <summary>All that says who a caller is: somebody elsewhere may have changed it.</summary>
    public void Forget(Caller caller)
    {
        ForgetAccount(caller.Tenant, caller.User);
        if (caller.Session is { } session) sessions.Forget(caller.Tenant, session.Id);
        else ForgetKey(caller.Tenant, caller.User);
    }

    public void ForgetSessions() => sessions.ForgetAll();
}
