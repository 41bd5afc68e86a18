using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Lets people in: password, second factor, the policy of the role, in this order. Each failure is counted and stands in the audit log.</summary>
internal sealed class FrontDoor(IConfigurationStore store, Sessions sessions, SecondFactors factors, Standing standing, SignInGuard guard, IAuditLog audit)
{
    public async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Open(HttpContext http, TenantId tenant, string user, string password, string? code)
    {
        var (address, stop) = (http.Connection.RemoteIpAddress, http.RequestAborted);
        if (guard.Locked(tenant, user, address?.ToString()) is { } wait) return SessionEndpoints.TryLater(http, wait);
        var account = await store.Find<UserAccount>(tenant, user, stop);
        if (!Passwords.Fits(account, password) || account is null) return await Refuse(http, tenant, user, account, "password");
        if (await AskFactor(http, account, code) is { } refused) return refused;
        if (account.Disabled) return await TurnAway(http, account, "disabled", "This account is switched off"); // told to whom knows the password only
        var policy = (await standing.Policy(tenant, stop)).For(account.Role);
        if (policy?.Allows(address) == false) return await TurnAway(http, account, "address", $"The role {Names.Of(account.Role)} does not sign in from this address");
        guard.Succeeded(tenant, user, address?.ToString());
        if (policy?.OneSession == true) await sessions.EndAll(tenant, user, except: null, stop);
        await audit.Add(new(tenant, new(tenant, user, address?.ToString()), AuditAction.SignedIn, user), stop);
        return TypedResults.Ok(await Begin(http, account));
    }

    /// <summary>Who proved to be somebody, and may not come in.</summary>
    private async Task<ProblemHttpResult> TurnAway(HttpContext http, UserAccount account, string what, string detail)
    {
        await audit.Add(new(account.Owner, new(account.Owner, account.Id, http.Connection.RemoteIpAddress?.ToString()), AuditAction.SignInFailed, account.Id, what), http.RequestAborted);
        return Problems.Of(RefusalCode.Forbidden, detail);
    }

    /// <summary>Null: the way is free.</summary>
    private async Task<ProblemHttpResult?> AskFactor(HttpContext http, UserAccount account, string? code)
    {
        var (answer, stop) = (await factors.Ask(account.Owner, account.Id, code, http.RequestAborted), http.RequestAborted);
        if (answer == SecondFactorAnswer.Wanted) return Problems.Of(StatusCodes.Status403Forbidden, "codeWanted", "Send the code of the second factor too"); // no 401: nothing was wrong, and the gateway counts those
        if (answer == SecondFactorAnswer.Wrong) return await Refuse(http, account.Owner, account.Id, account, "code");
        if (answer == SecondFactorAnswer.Recovered) await audit.Add(new(account.Owner, new(account.Owner, account.Id, http.Connection.RemoteIpAddress?.ToString()), AuditAction.RecoveryCodeUsed, account.Id), stop);
        return null;
    }

    /// <summary>Whom nobody knows is counted, but stands in no log: who mistypes may have typed the password there.</summary>
    public async Task<ProblemHttpResult> Refuse(HttpContext http, TenantId tenant, string user, UserAccount? account, string what)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        var locks = guard.Failed(tenant, user, address);
        if (account is not null)
        {
            await audit.Add(new(tenant, new(tenant, user, address), AuditAction.SignInFailed, user, what), http.RequestAborted);
            if (locks) await audit.Add(new(tenant, new(tenant, user, address), AuditAction.LockedOut, user), http.RequestAborted);
        }
        return Wrong();
    }

    /// <summary>A new session, whatever the request brought along. What it brought lives on: one program may sign several people in.</summary>
    public async Task<SignedIn> Begin(HttpContext http, UserAccount account)
    {
        var (token, session) = await sessions.Begin(account, http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent, http.RequestAborted);
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
