using System.Globalization;
using CallCenter.Api.OpenId;
using CallCenter.Api.Resources;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.Resource("/session", "Session");
        session.MapPost("", SignIn).OpenToAll().ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("Sign in; sets a cookie and returns a token. 403 with the code codeWanted asks for the second factor");
        session.MapGet("", Show).Demands(Resource.Session, Rights.Read).WithSummary("Who is signed in");
        session.MapDelete("", SignOut).Demands(Resource.Session, Rights.Write).WithSummary("Sign out; the token is worth nothing from now on");
        session.MapPasswords();
        session.MapSecondFactor();
        session.MapOpenId();
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> SignIn(HttpContext http, Form<SignInForm> form, IConfigurationStore store, FrontDoor door)
    {
        var input = form.Value;
        if (Missing(input) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (!SameOrigin.Holds(http.Request)) return Problems.Of(RefusalCode.Forbidden, "Sign in from our own pages, please");
        if (await store.TenantOf(http, input.Tenant) is not { } tenant) return FrontDoor.Wrong();
        return await door.Open(http, tenant, input.User!, input.Password!, input.Code);
    }

    private static async Task<Ok<Me>> Show(Caller caller, Standing standing, IConfigurationStore store, HttpContext http) => TypedResults.Ok(new Me(
        FrontDoor.TenantText(caller.Tenant), caller.User, caller.Role, caller.Session?.Expires, caller.Session is not null && await standing.HasSecondFactor(caller.Tenant, caller.User, http.RequestAborted), caller.MustEnrol, caller.SeesNumbers,
        (await store.AgentOf(caller, http.RequestAborted))?.Agent));

    private static async Task<NoContent> SignOut(HttpContext http, Caller caller, Sessions sessions, IAuditLog audit)
    {
        if (caller.Session is { } session)
        {
            await sessions.End(caller.Tenant, caller.User, session.Id, http.RequestAborted);
            await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SignedOut, caller.User), http.RequestAborted);
        }
        FrontDoor.DropCookie(http);
        return TypedResults.NoContent();
    }

    /// <summary>A tenant's host serves that tenant only; elsewhere the form names the tenant, or nobody: then it is the operator.</summary>
    public static async Task<TenantId?> TenantOf(this IConfigurationStore store, HttpContext http, string? text)
    {
        var host = await store.FindTenantByDomain(AskedHost.Of(http.Request), http.RequestAborted);
        var named = string.IsNullOrEmpty(text) ? host?.Tenant ?? TenantId.Operator : TenantId.TryParse(text, null, out var tenant) ? tenant : (TenantId?)null;
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

    public static ProblemHttpResult TryLater(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "tooManyFailures", "Too many wrong passwords; try again later");
    }
}

/// <param name="Tenant">Left out on a tenant's own host, and by the operator.</param>
/// <param name="Code">Of the second factor, or a recovery code.</param>
internal sealed record SignInForm(string? Tenant, string? User, string? Password, string? Code);

/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
internal sealed record SignedIn(string Token, DateTimeOffset Expires, string? Tenant, string User, Role Role);

/// <param name="SecondFactor">Whether the account has one.</param>
/// <param name="MustEnrol">Nothing else is allowed before a second factor is enrolled.</param>
/// <param name="SeesNumbers">Whether customers' numbers are shown in full.</param>
/// <param name="Agent">Who one is as an agent; null if one is none.</param>
internal sealed record Me(string? Tenant, string User, Role Role, DateTimeOffset? Expires, bool SecondFactor, bool MustEnrol, bool SeesNumbers, AgentId? Agent);
