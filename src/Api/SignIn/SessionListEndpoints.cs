using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Sessions that are open: one's own, and for admins those of the users. What is ended here opens nothing from then on.</summary>
internal static class SessionListEndpoints
{
    public static void MapSessionLists(this IEndpointRouteBuilder api)
    {
        var own = api.Resource("/sessions", "Session");
        own.MapGet("", Own).Demands(Resource.Session, Rights.Read).WithSummary("One's own sessions");
        own.MapDelete("", EndOthers).Demands(Resource.Session, Rights.Write).WithSummary("End all own sessions but this one");
        own.MapDelete("/{session:id}", EndOwn).Demands(Resource.Session, Rights.Write).WithSummary("End one of one's own sessions");
        var theirs = api.Resource("/users/{user:id}/sessions", "Users");
        theirs.MapGet("", Theirs).Demands(Resource.Users, Rights.Write).WithSummary("A user's sessions");
        theirs.MapDelete("", EndTheirs).Demands(Resource.Users, Rights.Write).WithSummary("End all sessions of a user");
        theirs.MapDelete("/{session:id}", EndTheir).Demands(Resource.Users, Rights.Write).WithSummary("End one session of a user");
    }

    private static Task<Ok<Listed<SessionAnswer>>> Own(Caller caller, Sessions sessions, CancellationToken stop) => Of(caller, caller.Session is null ? null : caller.User, sessions, stop);

    private static async Task<Results<Ok<Listed<SessionAnswer>>, ProblemHttpResult>> Theirs(Caller caller, string user, IConfigurationStore store, Sessions sessions, CancellationToken stop) =>
        await store.Find<UserAccount>(caller.Tenant, user, stop) is null ? Problems.NotFound("user") : await Of(caller, user, sessions, stop);

    /// <param name="user">Null: a program, which has none.</param>
    private static async Task<Ok<Listed<SessionAnswer>>> Of(Caller caller, string? user, Sessions sessions, CancellationToken stop)
    {
        var found = user is null ? [] : await sessions.Of(caller.Tenant, user, stop);
        return TypedResults.Ok(new Listed<SessionAnswer>(found.Select(one => new SessionAnswer(one.Record.Id, one.About.Began, one.Record.Expires, one.About.Address, one.About.Client, one.Record.Id == caller.Session?.Id)).ToItems(), null));
    }

    private static async Task<NoContent> EndOthers(Caller caller, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (caller.Session is { } session && await sessions.EndAll(caller.Tenant, caller.User, session.Id, stop) is > 0)
            await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SessionsEnded, caller.User), stop);
        return TypedResults.NoContent();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> EndOwn(Caller caller, string session, Sessions sessions, IAuditLog audit, CancellationToken stop) =>
        End(caller, caller.Session is null ? null : caller.User, session, sessions, audit, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> EndTheir(Caller caller, string user, string session, Sessions sessions, IAuditLog audit, CancellationToken stop) =>
        End(caller, user, session, sessions, audit, stop);

    private static async Task<Results<NoContent, ProblemHttpResult>> End(Caller caller, string? user, string session, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (user is null || !await sessions.End(caller.Tenant, user, session, stop)) return Problems.NotFound("session");
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SessionsEnded, user, session), stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndTheirs(Caller caller, string user, IConfigurationStore store, Sessions sessions, IAuditLog audit, CancellationToken stop)
    {
        if (await store.Find<UserAccount>(caller.Tenant, user, stop) is null) return Problems.NotFound("user");
        await sessions.EndAll(caller.Tenant, user, except: null, stop);
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.SessionsEnded, user), stop);
        return TypedResults.NoContent();
    }
}

/// <param name="Current">The one that asks.</param>
internal sealed record SessionAnswer(string Id, DateTimeOffset Began, DateTimeOffset? Expires, string? Address, string? Client, bool Current);
