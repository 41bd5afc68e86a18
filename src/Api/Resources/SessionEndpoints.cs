using System.Globalization;

namespace CallCenter.Api.Resources;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.Resource("/session", "Session");
        session.MapPost("", SignIn).OpenToAll().ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("Sign in; sets a cookie and returns a token");
        session.MapGet("", Show).Demands(Resource.Session, Rights.Read).WithSummary("Who is signed in");
        session.MapDelete("", SignOut).Demands(Resource.Session, Rights.Write).WithSummary("Sign out; the token is worth nothing from now on");
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> SignIn(HttpContext http, Form<SignInForm> form, IConfigurationStore store, Sessions sessions, SignInGuard guard)
    {
        var (input, stop) = (form.Value, http.RequestAborted);
        if (Missing(input) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (!SameOrigin.Holds(http.Request)) return Problems.Of(RefusalCode.Forbidden, "Sign in from our own pages, please");
        if (await TenantOf(http, input, store) is not { } tenant) return Wrong();
        var (user, address) = (input.User!, http.Connection.RemoteIpAddress?.ToString());
        if (guard.Locked(tenant, user, address) is { } wait) return TryLater(http, wait);
        var account = await store.Find<UserAccount>(tenant, user, stop);
        if (!Passwords.Fits(account, input.Password!))
        {
            guard.Failed(tenant, user, address);
            return Wrong();
        }
        guard.Succeeded(tenant, user, address);
        return TypedResults.Ok(Begin(http, account!, sessions));
    }

    private static SignedIn Begin(HttpContext http, UserAccount account, Sessions sessions)
    {
        var session = SessionToken.For(account, sessions.Expiry);
        var token = sessions.Sign(session);
        http.Response.Cookies.Append(Sessions.Cookie, token, CookieFor(http, session.Expires));
        http.Response.Headers.CacheControl = "no-store";
        return new(token, session.Expires, TenantText(account.Owner), account.Id, account.Role);
    }

    private static Ok<Me> Show(Caller caller) => TypedResults.Ok(new Me(TenantText(caller.Tenant), caller.User, caller.Role, caller.Session?.Expires));

    private static async Task<NoContent> SignOut(HttpContext http, Caller caller, EndedSessions ended)
    {
        if (caller.Session is { } session) await ended.End(session, http.RequestAborted);
        http.Response.Cookies.Delete(Sessions.Cookie, CookieFor(http, null));
        return TypedResults.NoContent();
    }

    /// <summary>A tenant's host serves that tenant only; elsewhere the form names the tenant, or nobody: then it is the operator.</summary>
    private static async Task<TenantId?> TenantOf(HttpContext http, SignInForm input, IConfigurationStore store)
    {
        var host = await store.FindTenantByDomain(http.Request.Host.Host.ToLowerInvariant(), http.RequestAborted);
        var named = string.IsNullOrEmpty(input.Tenant) ? host?.Tenant ?? TenantId.Operator : TenantId.TryParse(input.Tenant, null, out var tenant) ? tenant : (TenantId?)null;
        return host is null || host.Tenant == named ? named : null;
    }

    private static Items<Fault> Missing(SignInForm input)
    {
        var faults = new List<Fault>();
        if (string.IsNullOrEmpty(input.User)) faults.Add(new("user", "is missing"));
        if (string.IsNullOrEmpty(input.Password)) faults.Add(new("password", "is missing"));
        else if (input.Password.Length > Passwords.Longest) faults.Add(new("password", "is too long"));
        return faults.ToItems();
    }

    private static ProblemHttpResult Wrong() => Problems.Of(StatusCodes.Status401Unauthorized, "notAuthenticated", "Unknown user, or wrong password");

    private static ProblemHttpResult TryLater(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "tooManyFailures", "Too many wrong passwords; try again later");
    }

    private static string? TenantText(TenantId tenant) => tenant == TenantId.Operator ? null : tenant.Value;

    private static CookieOptions CookieFor(HttpContext http, DateTimeOffset? expires) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", Expires = expires };
}

/// <param name="Tenant">Left out on a tenant's own host, and by the operator.</param>
internal sealed record SignInForm(string? Tenant, string? User, string? Password);

/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
internal sealed record SignedIn(string Token, DateTimeOffset Expires, string? Tenant, string User, Role Role);

internal sealed record Me(string? Tenant, string User, Role Role, DateTimeOffset? Expires);
