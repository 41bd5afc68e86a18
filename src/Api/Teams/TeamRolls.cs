using CallCenter.Domain.Teams;

namespace CallCenter.Api.Teams;

/// <summary>Keeps the rolls of teams true: who is removed leaves them, so that nobody who comes later under the same name finds a team to lead.</summary>
internal static class TeamRolls
{
    /// <summary>Two admins may change one team at the same time; the slower one reads again.</summary>
    private const int Attempts = 5;

    /// <summary>All teams of a tenant, by id.</summary>
    public static IAsyncEnumerable<TeamSettings> TeamsOf(this IConfigurationStore store, TenantId tenant, CancellationToken stop) => store.All<TeamSettings>(tenant, stop);

    public static Task LeaveTeams(this IConfigurationStore store, Caller caller, AgentId agent, CancellationToken stop) =>
        Change(store, caller, team => team.Agents.Contains(agent) ? team with { Agents = team.Agents.Without(one => one == agent) } : team, stop);

    public static Task LeadNoTeams(this IConfigurationStore store, Caller caller, string user, CancellationToken stop) =>
        Change(store, caller, team => team.Leaders.Contains(user) ? team with { Leaders = team.Leaders.Without(one => one == user) } : team, stop);

    private static async Task Change(IConfigurationStore store, Caller caller, Func<TeamSettings, TeamSettings> change, CancellationToken stop)
    {
        foreach (var listed in await store.TeamsOf(caller.Tenant, stop).ToListAsync(stop))
        {
            var team = listed;
            for (var attempt = 1; attempt <= Attempts && team is not null && change(team) is var wanted && wanted != team; attempt++)
            {
                if ((await store.Put(wanted, caller.Author, team.Version, stop)).Refusal?.Code != RefusalCode.StaleVersion) break;
                team = await store.Find<TeamSettings>(caller.Tenant, listed.Id, stop);
            }
        }
    }
}
