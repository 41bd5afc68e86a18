using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>One's second factor: a code from an authenticator app at each sign-in.</summary>
internal static class SecondFactorEndpoints
{
    public static void MapSecondFactor(this IEndpointRouteBuilder session)
    {
        session.MapPost("/second-factor", Enrol).Demands(Resource.Session, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Get a secret for an authenticator app; it holds once it is confirmed");
        session.MapPost("/second-factor/confirm", Confirm).Demands(Resource.Session, Rights.Write).WithSummary("Confirm it with a first code; all other sessions end, and the recovery codes are shown this once");
        session.MapPost("/second-factor/remove", Remove).Demands(Resource.Session, Rights.Write).ProducesProblem(StatusCodes.Status429TooManyRequests).WithSummary("Remove it, with a code");
    }

    public static void MapSecondFactorOfUsers(this IEndpointRouteBuilder api) =>
        api.Resource("/users/{user:id}/second-factor", "Users").MapDelete("", RemoveTheirs).Demands(Resource.Users, Rights.Write).WithSummary("Remove a user's second factor, as when the phone and the recovery codes are lost; the user's sessions end");

    private static async Task<Results<Ok<EnrolledFactor>, ProblemHttpResult>> Enrol(Caller caller, SecondFactors factors, IConfigurationStore store, CancellationToken stop)
    {
        if (caller.Session is null) return Program();
        if (await factors.Enrol(caller.Tenant, caller.User, stop) is not { } secret) return Problems.Of(RefusalCode.Conflict, "There is a second factor already; remove it first");
        var firm = caller.Tenant == TenantId.Operator ? null : await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop);
        return TypedResults.Ok(new EnrolledFactor(Totp.Base32(secret), Totp.Uri(secret, firm?.Name ?? "CallCenter", caller.User)));
    }

    private static async Task<Results<Ok<ConfirmedFactor>, ProblemHttpResult>> Confirm(Caller caller, Form<CodeForm> form, SecondFactors factors, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (caller.Session is not { } session) return Program();
        if (string.IsNullOrEmpty(form.Value.Code)) return Problems.Invalid("code", "is missing");
        if (await factors.Confirm(caller.Tenant, caller.User, form.Value.Code, stop) is not { } codes) return Problems.Invalid("code", "is wrong, or nothing is to be confirmed");
        await sessions.EndAll(caller.Tenant, caller.User, session.Id, stop); // begun without it
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SecondFactorEnrolled, caller.User), stop);
        return TypedResults.Ok(new ConfirmedFactor(codes));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(HttpContext http, Caller caller, Form<CodeForm> form, SecondFactors factors, SignInGuard guard, IAuditLog audit)
    {
        if (caller.Session is null) return Program();
        if (string.IsNullOrEmpty(form.Value.Code)) return Problems.Invalid("code", "is missing");
        if (await guard.Locked(caller.Tenant, caller.User, caller.Address, http.RequestAborted) is { } wait) return SessionEndpoints.TryLater(http, wait);
        var answer = await factors.Ask(caller.Tenant, caller.User, form.Value.Code, http.RequestAborted);
        if (answer == SecondFactorAnswer.NotEnrolled) return Problems.NotFound("second factor");
        if (answer is not (SecondFactorAnswer.Right or SecondFactorAnswer.Recovered))
        {
            await guard.Failed(caller.Tenant, caller.User, caller.Address, known: true, http.RequestAborted);
            return Problems.Invalid("code", "is wrong");
        }
        await factors.Remove(caller.Tenant, caller.User, http.RequestAborted);
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SecondFactorRemoved, caller.User), http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveTheirs(Caller caller, string user, SecondFactors factors, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (!await factors.Remove(caller.Tenant, user, stop)) return Problems.NotFound("second factor");
        await sessions.EndAll(caller.Tenant, user, except: null, stop);
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SecondFactorRemoved, user), stop);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Program() => Problems.Of(RefusalCode.Forbidden, "A program has no second factor");
}

internal sealed record CodeForm(string? Code);

/// <param name="Secret">Base32, to be typed in.</param>
/// <param name="Uri"><c>otpauth://</c>, for a QR code.</param>
internal sealed record EnrolledFactor(string Secret, string Uri);

/// <param name="RecoveryCodes">Each opens once instead of a code.</param>
internal sealed record ConfirmedFactor(Items<string> RecoveryCodes);
