using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Changing one's password, and getting a new one by a link in an e-mail. Either ends all sessions of the account.</summary>
internal static class PasswordEndpoints
{
    public static void MapPasswords(this IEndpointRouteBuilder session)
    {
        session.MapPut("/password", Change).Demands(Resource.Session, Rights.Write).ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("Change one's password; all other sessions end, and a new token is returned");
        session.MapPost("/password-reset", Ask).OpenToAll().WithSummary("Ask for a link by e-mail; 202 whoever asks");
        session.MapPost("/password-reset/confirm", Reset).OpenToAll().WithSummary("Set a new password with the token of the link");
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Change(HttpContext http, Caller caller, Form<PasswordForm> form, IConfigurationStore store, PasswordDesk desk, FrontDoor door, SignInGuard guard, IAuditLog audit)
    {
        var faults = PasswordDesk.Faults(form.Value.Password);
        if (string.IsNullOrEmpty(form.Value.Current)) faults = faults.Add(new("current", "is missing"));
        else if (form.Value.Current.Length > Passwords.Longest) faults = faults.Add(new("current", "is too long"));
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        if (caller.Session is null || await store.Find<UserAccount>(caller.Tenant, caller.User, http.RequestAborted) is not { } account) return Problems.Of(RefusalCode.Forbidden, "A program has no password");
        if (await guard.Locked(caller.Tenant, caller.User, caller.Address, http.RequestAborted) is { } wait) return SessionEndpoints.TryLater(http, wait);
        if (!Passwords.Fits(account, form.Value.Current!))
        {
            await door.Refuse(http, caller.Tenant, caller.User, account, "current password");
            return Problems.Invalid("current", "is wrong");
        }
        var (changed, refusal) = await desk.Set(account, form.Value.Password!, caller.Author, http.RequestAborted);
        if (changed is null) return SettingAnswers.Refused(refusal);
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.PasswordChanged, caller.User), http.RequestAborted);
        return TypedResults.Ok(await door.Begin(http, changed));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Ask(HttpContext http, Form<ResetAskForm> form, IConfigurationStore store, PasswordDesk desk)
    {
        if (string.IsNullOrEmpty(form.Value.User)) return Problems.Invalid("user", "is missing");
        if (!SameOrigin.Holds(http.Request)) return Problems.Of(RefusalCode.Forbidden, "Ask from our own pages, please");
        if (await store.TenantOf(http, form.Value.Tenant) is { } tenant) await desk.SendLink(tenant, form.Value.User, new(tenant, form.Value.User, http.Connection.RemoteIpAddress?.ToString()), http.RequestAborted);
        return TypedResults.Accepted((string?)null); // the same whoever asks: nobody learns who has an account
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Reset(HttpContext http, Form<ResetForm> form, PasswordDesk desk)
    {
        var faults = PasswordDesk.Faults(form.Value.Password);
        if (string.IsNullOrEmpty(form.Value.Token)) faults = faults.Add(new("token", "is missing"));
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        return await desk.Reset(form.Value.Token!, form.Value.Password!, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted)
            ? TypedResults.NoContent()
            : Problems.Invalid("token", "is worth nothing: it was used, or is too old");
    }
}

internal sealed record PasswordForm(string? Current, string? Password);

/// <param name="Tenant">Left out on a tenant's own host, and by the operator.</param>
internal sealed record ResetAskForm(string? Tenant, string? User);

internal sealed record ResetForm(string? Token, string? Password);
