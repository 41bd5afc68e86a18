using CallCenter.Api.SignIn;
using CallCenter.Api.Tables;
using CallCenter.Api.Teams;

namespace CallCenter.Api.Resources;

/// <summary>The people who sign in.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.Resource("/users", "Users");
        users.MapGet("", List).Demands(Resource.Users, Rights.Read).WithSummary("The users; search finds those whose id, name or e-mail address holds it");
        users.MapGet("/{user:id}", Get).Demands(Resource.Users, Rights.Read).WithSummary("One user");
        users.MapPut("/{user:id}", Put).Demands(Resource.Users, Rights.Write).WithSummary("Make or change a user; a new password ends the user's sessions");
        users.MapPost("/{user:id}/password-reset", SendReset).Demands(Resource.Users, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Send the user a link by e-mail, to set a password");
        users.MapUserImport();
        users.MapDelete("/{user:id}", Delete).Demands(Resource.Users, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove a user and end the user's sessions");
    }

    private static async Task<Ok<Listed<UserAnswer>>> List(Caller caller, [AsParameters] Paging paging, [AsParameters] Sought sought, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<UserAccount, UserAnswer>(caller.Tenant, paging, sought, UserAnswer.Of, stop));

    private static Task<Results<Tagged<UserAnswer>, ProblemHttpResult>> Get(Caller caller, string user, IConfigurationStore store, CancellationToken stop) =>
        store.Show<UserAccount, UserAnswer>(caller.Tenant, user, "user", UserAnswer.Of, stop);

    private static async Task<Results<Tagged<UserAnswer>, ProblemHttpResult>> Put(Caller caller, string user, Form<UserForm> form, [AsParameters] Precondition condition, IConfigurationStore store, Standing standing, Sessions sessions, CancellationToken stop)
    {
        var now = await store.Find<UserAccount>(caller.Tenant, user, stop);
        if (user == caller.User && form.Value.Role is { } role && role != caller.Role) return Problems.Of(RefusalCode.Conflict, "Nobody changes the role of one's own account");
        if (user == caller.User && form.Value.Disabled == true) return Problems.Of(RefusalCode.Conflict, "Nobody switches off one's own account");
        var answer = await Write(caller.Tenant, user, form.Value, now, caller, condition, store, standing, stop);
        if (form.Value.Disabled == true && answer.Result is Tagged<UserAnswer>) await sessions.EndAll(caller.Tenant, user, except: null, stop);
        return answer;
    }

    /// <summary>Also the operator's way to give a new tenant its first admin.</summary>
    public static async Task<Results<Tagged<UserAnswer>, ProblemHttpResult>> Write(TenantId tenant, string user, UserForm form, UserAccount? now, Caller caller, Precondition condition, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var wanted = new UserAccount(tenant, user, form.Name ?? now?.Name ?? user, form.Role ?? now?.Role ?? (tenant == TenantId.Operator ? Role.Operator : Role.Agent), now?.PasswordHash ?? UserAccount.NoPassword, Email: form.Email is { } email ? email.Length == 0 ? null : email : now?.Email, Disabled: form.Disabled ?? now?.Disabled ?? false);
        var faults = Check(form, isNew: now is null).AddRange(wanted.Check());
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        if (form.Password is { } password) wanted = wanted with { PasswordHash = Passwords.Hash(password) };
        var answer = await store.Save(wanted, [], caller, condition, UserAnswer.Of, stop);
        standing.ForgetAccount(tenant, user);
        return answer;
    }

    private static Items<Fault> Check(UserForm form, bool isNew)
    {
        var faults = new List<Fault>();
        if (isNew && form.Role is null) faults.Add(new("role", "is missing"));
        if (isNew && form.Password is null && string.IsNullOrEmpty(form.Email)) faults.Add(new("password", "is missing"));
        if (form.Password is { Length: < Passwords.Shortest or > Passwords.Longest }) faults.Add(new("password", $"must have {Passwords.Shortest}–{Passwords.Longest} characters"));
        return faults.ToItems();
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> SendReset(Caller caller, string user, IConfigurationStore store, PasswordDesk desk, CancellationToken stop)
    {
        if (await store.Find<UserAccount>(caller.Tenant, user, stop) is not { } account) return Problems.NotFound("user");
        if (account.Email is null || account.Disabled) return Problems.Of(RefusalCode.Conflict, "The user has no e-mail address, or is switched off");
        return await desk.SendLink(caller.Tenant, user, caller.Author, stop) ? TypedResults.Accepted((string?)null) : Problems.Of(RefusalCode.Conflict, "Several links are open already; the user may use one of those");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string user, IConfigurationStore store, AccountTraces traces, Standing standing, CancellationToken stop)
    {
        if (user == caller.User) return Problems.Of(RefusalCode.Conflict, "Nobody removes one's own account");
        var answer = await store.Remove<UserAccount>(caller.Tenant, user, caller, stop);
        if (answer.Result is not NoContent) return answer;
        standing.ForgetAccount(caller.Tenant, user);
        await traces.Wipe(caller.Tenant, user, stop);
        await store.LeadNoTeams(caller, user, stop);
        standing.ForgetTeams();
        return answer;
    }
}

/// <param name="Password">A new user needs one, or an e-mail address to which a link can go.</param>
/// <param name="Email">Where a link to reset the password goes; empty = none.</param>
/// <param name="Disabled">Switched off: the sessions end, nobody signs in by the account, and its agent's phone reaches emergency numbers only, until it is switched on.</param>
internal sealed record UserForm(string? Name, Role? Role, string? Password, string? Email, bool? Disabled = null);

/// <param name="HasPassword">False for one who was imported and cannot sign in before a password is set.</param>
internal sealed record UserAnswer(string Id, string Name, Role Role, bool HasPassword, string? Email, bool Disabled)
{
    public static UserAnswer Of(UserAccount user) => new(user.Id, user.Name, user.Role, user.HasPassword, user.Email, user.Disabled);
}
