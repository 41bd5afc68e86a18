using CallCenter.Domain.Teams;

namespace CallCenter.Api.Teams;

/// <summary>Teams: who leads whom. A team leader sees the own ones.</summary>
internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        var teams = api.Resource("/teams", "Teams");
        teams.MapGet("", List).Demands(Resource.Teams, Rights.Read).WithSummary("The teams; a team leader sees the own ones");
        teams.MapGet("/{team:id}", Get).Demands(Resource.Teams, Rights.Read).WithSummary("One team");
        teams.MapPut("/{team:id}", Put).Demands(Resource.Teams, Rights.Write).WithSummary("Make or change a team; a member left out keeps its value. An agent is of one team at most");
        teams.MapDelete("/{team:id}", Delete).Demands(Resource.Teams, Rights.Write).WithSummary("Remove a team; its agents stay, and are of none");
    }

    private static async Task<Ok<Listed<TeamAnswer>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop)
    {
        if (!IsLeader(caller)) return TypedResults.Ok(await store.Page<TeamSettings, TeamAnswer>(caller.Tenant, paging, TeamAnswer.Of, stop));
        var own = new List<TeamAnswer>();
        await foreach (var team in store.All<TeamSettings>(caller.Tenant, stop))
            if (Sees(caller, team)) own.Add(TeamAnswer.Of(team));
        return TypedResults.Ok(new Listed<TeamAnswer>(own.ToItems(), null));
    }

    private static async Task<Results<Tagged<TeamAnswer>, ProblemHttpResult>> Get(Caller caller, string team, IConfigurationStore store, CancellationToken stop) =>
        await store.Find<TeamSettings>(caller.Tenant, team, stop) is { } found && Sees(caller, found) ? new Tagged<TeamAnswer>(TeamAnswer.Of(found), found.Version) : Problems.NotFound("team");

    private static bool IsLeader(Caller caller) => caller.Role == Role.TeamLeader;

    private static bool Sees(Caller caller, TeamSettings team) => !IsLeader(caller) || (caller.Session is not null && team.Leaders.Contains(caller.User));

    private static async Task<Results<Tagged<TeamAnswer>, ProblemHttpResult>> Put(Caller caller, string team, Form<TeamForm> form, [AsParameters] Precondition condition, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var now = await store.Find<TeamSettings>(caller.Tenant, team, stop) ?? new(caller.Tenant, team, team, [], []);
        var wanted = form.Value.Over(now, form);
        var answer = await store.Save(wanted, await References(wanted, store, stop), caller, condition, TeamAnswer.Of, stop);
        standing.ForgetTeams();
        return answer;
    }

    private static async Task<Items<Fault>> References(TeamSettings wanted, IConfigurationStore store, CancellationToken stop)
    {
        var faults = new List<Fault>();
        for (var i = 0; i < wanted.Leaders.Count; i++)
            if (await store.Find<UserAccount>(wanted.Owner, wanted.Leaders[i], stop) is null) faults.Add(new(TeamSettings.At("leaders", i), "There is no such user"));
        var others = new TeamMap(await store.TeamsOf(wanted.Owner, stop).Where(team => team.Id != wanted.Id).ToListAsync(stop));
        for (var i = 0; i < wanted.Agents.Count; i++)
        {
            if (others.Of(wanted.Agents[i]) is { } other) faults.Add(new(TeamSettings.At("agents", i), $"This agent is of the team {other.Id}"));
            else if (await store.Find<AgentSettings>(wanted.Owner, wanted.Agents[i].Value, stop) is null) faults.Add(new(TeamSettings.At("agents", i), "There is no such agent"));
        }
        return faults.ToItems();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string team, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var answer = await store.Remove<TeamSettings>(caller.Tenant, team, caller, stop);
        standing.ForgetTeams();
        return answer;
    }
}

/// <param name="BreakQuota">So many of its agents may be on a break at once; null = all who wish.</param>
internal sealed record TeamForm(string? Name, Items<string>? Leaders, Items<AgentId>? Agents, int? BreakQuota)
{
    public TeamSettings Over(TeamSettings now, Form<TeamForm> form) => now with
    {
        Name = Name ?? now.Name,
        Leaders = Leaders ?? now.Leaders,
        Agents = Agents ?? now.Agents,
        BreakQuota = form.Has("breakQuota") ? BreakQuota : now.BreakQuota,
    };
}

/// <param name="Leaders">Users.</param>
internal sealed record TeamAnswer(string Id, string Name, Items<string> Leaders, Items<AgentId> Agents, int? BreakQuota)
{
    public static TeamAnswer Of(TeamSettings team) => new(team.Id, team.Name, team.Leaders, team.Agents, team.BreakQuota);
}
