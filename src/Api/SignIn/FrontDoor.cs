using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Lets people in: password, second factor, the policy of the role, in this order. Each failure is counted and stands in the audit log.</summary>
internal sealed class FrontDoor(IConfigurationStore store, Sessions sessions, SecondFactors factors, Standing standing, SignInGuard guard, IAuditLog audit)
{
    public async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Open(HttpContext http, TenantId tenant, string user, string password, string? code)
    {
        var (address, stop) = (http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted);
        if (await store.Find<IdentityProvider>(tenant, IdentityProvider.OnlyId, stop) is { Alone: true }) return Problems.Of(StatusCodes.Status403Forbidden, "passwordsOff", "People of this firm sign in by its identity provider");
        if (await guard.Locked(tenant, user, address, stop) is { } wait) return SessionEndpoints.TryLater(http, wait);
        var account = await store.Find<UserAccount>(tenant, user, stop);
        if (!Passwords.Fits(account, password) || account is null) return await Refuse(http, tenant, user, account, "password");
        if (await standing.IsSuspended(tenant, stop)) return Barred(account, EntryFault.TenantSuspended); // before a code is spent
        if (await AskFactor(http, account, code) is { } refused) return refused;
        var (entered, barred) = await Admit(http, account, default);
        if (barred is { } bar) return Barred(account, bar);
        await guard.Succeeded(tenant, user, address, stop);
        return TypedResults.Ok(entered!);
    }

    /// <summary>Who proved to be somebody comes in, unless the firm, the account or the policy of the role forbids it.</summary>
    public async Task<(SignedIn? In, EntryFault? Barred)> Admit(HttpContext http, UserAccount account, Entrance entrance)
    {
        var (address, stop) = (http.Connection.RemoteIpAddress, http.RequestAborted);
        if (await standing.IsSuspended(account.Owner, stop)) return (null, EntryFault.TenantSuspended);
        if (account.Disabled) return await TurnAway(http, account, "disabled", EntryFault.AccountDisabled); // told to whom proved to be it only
        var policy = (await standing.Policy(account.Owner, stop)).For(account.Role);
        if (policy?.Allows(address) == false) return await TurnAway(http, account, "address", EntryFault.AddressNotAllowed);
        if (policy?.OneSession == true) await sessions.EndAll(account.Owner, account.Id, except: null, stop);
        await audit.Add(new(account.Owner, new(account.Owner, account.Id, address?.ToString()), AuditAction.SignedIn, account.Id, entrance.FromProvider ? IdentityProvider.OnlyId : null), stop);
        return (await Begin(http, account, entrance), null);
    }

    public static ProblemHttpResult Barred(UserAccount account, EntryFault why) => why switch
    {
        EntryFault.TenantSuspended => Problems.Of(StatusCodes.Status403Forbidden, "tenantSuspended", "This firm is not served for now; ask the operator"),
        EntryFault.AccountDisabled => Problems.Of(RefusalCode.Forbidden, "This account is switched off"),
        _ => Problems.Of(RefusalCode.Forbidden, $"The role {Names.Of(account.Role)} does not sign in from this address"),
    };

    /// <summary>Who proved to be somebody, and may not come in.</summary>
    private async Task<(SignedIn?, EntryFault?)> TurnAway(HttpContext http, UserAccount account, string what, EntryFault why)
    {
        await audit.Add(new(account.Owner, new(account.Owner, account.Id, http.Connection.RemoteIpAddress?.ToString()), AuditAction.SignInFailed, account.Id, what), http.RequestAborted);
        return (null, why);
    }

    /// <summary>Somebody whom the identity provider knows, and we do not.</summary>
    public Task Unknown(HttpContext http, TenantId tenant, EntryFault why) =>
        audit.Add(new(tenant, new(tenant, IdentityProvider.OnlyId, http.Connection.RemoteIpAddress?.ToString()), AuditAction.SignInFailed, null, Names.Of(why)), http.RequestAborted);

    public ValueTask<bool> WantsFactor(HttpContext http, UserAccount account) => standing.HasSecondFactor(account.Owner, account.Id, http.RequestAborted);

    /// <summary>Null: the way is free.</summary>
    public async Task<ProblemHttpResult?> AskFactor(HttpContext http, UserAccount account, string? code)
    {
        var stop = http.RequestAborted;
        if (await guard.Locked(account.Owner, account.Id, http.Connection.RemoteIpAddress?.ToString(), stop) is { } wait) return SessionEndpoints.TryLater(http, wait);
        var answer = await factors.Ask(account.Owner, account.Id, code, stop);
        if (answer == SecondFactorAnswer.Wanted) return Problems.Of(StatusCodes.Status403Forbidden, "codeWanted", "Send the code of the second factor too"); // no 401: nothing was wrong, and the gateway counts those
        if (answer == SecondFactorAnswer.Wrong) return await Refuse(http, account.Owner, account.Id, account, "code");
        if (answer == SecondFactorAnswer.Recovered) await audit.Add(new(account.Owner, new(account.Owner, account.Id, http.Connection.RemoteIpAddress?.ToString()), AuditAction.RecoveryCodeUsed, account.Id), stop);
        return null;
    }

    /// <summary>Whom nobody knows is counted, but stands in no log: who mistypes may have typed the password there.</summary>
    public async Task<ProblemHttpResult> Refuse(HttpContext http, TenantId tenant, string user, UserAccount? account, string what)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        var locks = await guard.Failed(tenant, user, address, account is not null, http.RequestAborted);
        if (account is not null)
        {
            await audit.Add(new(tenant, new(tenant, user, address), AuditAction.SignInFailed, user, what), http.RequestAborted);
            if (locks) await audit.Add(new(tenant, new(tenant, user, address), AuditAction.LockedOut, user), http.RequestAborted);
        }
        return Wrong();
    }

    /// <summary>A new session, whatever the request brought along. What it brought lives on: one program may sign several people in.</summary>
    public async Task<SignedIn> Begin(HttpContext http, UserAccount account, Entrance entrance = default)
    {
        var (token, session) = await sessions.Begin(account, http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent, http.RequestAborted, entrance);
        http.Response.Cookies.Append(Sessions.Cookie, token, CookieFor(http, session.Expires));
        http.Response.Headers.CacheControl = "no-store";
        return new(token, session.Expires, TenantText(account.Owner), account.Id, account.Role);
    }

    public static void DropCookie(HttpContext http) => http.Response.Cookies.Delete(Sessions.Cookie, CookieFor(http, null));

    public static ProblemHttpResult Wrong() => Problems.Of(StatusCodes.Status401Unauthorized, "notAuthenticated", "Unknown user, or wrong password");

    public static string? TenantText(TenantId tenant) => tenant == TenantId.Operator ? null : tenant.Value;

    private static CookieOptions CookieFor(HttpContext http, DateTimeOffset? expires) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", Expires = expires };
}
